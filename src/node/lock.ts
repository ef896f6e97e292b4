/**
 * A lock that one process holds until it ends, however it ends: the operating system lets go of it. Node itself can't lock a
 * file; the SQLite that comes with it can (fcntl), and a transaction that writes nothing leaves the file empty. A file
 * with a process's number would outlive a crash, and a socket's name can't be taken over without a race. It holds on
 * this machine, also between containers that share the folder; whoever deletes the file lifts it. Shown by
 * test/node/witness.test.ts.
 */
import { open } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';

/** For as long as the process runs: what nothing refers to is closed. */
const held = new Map<string, DatabaseSync>();

/** SQLITE_BUSY. */
const BUSY = 5;

/** Whether this process has it now. The file is made if there is none; throws what `open` throws. */
export async function lock(path: string): Promise<boolean> {
  // Closed a second time here, the file would be unlocked (POSIX).
  if (held.has(path)) return false;
  await (await open(path, 'a', 0o600)).close();
  const file = new DatabaseSync(path, { timeout: 0 });
  try {
    file.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    file.close();
    if ((error as { errcode?: number }).errcode === BUSY) return false;
    throw error;
  }
  held.set(path, file);
  return true;
}
