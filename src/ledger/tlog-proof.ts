/**
 * Inclusion proofs (https://c2sp.org/tlog-proof): that an entry is in the ledger, with the checkpoint in one file, to be checked
 * without a network. Shown by test/ledger/formats.test.ts.
 *
 *     c2sp.org/tlog-proof@v1
 *     index 1
 *     gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=
 *
 *     ikrar.example/catatan
 *     2
 *     sFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=
 *
 *     — ikrar.example/catatan hI2DJw…
 *
 * The index of the entry; the hashes of its inclusion proof from the leaf's sibling up, in base64, a line each; an
 * empty line; the checkpoint, verbatim. We print no `extra` line and accept none.
 *
 * Verifying: (1) `parseProof`; (2) `checkNote` of the checkpoint with the key one trusts, then `parseCheckpoint`;
 * (3) its origin is the ledger one means; (4) `checkInclusion` of the entry's leaf hash.
 */
import { base64, fromBase64 } from '../lib/base64.ts';
import type { Bytes } from '../lib/bytes.ts';
import { Failure } from '../lib/failure.ts';

export type ProofCode = 'tlog-proof-malformed';

export interface TlogProof {
  index: number;
  /** 32 bytes each. */
  hashes: Bytes[];
  /** A whole signed note, as it was published. Not looked into here. */
  checkpoint: string;
}

const HEAD = 'c2sp.org/tlog-proof@v1';

/** No tree is taller. */
const MOST_HASHES = 63;

/** Throws a `TypeError` if a part can't stand in a proof. */
export function formatProof({ index, hashes, checkpoint }: TlogProof): string {
  if (!Number.isSafeInteger(index) || index < 0) throw new TypeError('tlog-proof: not an index');
  if (hashes.length > MOST_HASHES || hashes.some(({ length }) => length !== 32)) {
    throw new TypeError('tlog-proof: not hashes');
  }
  if (!checkpoint.endsWith('\n')) throw new TypeError('tlog-proof: not a checkpoint');
  return `${[HEAD, `index ${index}`, ...hashes.map(base64)].join('\n')}\n\n${checkpoint}`;
}

/** Reads what `formatProof` prints. Throws `tlog-proof-malformed` on anything else. Nothing is verified yet. */
export function parseProof(text: string): TlogProof {
  try {
    const split = text.indexOf('\n\n');
    const [head, index, ...hashes] = text.slice(0, split).split('\n');
    const proof: TlogProof = {
      index: Number(index!.slice('index '.length)),
      hashes: hashes.map(fromBase64),
      checkpoint: text.slice(split + 2),
    };
    if (split > 0 && head === HEAD && formatProof(proof) === text) return proof;
  } catch (cause) {
    throw new Failure<ProofCode>('tlog-proof-malformed', undefined, { cause });
  }
  throw new Failure<ProofCode>('tlog-proof-malformed');
}
