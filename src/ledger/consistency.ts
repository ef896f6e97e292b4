/**
 * Consistency proofs (RFC 6962, section 2.1.2): that the ledger at one size is the beginning of the ledger at a greater one.
 * Shown by test/ledger/consistency.test.ts.
 *
 *     ikrar/konsistensi@v1
 *     dari 2
 *     sampai 5
 *     CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
 *
 * The format's name; the two sizes, the smaller first or both the same; the hashes of the proof in base64, a line each.
 * From the empty tree (`dari 0`, its root SHA-256 of nothing) there is nothing to show, and no hash; nor if the sizes are
 * the same.
 *
 * Verifying: (1) `parseConsistency`, and the sizes are those of the two checkpoints one holds; (2) the signatures of both;
 * (3) `checkConsistency` with their roots.
 */
import { base64, fromBase64 } from '../lib/base64.ts';
import type { Bytes } from '../lib/bytes.ts';
import { Failure } from '../lib/failure.ts';

export type ConsistencyCode = 'consistency-malformed';

export interface Consistency {
  older: number;
  size: number;
  /** 32 bytes each. */
  hashes: Bytes[];
}

const HEAD = 'ikrar/konsistensi@v1';

/** In a tree of 2^63 entries a proof has no more. */
const MOST_HASHES = 64;

/** Throws a `TypeError` if a part can't stand in a proof. */
export function formatConsistency({ older, size, hashes }: Consistency): string {
  if (!Number.isSafeInteger(older) || !Number.isSafeInteger(size) || older < 0 || older > size) {
    throw new TypeError('consistency: not two sizes');
  }
  if (hashes.length > MOST_HASHES || hashes.some(({ length }) => length !== 32)) {
    throw new TypeError('consistency: not hashes');
  }
  return [HEAD, `dari ${older}`, `sampai ${size}`, ...hashes.map(base64), ''].join('\n');
}

/** Reads what `formatConsistency` prints. Throws `consistency-malformed` on anything else. */
export function parseConsistency(text: string): Consistency {
  try {
    const [, older, size, ...lines] = text.split('\n');
    const proof = {
      older: Number(older!.slice('dari '.length)),
      size: Number(size!.slice('sampai '.length)),
      hashes: lines.slice(0, -1).map(fromBase64),
    };
    if (formatConsistency(proof) === text) return proof;
  } catch (cause) {
    throw new Failure<ConsistencyCode>('consistency-malformed', undefined, { cause });
  }
  throw new Failure<ConsistencyCode>('consistency-malformed');
}
