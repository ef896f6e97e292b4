/**
 * A lock that one process holds until it ends, however it ends: the operating system lets go of it. Node itself can't lock a
 * file; the SQLite that comes with it can (fcntl), and a transaction that writes nothing leaves the file empty. A file
 * with a process's number would outlive a crash, and a socket's name can't be taken over without a race. It holds on
 * this machine, also between containers that share the folder. Whoever deletes or moves the file lifts it: who holds it
 * asks `stands` before it relies on it. Shown by test/node/witness.test.ts.
 */
import { closeSync, fstatSync, openSync } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { StartError } from './sentence.ts';

export interface Lock {
  /** There was no such file before. */
  made: boolean;
  /** Whether the path still leads to the file that is locked. Once it doesn't, never again: another may have had it since. */
  stands(): Promise<boolean>;
  /** Takes the file away that was made: before anything was done under it. */
  undo(): Promise<void>;
}

/** For as long as the process runs: what nothing refers to is closed. */
const held = new Map<string, DatabaseSync>();

/** SQLITE_BUSY. */
const BUSY = 5;

/** Null if another has it. The file is made if there is none; throws what `open` throws, and a `StartError` if it isn't ours. */
export async function lock(path: string): Promise<Lock | null> {
  // Closed a second time here, the file would be unlocked (POSIX).
  if (held.has(path)) return null;
  const { file, made } = openFile(path);
  const own = identity(fstatSync(file, { bigint: true }));
  const database = new DatabaseSync(path, { timeout: 0 });
  const leadsHere = async (): Promise<boolean> =>
    stat(path, { bigint: true }).then(
      (found) => identity(found) === own,
      () => false,
    );
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    database.close();
    closeSync(file);
    if ((cause as { errcode?: number }).errcode === BUSY) return null;
    throw new StartError(
      `Berkas kunci jalan ${path} berisi sesuatu, padahal harus kosong. Hentikan semua program yang memakainya.\nLalu kosongkan, jangan hapus: : > ${path}`,
      { cause },
    );
  }
  // `file` stays open with it, so that no other file is given its number.
  held.set(path, database);
  if (!(await leadsHere())) return null;
  let lost = false;
  return {
    made,
    stands: async () => {
      lost ||= !(await leadsHere());
      return !lost;
    },
    undo: () => rm(path),
  };
}

function openFile(path: string): { file: number; made: boolean } {
  try {
    return { file: openSync(path, 'ax', 0o600), made: true };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return { file: openSync(path, 'a', 0o600), made: false };
  }
}

const identity = ({ dev, ino }: { dev: bigint; ino: bigint }): string => `${dev} ${ino}`;

/** For pieces of work, one after the other: of this process by `last`, of others by the lock. */
const turns = new Map<string, { database: DatabaseSync; last: Promise<unknown> }>();

/** Milliseconds for which another process may have its turn, and after which it is asked again. */
const TURN = 2_000;
const AGAIN = 15;

/**
 * Does the work while no other process on this machine does what it guards by this file, which is made and stays empty. Throws
 * `EBUSY` where another's turn doesn't end.
 */
export function withFileLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  let turn = turns.get(path);
  if (!turn) {
    closeSync(openFile(path).file);
    turn = { database: new DatabaseSync(path, { timeout: 0 }), last: Promise.resolve() };
    turns.set(path, turn);
  }
  const { database, last } = turn;
  const mine = last
    .catch(() => {})
    .then(async () => {
      const end = performance.now() + TURN;
      while (!begins(database)) {
        if (performance.now() > end)
          throw Object.assign(new Error(`${path}: another process has its turn`), { code: 'EBUSY' });
        await new Promise((resolve) => setTimeout(resolve, AGAIN));
      }
      try {
        return await work();
      } finally {
        database.exec('ROLLBACK');
      }
    });
  turn.last = mine;
  return mine;
}

/** It never waits: the process has other things to do. */
function begins(database: DatabaseSync): boolean {
  try {
    database.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if ((error as { errcode?: number }).errcode === BUSY) return false;
    throw error;
  }
}
