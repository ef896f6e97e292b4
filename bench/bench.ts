/**
 * `npm run bench`: each budget of the design as a ratio to a bare baseline of the same run. Prints a table and writes
 * bench/result.json. Words after the command choose: `npm run bench -- ledger hall`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { startPostgres } from '../src/node/postgres.ts';
import { prepare } from '../src/node/prepare.ts';
import { acceptFigures } from './accept.ts';
import { documentFigures } from './document.ts';
import { exportFigures } from './export.ts';
import type { Figure } from './figure.ts';
import { hallFigures } from './hall.ts';
import { ledgerFigures } from './ledger.ts';
import { listFigures } from './list.ts';
import { paperFigures } from './papers.ts';
import { parcelFigures } from './parcel.ts';
import { proofFigures } from './proof.ts';
import { readerFigures } from './readers.ts';
import { recapFigures } from './recap.ts';
import { rosterFigures } from './roster.ts';
import { searchFigures } from './search.ts';
import { weightFigures } from './weight.ts';

const root = join(import.meta.dirname, '..');

const freePort = (): Promise<number> =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });

/** Each gets a database of its own, with tables, area codes and wordings. */
const PARTS: Record<string, (url: string) => Promise<Figure[]>> = {
  weight: () => weightFigures(join(root, 'public')),
  document: () => documentFigures(),
  proof: () => proofFigures(),
  ledger: ledgerFigures,
  accept: acceptFigures,
  roster: rosterFigures,
  list: listFigures,
  search: searchFigures,
  export: exportFigures,
  parcel: parcelFigures,
  recap: recapFigures,
  hall: async (url) => hallFigures(url, await freePort()),
  papers: async (url) => paperFigures(url, await freePort()),
  readers: async (url) => readerFigures(url, await freePort()),
};

/** Takes long: only if it is asked for. */
const ON_DEMAND = ['search'];

const asked = process.argv.slice(2);
// Counts are no ratios, and are made from the sources.
if (asked[0] === 'counts' || asked[0] === 'distance') {
  const { status } = spawnSync(process.execPath, [`bench/${asked[0]}.ts`, ...asked.slice(1)], {
    cwd: root,
    stdio: 'inherit',
  });
  process.exit(status ?? 1);
}
const unknown = asked.filter((name) => !(name in PARTS));
if (unknown.length > 0) {
  console.error(`bench: no part ${unknown.join(', ')}; there are ${Object.keys(PARTS).join(', ')}`);
  process.exit(1);
}

const folder = await mkdtemp(join(tmpdir(), 'ikrar-bench-'));
const server = await startPostgres(join(folder, 'pg'), {
  password: 'bench',
  flags: ['max_connections=200'],
});
const database = (name: string): string => server.url.replace(/[^/]+$/, name);
const admin = postgres(database('postgres'), { max: 1, onnotice: () => {} });
const figures: Figure[] = [];
try {
  await prepare(server.url, root);
  const usual = Object.keys(PARTS).filter((name) => !ON_DEMAND.includes(name));
  for (const name of asked.length > 0 ? asked : usual) {
    await admin.unsafe(`create database bench_${name} template ikrar`);
    const made = await PARTS[name]!(database(`bench_${name}`));
    figures.push(...made);
    for (const { name: title, ours, baseline, ratio, unit } of made) {
      const [a, b] = [ours, baseline].map((value) => `${value.toPrecision(3)} ${unit}`.padStart(16));
      console.log(`${title.padEnd(78)}${a}${b}  × ${ratio.toFixed(2)}`);
    }
    await admin.unsafe(`drop database bench_${name} with (force)`);
  }
} finally {
  await admin.end({ timeout: 5 });
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
await writeFile(join(root, 'bench/result.json'), `${JSON.stringify(figures, null, 2)}\n`);
