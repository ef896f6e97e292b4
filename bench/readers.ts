/**
 * Fifty readers from one address, each with the next page as soon as the last one is there: papers, searches for areas and
 * names. What those notice who sign at the same time, and whether any of them is refused.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { connect } from '../src/db.ts';
import { invite } from '../test/crowd.ts';
import { type Figure, figure, quantile } from './figure.ts';
import { flags, listening, signs } from './hall.ts';

const READERS = 50;
/** Who sign: so many, so many a second. */
const SIGNERS = 150;
const RATE = 10;
const WARM_UP = 50;

/** `url`: a database with our tables and area codes in it, for this alone. `port`: free. */
export async function readerFigures(url: string, port: number): Promise<Figure[]> {
  const data = await mkdtemp(join(tmpdir(), 'ikrar-readers-'));
  const origin = `http://localhost:${port}`;
  const service = spawn(process.execPath, [...(await flags()), join(import.meta.dirname, 'node.js')], {
    env: { ...process.env, PORT: String(port), IKRAR_DATA: data, DATABASE_URL: url, IKRAR_ORIGIN: origin },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { db, end } = connect(url, { max: 2 });
  try {
    await listening(service);
    const cards = await invite(db, data, origin, WARM_UP + 3 * SIGNERS);
    const take = (count: number) => cards.splice(0, count);
    await signing(origin, take(WARM_UP));
    const alone = await signing(origin, take(SIGNERS));
    const signed = await db.execute<{ kode: string }>(sql`select kode from signature limit 20`);
    const papers = signed.map(({ kode }) => `/p/${kode}.pdf`);
    const searches = ['kota', 'sungai', 'desa', 'kumai', 'batu'].flatMap((word) => [
      `/kantor/masuk/wilayah?cari=${word}`,
      `/daftar?cari=${word}`,
    ]);
    const withPapers = await beside(origin, papers, () => signing(origin, take(SIGNERS)));
    const withSearches = await beside(origin, searches, () => signing(origin, take(SIGNERS)));
    return [
      ...[
        { name: 'papers', ...withPapers },
        { name: 'searches', ...withSearches },
      ].flatMap(({ name, taken, read, refused }) => [
        figure(
          `readers: whole act of a signer beside 50 of ${name}, p50 (baseline: alone)`,
          quantile(taken, 0.5),
          quantile(alone, 0.5),
          'ms',
        ),
        figure(
          `readers: whole act of a signer beside 50 of ${name}, p99 (baseline: alone)`,
          quantile(taken, 0.99),
          quantile(alone, 0.99),
          'ms',
        ),
        figure(`readers: of ${name} a second, refused (baseline: read)`, refused, read, '/s'),
      ]),
    ];
  } finally {
    await end();
    service.kill('SIGTERM');
    await once(service, 'exit');
    await rm(data, { recursive: true, force: true });
  }
}

/** In a process of their own, or signers would wait for them at our end too. */
const READ = `
const [origin, readers, ...paths] = process.argv.slice(1);
const counted = { read: 0, refused: 0 };
let stopped = false;
process.stdin.on('end', () => { stopped = true; }).resume();
await Promise.all(Array.from({ length: Number(readers) }, async (_, reader) => {
  for (let at = reader; !stopped; at++) {
    const answer = await fetch(origin + paths[at % paths.length]);
    await answer.arrayBuffer();
    counted[answer.ok ? 'read' : 'refused']++;
  }
}));
console.log(JSON.stringify(counted));`;

async function beside(
  origin: string,
  paths: string[],
  work: () => Promise<number[]>,
): Promise<{ taken: number[]; read: number; refused: number }> {
  const start = performance.now();
  const child = spawn(
    process.execPath,
    ['--input-type=module', '-e', READ, origin, String(READERS), ...paths],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  let said = '';
  child.stdout.on('data', (text) => {
    said += text;
  });
  const taken = await work();
  child.stdin.end();
  await once(child, 'close');
  const { read, refused } = JSON.parse(said) as { read: number; refused: number };
  const seconds = (performance.now() - start) / 1000;
  return { taken, read: read / seconds, refused: refused / seconds };
}

/** Milliseconds of each one's whole act; who begins when does not depend on how fast the others are. */
async function signing(origin: string, cards: { token: string }[]): Promise<number[]> {
  return Promise.all(
    cards.map(async ({ token }, at) => {
      await new Promise((done) => setTimeout(done, (at * 1000) / RATE));
      const began = performance.now();
      if (!(await signs(origin, token))) throw new Error('readers: a signer was refused');
      return performance.now() - began;
    }),
  );
}
