/**
 * Checkpoints (https://c2sp.org/tlog-checkpoint): what the ledger was at one size, in three lines. Shown by
 * test/ledger/formats.test.ts.
 *
 *     ikrar.example/catatan
 *     1042
 *     CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
 *
 * Origin (the name of the key that signs), number of entries in decimal, root of the tree in base64. As a signed note
 * (note.ts) it is what the ledger publishes. We print no extension lines and accept none.
 */
import { base64, fromBase64 } from '../lib/base64.ts';
import type { Bytes } from '../lib/bytes.ts';
import { Failure } from '../lib/failure.ts';

export type CheckpointCode = 'checkpoint-malformed';

export interface Checkpoint {
  origin: string;
  /** Number of entries. */
  size: number;
  /** 32 bytes. */
  root: Bytes;
}

/** The text of a note: three ended lines. Throws a `TypeError` if a part can't stand in one. */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  if (!/^[^\p{C}\n]+$/u.test(origin)) throw new TypeError('checkpoint: not an origin');
  if (!Number.isSafeInteger(size) || size < 0) throw new TypeError('checkpoint: not a size');
  if (root.length !== 32) throw new TypeError('checkpoint: not a root');
  return `${origin}\n${size}\n${base64(root)}\n`;
}

/** Reads what `formatCheckpoint` prints. Throws `checkpoint-malformed` on anything else. */
export function parseCheckpoint(text: string): Checkpoint {
  const match = /^([^\n]+)\n(0|[1-9][0-9]{0,15})\n([A-Za-z0-9+/]{43}=)\n$/.exec(text);
  if (!match) throw new Failure<CheckpointCode>('checkpoint-malformed');
  try {
    const checkpoint = { origin: match[1]!, size: Number(match[2]), root: fromBase64(match[3]!) };
    if (formatCheckpoint(checkpoint) === text) return checkpoint;
  } catch (cause) {
    throw new Failure<CheckpointCode>('checkpoint-malformed', undefined, { cause });
  }
  throw new Failure<CheckpointCode>('checkpoint-malformed');
}
