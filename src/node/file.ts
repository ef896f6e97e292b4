/** Files that are there whole or not at all, whenever the machine stops. */
import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { link, open, readFile, rename, unlink } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder with those above it. Returns why it can't hold files, or null. Passable by others, since PostgreSQL may
 * run as another user inside. Folder by folder: asked for all at once, Node never comes back from below /proc.
 */
export function refuseFolder(path: string): string | null {
  try {
    makeFolder(resolve(path));
    accessSync(path, constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    return `bukan folder yang dapat ditulisi (${(error as NodeJS.ErrnoException).code}).`;
  }
}

function makeFolder(path: string): void {
  if (!existsSync(path)) {
    makeFolder(dirname(path));
    mkdirSync(path, { mode: 0o711 });
  } else if (!statSync(path).isDirectory()) {
    throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR' });
  }
}

/** Replaces a file. Others may do the same at once; one of them stands. */
export async function replaceFile(path: string, text: string, mode = 0o644): Promise<void> {
  const staged = await stage(path, text, mode);
  await rename(staged, path);
  await syncFolder(path);
}

/** Makes a file if there is none. Returns whether it did: of several who try at once, one does. */
export async function createFile(path: string, text: string, mode: number): Promise<boolean> {
  const staged = await stage(path, text, mode);
  try {
    await link(staged, path);
    await syncFolder(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await unlink(staged);
  }
}

/** The text, or null if there is no such file. */
export async function readFileIfAny(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    // Of a folder Node says only that it is one.
    throw Object.assign(error as Error, { path });
  }
}

async function stage(path: string, text: string, mode: number): Promise<string> {
  const staged = `${path}.${crypto.randomUUID()}.baru`;
  /** Says which file it was to be, and the same each time. */
  const named = (error: unknown): unknown => {
    const known = error as NodeJS.ErrnoException;
    known.message = known.message.replaceAll(staged, path);
    return Object.assign(known, { path });
  };
  const file = await open(staged, 'wx', mode).catch((error: unknown) => {
    throw named(error);
  });
  try {
    await file.writeFile(text);
    await file.sync();
  } catch (error) {
    // As where the disk is full: what was half written would fill it more. Node doesn't say of a write which file it was.
    await unlink(staged).catch(() => {});
    throw named(error);
  } finally {
    await file.close();
  }
  return staged;
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
