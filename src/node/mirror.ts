/** The copy of the checkpoint outside the database: one file. Shown by test/faults/lost-copy.test.ts. */
import { readdir, unlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import type { Config } from '../config.ts';
import type { Mirror } from '../ledger/publish.ts';
import { Failure } from '../lib/failure.ts';
import { readFileIfAny, replaceFile } from './file.ts';

/** What doesn't pass by waiting. */
const SPOILED = ['EISDIR', 'EACCES', 'EPERM', 'ELOOP', 'ENOTDIR', 'EIO', 'ENXIO'];

/**
 * One process writes it: of two on one folder the other's note may be lost, and is written again at its next publishing.
 */
export function fileMirror(path: string): Mirror {
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
    read,
    replace: async (previous, next) => {
      if ((await read()) !== previous) return false;
      await replaceFile(path, next);
      return true;
    },
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
