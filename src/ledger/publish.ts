/** Signs the tree and publishes it: start-up, timer and every signature take this one road. Shown by test/ledger/publish.test.ts. */
import type { Db } from '../db.ts';
import { equal } from '../lib/bytes.ts';
import { type Checkpoint, formatCheckpoint, parseCheckpoint } from './checkpoint.ts';
import * as checkpoints from './checkpoints.ts';
import { Halt } from './halt.ts';
import { integrate } from './integrate.ts';
import * as leaves from './leaves.ts';
import { rootOf } from './merkle.ts';
import { checkNote, type NoteSigner, type NoteVerifier, parseVerifier } from './note.ts';

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
 * what waited at the call, by whomever. Throws a `Halt`, having signed nothing, if the ledger would fork.
 */
export async function publish(db: Db, signer: NoteSigner, mirror: Mirror): Promise<void> {
  const verifier = await parseVerifier(signer.verifier);
  // What was published is read before the tree: others may publish meanwhile, and the tree only grows.
  const outside = await mirror.read();
  for (;;) {
    const standing = await checkpoints.current(db);
    const head = await integrate(db);
    const copied = await mustContinue(db, verifier, { outside, standing, head });
    if (standing?.size === head.size) {
      if (copied === null || copied < standing.size)
        await mirrorForward(standing.note, standing.size, mirror, verifier);
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

/**
 * Whether database and outside copy are at the same checkpoint of one ledger; writes nothing. It reads while others write,
 * and what waits for its place may be what is missing: if this says no, `publish` has the last word, and brings a copy
 * forward that is behind what another process has published.
 */
export async function agrees(db: Db, signer: NoteSigner, mirror: Mirror): Promise<boolean> {
  const [verifier, outside, standing, head] = await Promise.all([
    parseVerifier(signer.verifier),
    mirror.read(),
    checkpoints.current(db),
    leaves.head(db),
  ]);
  try {
    return (await mustContinue(db, verifier, { outside, standing, head })) === (standing?.size ?? null);
  } catch (error) {
    if (error instanceof Halt) return false;
    throw error;
  }
}

/**
 * Refuses a tree that does not begin with what was published, outside and in the database. Returns the size of the copy
 * outside; null if there is none.
 */
async function mustContinue(
  db: Db,
  verifier: NoteVerifier,
  given: { outside: string | null; standing: checkpoints.StoredCheckpoint | null; head: leaves.TreeHead },
): Promise<number | null> {
  const { outside, standing, head } = given;
  const halt = (code: Halt['code'], detail: string, options?: ErrorOptions): Halt =>
    new Halt(code, detail, { outside: sizeIn(outside), database: head.size }, options);
  const sizes: (number | null)[] = [];
  for (const note of [outside, standing?.note ?? null]) {
    const read = note === null ? null : await published(note, verifier);
    if (read && !read.ok) throw halt('ledger-key-changed', read.why, { cause: read.cause });
    sizes.push(read?.checkpoint.size ?? null);
    if (!read) continue;
    const { size } = read.checkpoint;
    if (note === standing?.note && standing.size !== size) {
      throw halt('ledger-forked', `a checkpoint of ${size} entries is kept at ${standing.size}`);
    }
    const forked = await fork(db, read.checkpoint, head);
    if (forked) throw halt('ledger-forked', forked);
  }
  return sizes[0]!;
}

/** How many entries a published note says it is of, for the operator; null if it can't be read. Nothing is verified. */
export function sizeIn(note: string | null): number | null {
  const line = note?.split('\n')[1] ?? '';
  return /^\d{1,15}$/.test(line) ? Number(line) : null;
}

type Published = { ok: true; checkpoint: Checkpoint } | { ok: false; why: string; cause?: unknown };

/** Reads a published note; only ours is accepted. */
async function published(note: string, verifier: NoteVerifier): Promise<Published> {
  try {
    const checkpoint = parseCheckpoint(await checkNote(note, verifier));
    return checkpoint.origin === verifier.name
      ? { ok: true, checkpoint }
      : { ok: false, why: `the published checkpoint is of ${checkpoint.origin}` };
  } catch (cause) {
    return { ok: false, why: `the published checkpoint is not ours: ${note.split('\n')[0]}`, cause };
  }
}

/** How the tree does not begin with what was published; null if it does. */
async function fork(db: Db, { size, root }: Checkpoint, head: leaves.TreeHead): Promise<string | null> {
  if (size > head.size) return `published ${size} entries, the database has ${head.size}`;
  try {
    const own = size === head.size ? head.root : await rootOf(size, leaves.hashes(db));
    return equal(own, root) ? null : `the database has another tree at ${size} entries`;
  } catch (error) {
    if (error instanceof RangeError) return `the database lacks a part of the tree at ${size} entries`;
    throw error;
  }
}

/** Writes the mirror unless another process has already put a later note there. */
async function mirrorForward(
  note: string,
  size: number,
  mirror: Mirror,
  verifier: NoteVerifier,
): Promise<void> {
  const there = await mirror.read();
  const read = there === null ? null : await published(there, verifier);
  if (read && !read.ok) throw new Error(`publish: ${read.why}`, { cause: read.cause });
  if (!read || read.checkpoint.size < size) await mirror.write(note);
}
