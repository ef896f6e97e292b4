/**
 * Checkpoints (https://c2sp.org/tlog-checkpoint): tree heads, the root of the ledger at one size, in three lines. Shown by
 * test/ledger/formats.test.ts.
 *
 *     ikrar.example/catatan
 *     1042
 *     CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
 *
 * Origin (the name of the key that signs), number of entries in decimal, root of the tree in base64. As a signed note
 * (note.ts) it is what the ledger publishes. Other ledgers may add lines of their own below (extension lines): they are read,
 * kept and mean nothing to us. Ours has none.
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
  /** Extension lines, without their ends; left out if there are none. */
  extensions?: string[];
}

/** The text of a note: three ended lines and the extension lines. Throws a `TypeError` if a part can't stand in one. */
export function formatCheckpoint({ origin, size, root, extensions = [] }: Checkpoint): string {
  if (!/^[^\p{C}\n]+$/u.test(origin)) throw new TypeError('checkpoint: not an origin');
  if (!Number.isSafeInteger(size) || size < 0) throw new TypeError('checkpoint: not a size');
  if (root.length !== 32) throw new TypeError('checkpoint: not a root');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
  if (!extensions.every((line) => /^[^\u0000-\u001f]+$/.test(line) && line.isWellFormed())) {
    throw new TypeError('checkpoint: not extension lines');
  }
  return [origin, size, base64(root), ...extensions, ''].join('\n');
}

/** Reads what `formatCheckpoint` prints. Throws `checkpoint-malformed` on anything else. */
export function parseCheckpoint(text: string): Checkpoint {
  const match = /^([^\n]+)\n(0|[1-9][0-9]{0,15})\n([A-Za-z0-9+/]{43}=)\n((?:[^\n]+\n)*)$/.exec(text);
  if (!match) throw new Failure<CheckpointCode>('checkpoint-malformed');
  try {
    const extensions = match[4]!.split('\n').slice(0, -1);
    const checkpoint: Checkpoint = {
      origin: match[1]!,
      size: Number(match[2]),
      root: fromBase64(match[3]!),
      ...(extensions.length > 0 && { extensions }),
    };
    if (formatCheckpoint(checkpoint) === text) return checkpoint;
  } catch (cause) {
    throw new Failure<CheckpointCode>('checkpoint-malformed', undefined, { cause });
  }
  throw new Failure<CheckpointCode>('checkpoint-malformed');
}
