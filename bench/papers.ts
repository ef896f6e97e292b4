/**
 * Papers after a restart: 2,000 are due, as after a sealer that failed for an hour. How long until all are made, and what
 * those notice who sign at the same time.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { configOf } from '../src/config.ts';
import { connect, type Db } from '../src/db.ts';
import { publish } from '../src/ledger/publish.ts';
import { openKeys } from '../src/node/keys.ts';
import { fileMirror } from '../src/node/mirror.ts';
import { documentDue } from '../src/schema.ts';
import type { Services } from '../src/services.ts';
import { hasSigned } from '../test/cast.ts';
import { invite } from '../test/crowd.ts';
import { type Figure, figure, quantile } from './figure.ts';
import { flags, listening, signs } from './hall.ts';

const DUE = 2_000;
/** Who sign meanwhile: so many, so many a second. */
const SIGNERS = 300;
const RATE = 10;
/** Before anything is counted. */
const WARM_UP = 50;

/** `url`: a database with our tables and area codes in it, for this alone. `port`: free. */
export async function paperFigures(url: string, port: number): Promise<Figure[]> {
  const data = await mkdtemp(join(tmpdir(), 'ikrar-papers-'));
  const origin = `http://localhost:${port}`;
  const { db, end } = connect(url, { max: 8 });
  const started = async <T>(run: () => Promise<T>): Promise<T> => {
    const service = spawn(process.execPath, [...(await flags()), join(import.meta.dirname, 'node.js')], {
      env: { ...process.env, PORT: String(port), IKRAR_DATA: data, DATABASE_URL: url, IKRAR_ORIGIN: origin },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await listening(service);
    try {
      return await run();
    } finally {
      service.kill('SIGTERM');
      await once(service, 'exit');
    }
  };
  try {
    await started(async () => {});
    const people = await invite(db, data, origin, 2 * DUE + 2 * SIGNERS + WARM_UP);
    const take = (count: number) => people.splice(0, count);
    await pledge(db, { data, origin }, take(DUE));
    const alone = await started(async () => {
      await fallDue(db);
      return untilMade(db);
    });
    await pledge(db, { data, origin }, take(DUE));
    const { before, during, beside } = await started(async () => {
      await signing(origin, take(WARM_UP));
      const before = await signing(origin, take(SIGNERS));
      await fallDue(db);
      const [during, beside] = await Promise.all([signing(origin, take(SIGNERS)), untilMade(db)]);
      return { before, during, beside };
    });
    return [
      figure('papers: of 2,000 due, made a second (baseline: 2)', DUE / alone, 2, '/s'),
      figure('papers: the same while 10 sign a second (baseline: 2)', DUE / beside, 2, '/s'),
      figure(
        'papers: whole act of a signer meanwhile, p50 (baseline: none due)',
        quantile(during, 0.5),
        quantile(before, 0.5),
        'ms',
      ),
      figure(
        'papers: whole act of a signer meanwhile, p99 (baseline: none due)',
        quantile(during, 0.99),
        quantile(before, 0.99),
        'ms',
      ),
    ];
  } finally {
    await end();
    await rm(data, { recursive: true, force: true });
  }
}

/** Pledges in the published ledger, whose papers are not due yet. The service is stopped. */
async function pledge(
  db: Db,
  { data, origin }: { data: string; origin: string },
  people: { personId: string }[],
): Promise<void> {
  const config = configOf(origin);
  const { secret, signer } = await openKeys(data, config.ledgerOrigin, { mayCreate: false });
  const publishNow = () => publish(db, signer, fileMirror(join(data, 'checkpoint')));
  const services = { config, db, secret, signer, halted: async () => null, publish: publishNow } as Services;
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let one = people.pop(); one; one = people.pop()) await hasSigned(services, one.personId);
    }),
  );
  await publishNow();
  await db.execute(sql`update document_due set at = now() + interval '1 day'`);
}

/** As papers that an hour's failure of the sealer has left. */
const fallDue = (db: Db) => db.execute(sql`update document_due set at = now() - interval '1 hour'`);

/** Seconds until those are made. */
async function untilMade(db: Db): Promise<number> {
  const start = performance.now();
  const waiting = () => db.$count(documentDue, sql`${documentDue.at} < now() - interval '30 minutes'`);
  while ((await waiting()) > 0) await new Promise((done) => setTimeout(done, 250));
  return (performance.now() - start) / 1000;
}

/** Milliseconds of each one's whole act; who begins when does not depend on how fast the others are. */
async function signing(origin: string, cards: { token: string }[]): Promise<number[]> {
  return Promise.all(
    cards.map(async ({ token }, at) => {
      await new Promise((done) => setTimeout(done, (at * 1000) / RATE));
      const began = performance.now();
      if (!(await signs(origin, token))) throw new Error('papers: a signer was refused');
      return performance.now() - began;
    }),
  );
}
