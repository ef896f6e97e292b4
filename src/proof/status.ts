/**
 * What the service says of a pledge today, which no proof can hold: whether it stands, and which sealed papers are its own.
 * Format `ikrar/status@v1`, docs/format/status.md. Shown by test/proof/status.test.ts and test/pages/pledge-status.test.ts.
 *
 *     {"format":"ikrar/status@v1","kode":"7K3F-9QXM-2DA7","status":"sah","pdf":["sha256:c2a8…62bc"]}
 *
 * One line, ended with LF. It is nobody's signature: whoever reads it believes the server.
 */
import { Failure } from '../lib/failure.ts';
import { type Json, parseJson } from '../lib/json.ts';
import { type Digest, parseDigest } from '../lib/sha256.ts';
import { formatCode, parseCode } from '../statement/code.ts';

export type StatusCode = 'status-malformed';

/**
 * `sah`: it stands in the published ledger. `menunggu`: signed, but no published checkpoint covers it yet. `dicabut`:
 * withdrawn; pencabutan.json shows it. `dihapus`: its data were removed because the law asked for it.
 */
export const PLEDGE_STATUSES = ['sah', 'menunggu', 'dicabut', 'dihapus'] as const;

export interface PledgeStatus {
  /** Twelve symbols, as `parseCode` gives them. */
  kode: string;
  status: (typeof PLEDGE_STATUSES)[number];
  /** Of every sealed paper that is kept for it, the first one first; none yet while it is being made. */
  pdf: Digest[];
}

const FORMAT = 'ikrar/status@v1';

export const formatStatus = ({ kode, status, pdf }: PledgeStatus): string =>
  `${JSON.stringify({ format: FORMAT, kode: formatCode(kode), status, pdf })}\n`;

/** What was read: a word of tomorrow's service is kept as it is, and is not `sah`. */
type Told = Omit<PledgeStatus, 'status'> & { status: string };

/**
 * Reads what `formatStatus` prints, and what later services may add to it: other words, and more keys. Throws
 * `status-malformed` on anything else.
 */
export function parseStatus(text: string): Told {
  try {
    const { format, kode, status, pdf } = parseJson(text) as { [key: string]: Json };
    const parsed = parseCode(String(kode));
    if (
      format === FORMAT &&
      parsed.ok &&
      formatCode(parsed.code) === kode &&
      typeof status === 'string' &&
      Array.isArray(pdf) &&
      pdf.every((digest) => typeof digest === 'string' && parseDigest(digest) !== null)
    ) {
      return { kode: parsed.code, status, pdf: pdf as Digest[] };
    }
  } catch (cause) {
    throw new Failure<StatusCode>('status-malformed', undefined, { cause });
  }
  throw new Failure<StatusCode>('status-malformed');
}
