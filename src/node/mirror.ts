/** The copy of the checkpoint outside the database: one file. Shown by test/node/mirror.test.ts and test/faults/lost-copy.test.ts. */
import { readdir, unlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import type { Config } from '../config.ts';
import type { Mirror } from '../ledger/publish.ts';
import { Failure } from '../lib/failure.ts';
import { within } from '../lib/within.ts';
import { readFileIfAny, replaceFile } from './file.ts';
import { withFileLock } from './lock.ts';

/** What doesn't pass by waiting. */
const SPOILED = ['EISDIR', 'EACCES', 'EPERM', 'ELOOP', 'ENOTDIR', 'EIO', 'ENXIO'];

/** Milliseconds after which a disk doesn't answer. */
const PATIENCE = 5_000;

/** Of several processes that write it, each at its turn, none takes back what another has written. `patience`: for a disk, in milliseconds. */
export function fileMirror(path: string, patience = PATIENCE): Mirror {
  /** What the disk hasn't answered yet. Node has four threads for files and for cryptography: they must not all wait there. */
  let stuck: Promise<unknown> | null = null;
  const soon = async <T>(work: () => Promise<T>): Promise<T> => {
    const late = () => Object.assign(new Error(`${path}: the disk does not answer`), { code: 'ETIMEDOUT' });
    if (stuck) throw late();
    const working = work();
    const done = await within(
      patience,
      working.then((value) => ({ value })),
    );
    if (done) return done.value;
    stuck = working;
    const free = (): void => {
      stuck = null;
    };
    working.then(free, free);
    throw late();
  };
  const read = async (): Promise<string | null> => {
    try {
      return await readFileIfAny(path);
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      if (!SPOILED.includes(String(code))) throw cause;
      throw new Failure('copy-unreadable', `${path} (${code})`, { cause });
    }
  };
  return {
    name: `${hostname()} ${resolve(path)}`,
    read: () => soon(read),
    replace: (previous, next) =>
      soon(() =>
        withFileLock(`${path}.giliran`, async () => {
          if ((await read()) !== previous) return false;
          await replaceFile(path, next);
          return true;
        }),
      ),
  };
}

/** What was half written when a process or a disk ended: a whole disk of it would end the next. */
export async function clearStaged(path: string): Promise<void> {
  const folder = dirname(path);
  const name = basename(path);
  for (const found of await readdir(folder).catch(() => [])) {
    if (found.startsWith(`${name}.`) && /\.[0-9a-f-]{36}\.baru$/.test(found))
      await unlink(join(folder, found));
  }
}

/** A trial on this machine may change its port: its ledger keeps the name it began with, as a published note tells. */
export function trialName({ rpId, ledgerOrigin }: Config, published: readonly (string | null)[]): string {
  const names = published.map((note) => note?.split('\n')[0] ?? '');
  const began = names.find((name) => /^localhost(?::\d+)?\/catatan$/.test(name));
  return rpId === 'localhost' && began !== undefined ? began : ledgerOrigin;
}
