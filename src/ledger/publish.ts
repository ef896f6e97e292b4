/** Signs the tree and publishes it: start-up, timer and every signature take this one road. Shown by test/ledger/publish.test.ts. */
import type { Db } from '../db.ts';
import { equal } from '../lib/bytes.ts';
import { Failure } from '../lib/failure.ts';
import { logError } from '../lib/log.ts';
import { type Checkpoint, formatCheckpoint, parseCheckpoint } from './checkpoint.ts';
import * as checkpoints from './checkpoints.ts';
import { Halt } from './halt.ts';
import { integrate } from './integrate.ts';
import { rootOf } from './merkle.ts';
import { checkNote, type NoteSigner, type NoteVerifier, parseVerifier } from './note.ts';
import * as objections from './objections.ts';
import * as standings from './standings.ts';

/** The copy of the current checkpoint outside the database: a file, an object in a bucket. */
export interface Mirror {
  /** Of this copy among those of other processes: for an operator. */
  name: string;
  /** The last note written, or null if there never was one. `Failure<'copy-unreadable'>`: it is there, and no text. */
  read(): Promise<string | null>;
  /** Compare-and-swap: puts `next`, whole or not at all, where `previous` was read. False, having written nothing: something else is there. */
  replace(previous: string | null, next: string): Promise<boolean>;
}

/** Keeps nothing beyond the process: for tests and benches. */
export function memoryMirror(note: string | null = null): Mirror {
  return {
    name: 'memory',
    read: async () => note,
    replace: async (previous, next) => {
      if (note !== previous) return false;
      note = next;
      return true;
    },
  };
}

/**
 * Integrates what waits and publishes a checkpoint that covers it, write-ahead: first outside, then in the database. Whatever
 * is public, and whatever a receipt is given for, the copy outside knows of. Returns how many entries both cover: at least what
 * waited at the call, by whomever. Throws a `Halt`, having signed nothing, if the ledger would fork, or if the copy can't tell.
 */
export async function publish(db: Db, signer: NoteSigner, mirror: Mirror): Promise<number> {
  const verifier = await parseVerifier(signer.verifier);
  /** What waited at the call. Others publish more all the while, and nobody needs to be as far as they are. */
  let enough: number | null = null;
  for (;;) {
    const { outside, standing } = await readBoth(mirror, () => integrate(db));
    const { head, current } = standing;
    const copied = await mustContinue(db, verifier, { mirror, outside, standing }, true);
    enough ??= head.size;
    if (current !== null && current.size >= enough) {
      if (copied !== null && copied >= enough) return Math.min(copied, current.size);
      // Another process has published it.
      if (await mirror.replace(outside.note, current.note)) return current.size;
      continue;
    }
    // The point of no return: once signed, this root is what the ledger was at this size, for ever.
    const note = await signer.sign(formatCheckpoint({ origin: signer.name, ...head }));
    // A copy that is as far already: somebody died between the two.
    if (copied !== head.size && !(await mirror.replace(outside.note, note))) continue;
    if (await checkpoints.replace(db, current?.size ?? null, { ...head, note })) return head.size;
    // Somebody else was faster: go on from theirs.
  }
}

/**
 * How many entries database and outside copy both cover, if they are at the same checkpoint of one ledger; else null. A copy
 * that is behind what another process has published is brought forward, without waiting for whoever publishes now. It reads
 * while others write, and what waits for its place may be what is missing: if this says nothing, `publish` has the last word.
 */
export async function follows(db: Db, signer: NoteSigner, mirror: Mirror): Promise<number | null> {
  const { halt, note, copied, standing } = await lookOutside(db, signer, mirror, { tell: true });
  if (halt !== null) return null;
  if (copied === (standing?.size ?? null)) return copied ?? 0;
  if (standing === null || copied! > standing.size) return null;
  return (await mirror.replace(note, standing.note)) ? standing.size : null;
}

/** How things stand: why nothing could be published, or how far the copy outside is. Nothing is changed, unless others are to be told. */
export interface Outside {
  halt: Halt | null;
  /** The copy, if it could be read, and its size; null if nothing was ever published, or with a `Halt`. */
  note: string | null;
  copied: number | null;
  /** With `copy-missing` and `copy-damaged` it is ours, and the database's tree begins with it. */
  standing: checkpoints.StoredCheckpoint | null;
}

export async function lookOutside(
  db: Db,
  signer: NoteSigner,
  mirror: Mirror,
  { tell = false } = {},
): Promise<Outside> {
  const verifier = await parseVerifier(signer.verifier);
  const { outside, standing } = await readBoth(mirror, () => standings.read(db));
  const { current } = standing;
  try {
    const copied = await mustContinue(db, verifier, { mirror, outside, standing }, tell);
    return { halt: null, note: outside.note, copied, standing: current };
  } catch (error) {
    if (error instanceof Halt) return { halt: error, note: outside.note, copied: null, standing: current };
    throw error;
  }
}

/**
 * The copy first, since others may publish meanwhile: whatever it has, a database that is read later has too. What it lacks then is for
 * its compare-and-swap to find out; but that there is none at all, where something is published, must be true of both at one time.
 */
async function readBoth(
  mirror: Mirror,
  read: () => Promise<standings.LedgerStanding>,
): Promise<{ outside: Copy; standing: standings.LedgerStanding }> {
  const outside = await readCopy(mirror);
  const standing = await read();
  const isMissing = outside.note === null && outside.unreadable === null && standing.current !== null;
  if (!isMissing) return { outside, standing };
  return { outside: await readCopy(mirror), standing: await read() };
}

/** The outside copy as it was read: a note, or nothing; or something unreadable, and why. */
interface Copy {
  note: string | null;
  unreadable: string | null;
}

async function readCopy(mirror: Mirror): Promise<Copy> {
  try {
    return { note: await mirror.read(), unreadable: null };
  } catch (error) {
    if (error instanceof Failure && error.code === 'copy-unreadable')
      return { note: null, unreadable: error.message };
    throw error;
  }
}

/**
 * Rollback and fork check: refuses a tree that does not begin with what was published, in the database and outside; and a copy
 * outside that is lost or damaged, since then nobody knows whether it would. Returns the size of the copy; null if nothing was ever published.
 * `tell`: what our copy holds against the database is told to the other processes, or taken back.
 */
async function mustContinue(
  db: Db,
  verifier: NoteVerifier,
  { mirror, outside, standing }: { mirror: Mirror; outside: Copy; standing: standings.LedgerStanding },
  tell = false,
): Promise<number | null> {
  const { head, current, objections: raised } = standing;
  const halt = (code: Halt['code'], detail: string, options?: ErrorOptions): Halt =>
    new Halt(code, detail, { outside: sizeIn(outside.note), database: head.size }, options);
  if (current) {
    const read = await published(current.note, verifier);
    if (!read.ok) throw halt('ledger-key-changed', read.why, { cause: read.cause });
    if (current.size !== read.checkpoint.size) {
      throw halt(
        'ledger-forked',
        `a checkpoint of ${read.checkpoint.size} entries is kept at ${current.size}`,
      );
    }
    const forked = await fork(read.checkpoint, standing);
    if (forked) throw halt('ledger-forked', forked);
  }
  const own = copyKey(mirror);
  for (const objection of raised.filter(({ key }) => key !== own)) {
    const held = await holds(db, objection, standing);
    if (held) throw held;
  }
  if (outside.unreadable !== null) throw halt('copy-damaged', outside.unreadable);
  if (outside.note === null) {
    if (current) throw halt('copy-missing', `published ${current.size} entries`);
    return null;
  }
  const read = await published(outside.note, verifier);
  if (!read.ok) {
    // If our key signed what stands in the database, it is not the key that is wrong.
    const isSpoiled = current !== null || read.malformed;
    throw halt(isSpoiled ? 'copy-damaged' : 'ledger-key-changed', read.why, { cause: read.cause });
  }
  const forked = await fork(read.checkpoint, standing);
  if (forked) {
    const { size, root } = read.checkpoint;
    if (tell)
      await objections.raise(db, { key: own, name: mirror.name, kind: 'copy', size, root }).catch(logged);
    throw halt('ledger-forked', forked);
  }
  if (tell && raised.some(({ key }) => key === own)) await objections.takeBack(db, own).catch(logged);
  return read.checkpoint.size;
}

const copyKey = ({ name }: Mirror): string => `salinan ${name}`;

/** What is known here needn't be told to the others for it to hold here. */
const logged = (error: unknown): void => logError('objection', error);

/**
 * Whether an objection (objections.ts) still stands against the database. The copy of this process may be as old as the database:
 * both are of one backup, or it was started since.
 */
async function holds(
  db: Db,
  { kind, name, size, root }: objections.Objection,
  standing: standings.LedgerStanding,
): Promise<Halt | null> {
  const published = { outside: size, database: standing.current?.size ?? 0 };
  switch (kind) {
    case 'ahead': {
      if (size <= published.database) return null;
      // Another process may have published it, and had it countersigned, since what stands was read.
      const database = (await checkpoints.current(db))?.size ?? 0;
      return size > database ? new Halt('witness-ahead', name, { outside: size, database }) : null;
    }
    case 'differs':
      return new Halt('witness-differs', name, published);
    case 'copy': {
      const forked = await fork({ size, root: root! }, standing);
      return forked === null
        ? null
        : new Halt('ledger-forked', `${name}: ${forked}`, { outside: size, database: standing.head.size });
    }
  }
}

/** How many entries a published note says it is of, for the operator; null if it can't be read. Nothing is verified. */
export function sizeIn(note: string | null): number | null {
  const line = note?.split('\n')[1] ?? '';
  return /^\d{1,15}$/.test(line) ? Number(line) : null;
}

type Published =
  | { ok: true; checkpoint: Checkpoint }
  /** `malformed`: it isn't a note at all, whoever's. */
  | { ok: false; malformed: boolean; why: string; cause?: unknown };

/** Reads a published note; only ours is accepted. */
async function published(note: string, verifier: NoteVerifier): Promise<Published> {
  try {
    const checkpoint = parseCheckpoint(await checkNote(note, verifier));
    return checkpoint.origin === verifier.name
      ? { ok: true, checkpoint }
      : { ok: false, malformed: false, why: `the published checkpoint is of ${checkpoint.origin}` };
  } catch (cause) {
    const malformed = cause instanceof Failure && cause.code === 'note-malformed';
    const why = note === '' ? 'empty' : note.split('\n')[0]!;
    return { ok: false, malformed, why: `the published checkpoint is not ours: ${why}`, cause };
  }
}

/** Fork: how the tree does not begin with what was published; null if it does. */
async function fork(
  { size, root }: Pick<Checkpoint, 'size' | 'root'>,
  { head, hashes }: standings.LedgerStanding,
): Promise<string | null> {
  if (size > head.size) return `published ${size} entries, the database has ${head.size}`;
  try {
    const own = size === head.size ? head.root : await rootOf(size, hashes);
    return equal(own, root) ? null : `the database has another tree at ${size} entries`;
  } catch (error) {
    if (error instanceof RangeError) return `the database lacks a part of the tree at ${size} entries`;
    throw error;
  }
}
