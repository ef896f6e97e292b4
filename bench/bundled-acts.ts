/** Opens the acts of counted-acts.ts from the sources, without the test runner: they and all they call as one file with a map. */
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

export const root = resolve(import.meta.dirname, '..');

export type Acts = typeof import('./counted-acts.ts');

interface Bundled {
  /** Of the one file; its map stands beside it. */
  path: string;
  acts: Acts;
  /** A PostgreSQL of the tests. */
  server: string;
  /** Where houses that are opened from now on find it. */
  lead(server: string): void;
  atEnd(end: () => unknown): void;
  close(): Promise<void>;
}

export async function openActs(watch?: (path: string) => Promise<void>): Promise<Bundled> {
  // By its own name: what is found by a link has another address.
  const cache = join(await realpath(join(root, 'node_modules')), '.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'ikrar-acts-'));
  const ends: (() => unknown)[] = [() => rm(folder, { recursive: true, force: true })];
  const atEnd = (end: () => unknown): void => void ends.unshift(end);
  const close = async (): Promise<void> => {
    for (const end of ends) await end();
  };
  let leading = '';
  Object.assign(globalThis, { runner: { inject: () => leading, afterAll: atEnd } });
  try {
    const path = await bundleActs(folder);
    await watch?.(path);
    const acts: Acts = await import(String(pathToFileURL(path)));
    const provide = (_name: string, url: string): void => {
      leading = url;
    };
    atEnd(await acts.startServer({ provide } as never));
    return { path, acts, server: leading, lead: (server) => (leading = server), atEnd, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** So that a function is found in the file it was written in. */
async function bundleActs(folder: string): Promise<string> {
  const outfile = join(folder, 'acts.mjs');
  await build({
    absWorkingDir: root,
    entryPoints: ['bench/counted-acts.ts'],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    sourcemap: true,
    // Libraries stay outside: what they do is not ours.
    packages: 'external',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    logLevel: 'warning',
    // test/house.ts asks the test runner for two things.
    plugins: [
      {
        name: 'runner',
        setup(plugins) {
          plugins.onResolve({ filter: /^vitest$/ }, () => ({ path: 'vitest', namespace: 'runner' }));
          plugins.onLoad({ filter: /.*/, namespace: 'runner' }, () => ({
            contents: 'export const { afterAll, inject } = globalThis.runner;',
          }));
        },
      },
    ],
  });
  return outfile;
}
