/** Signs the tree and publishes it: start-up, timer and every signature take this one road. Shown by test/ledger/publish.test.ts. */
import type { Db } from '../db.ts';
import { equal } from '../lib/bytes.ts';
import { Failure } from '../lib/failure.ts';
import { type Checkpoint, formatCheckpoint, parseCheckpoint } from './checkpoint.ts';
import * as checkpoints from './checkpoints.ts';
import { integrate } from './integrate.ts';
import * as leaves from './leaves.ts';
import { rootOf } from './merkle.ts';
import { checkNote, type NoteSigner, type NoteVerifier, parseVerifier } from './note.ts';

/**
 * `ledger-forked`: the database's tree does not continue what was published, as after an old backup was restored.
 * `ledger-key-changed`: what was published is not signed by the key we hold.
 */
export type PublishCode = 'ledger-forked' | 'ledger-key-changed';

/** The copy of the current checkpoint outside the database: a file, an object in a bucket. */
export interface Mirror {
  /** The last note written, or null if there never was one. Throws if it can't be told. */
  read(): Promise<string | null>;
  /** Replaces it, whole or not at all. */
  write(note: string): Promise<void>;
}

/** Keeps nothing beyond the process: for tests and benches. */
export function memoryMirror(note: string | null = null): Mirror {
  return {
    read: async () => note,
    write: async (next) => {
      note = next;
    },
  };
}

/**
 * Integrates what waits and publishes a checkpoint that covers it. Returns when one is published that covers at least
 * what waited at the call, by whomever. Throws a `Failure<PublishCode>`, having signed nothing, if the ledger would fork.
 */
export async function publish(db: Db, signer: NoteSigner, mirror: Mirror): Promise<void> {
  const verifier = await parseVerifier(signer.verifier);
  // What was published is read before the tree: others may publish meanwhile, and the tree only grows.
  const outside = await published(await mirror.read(), verifier);
  for (;;) {
    const standing = await checkpoints.current(db);
    const inside = await published(standing?.note ?? null, verifier);
    const head = await integrate(db);
    if (standing && inside && standing.size !== inside.size) {
      throw new Failure<PublishCode>(
        'ledger-forked',
        `a checkpoint of ${inside.size} entries is kept at ${standing.size}`,
      );
    }
    for (const before of [inside, outside]) if (before) await mustContinue(db, before, head);
    if (standing && inside?.size === head.size) {
      if (!outside || outside.size < inside.size)
        await mirrorForward(standing.note, inside.size, mirror, verifier);
      return;
    }
    // The point of no return: once signed, this root is what the ledger was at this size, for ever.
    const note = await signer.sign(formatCheckpoint({ origin: signer.name, ...head }));
    if (await checkpoints.replace(db, standing?.size ?? null, { ...head, note })) {
      return mirrorForward(note, head.size, mirror, verifier);
    }
    // Somebody else was faster: go on from theirs.
  }
}

/** Reads a published note; only ours is accepted. */
async function published(note: string | null, verifier: NoteVerifier): Promise<Checkpoint | null> {
  if (note === null) return null;
  let checkpoint: Checkpoint;
  try {
    checkpoint = parseCheckpoint(await checkNote(note, verifier));
  } catch (cause) {
    throw new Failure<PublishCode>('ledger-key-changed', `the published checkpoint is not ours: ${note}`, {
      cause,
    });
  }
  if (checkpoint.origin === verifier.name) return checkpoint;
  throw new Failure<PublishCode>('ledger-key-changed', `the published checkpoint is of ${checkpoint.origin}`);
}

/** Refuses a tree that does not begin with what was published. */
async function mustContinue(db: Db, { size, root }: Checkpoint, head: leaves.TreeHead): Promise<void> {
  if (size > head.size) {
    throw new Failure<PublishCode>(
      'ledger-forked',
      `published ${size} entries, the database has ${head.size}`,
    );
  }
  const own = size === head.size ? head.root : await rootOf(size, leaves.hashes(db));
  if (!equal(own, root)) {
    throw new Failure<PublishCode>('ledger-forked', `the database has another tree at ${size} entries`);
  }
}

/** Writes the mirror unless another process has already put a later note there. */
async function mirrorForward(
  note: string,
  size: number,
  mirror: Mirror,
  verifier: NoteVerifier,
): Promise<void> {
  const there = await published(await mirror.read(), verifier);
  if (!there || there.size < size) await mirror.write(note);
}
