/** What the cron writes down, and what /sehat makes of it: that it runs, what stands before the database, and whether R2 takes objects. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, type MockInstance, test, vi } from 'vitest';
import worker from '../../src/worker.ts';
import { openHouse } from '../house.ts';
import type { BucketFault } from './bucket.ts';
import { openCache } from './cache.ts';
import { deploy } from './deployment.ts';

const house = await openHouse({ origin: 'https://ikrar.test' });
const { db } = house;
const { bucket, whole } = await deploy(house);

let log: MockInstance;
const open: Promise<unknown>[] = [];
beforeAll(() => {
  log = vi.spyOn(console, 'error').mockImplementation(() => {});
});
beforeEach(() => {
  bucket.fault = () => null;
});
afterAll(async () => {
  log.mockRestore();
  await Promise.all(open);
});

async function health(bindings = whole) {
  const answer = await worker.fetch(new Request('https://ikrar.test/sehat'), bindings, {
    waitUntil: (work) => void open.push(work),
  });
  const said = (await answer.json()) as {
    database: boolean;
    alarms: { code: string; title: string }[];
    cron: { begun: number; ended: number | null } | null;
  };
  return { ...said, status: answer.status, codes: said.alarms.map(({ code }) => code) };
}
const tick = (bindings = whole) => worker.scheduled({}, bindings);

test('a cron that has never run, that runs, that no longer runs, and that never comes to its end', async () => {
  expect(await health()).toMatchObject({ status: 503, codes: ['cron-late'], cron: null });
  await tick();
  const { status, codes, cron } = await health();
  expect([status, codes]).toEqual([200, []]);
  expect(cron).toEqual({
    begun: expect.any(Number),
    ended: expect.any(Number),
    cached: false,
    copyWritable: true,
  });
  await db.execute(sql`update cron_run set ended_at = ended_at - interval '6 minutes'`);
  expect(await health()).toMatchObject({ status: 503, codes: ['cron-late'] });
  await tick();
  expect((await health()).codes).toEqual([]);
  expect(await db.execute(sql`select count(*)::int as n from cron_run`)).toEqual([{ n: 1 }]);
});

test('Hyperdrive’s cache, left on: the cron reads what it has just changed', async () => {
  const cache = await openCache(house.serviceUrl);
  const cached = { ...whole, DB: { connectionString: cache.url } };
  await tick(cached);
  expect(cache.hits()).toBeGreaterThan(0);
  expect((await health(cached)).codes).toContain('cache-on');
  await tick();
  expect((await health()).codes).toEqual([]);
});

test.each<[string, BucketFault, 'put' | 'get' | 'delete']>([
  ['takes no objects', 'refused', 'put'],
  ['loses what it takes', 'lost', 'put'],
  ['removes none', 'refused', 'delete'],
])('a bucket that %s', async (_, fault, name) => {
  bucket.fault = (call, key) => (call === name && key === 'uji' ? fault : null);
  await tick();
  expect(await health()).toMatchObject({ status: 503, codes: ['copy-unwritable'] });
  bucket.fault = () => null;
  // What couldn't be removed is.
  await tick();
  await tick();
  expect((await health()).codes).toEqual([]);
  expect(bucket.objects.has('uji')).toBe(false);
});

test('no visitor of /sehat writes to the bucket', async () => {
  bucket.calls.length = 0;
  await health();
  expect(bucket.calls.filter((call) => call === 'put' || call === 'delete')).toEqual([]);
});

test.each(['hanging', 'refused'] as const)(
  'a bucket that is %s, at an isolate’s first /sehat',
  async (fault) => {
    vi.resetModules();
    const { default: fresh } = (await import('../../src/worker.ts')) as { default: typeof worker };
    bucket.fault = () => fault;
    const answer = await fresh.fetch(new Request('https://ikrar.test/sehat'), whole, {
      waitUntil: (work) => void open.push(work),
    });
    const { database, alarms } = (await answer.json()) as { database: boolean; alarms: { code: string }[] };
    expect([answer.status, database, alarms.map(({ code }) => code)]).toEqual([503, true, ['copy-away']]);
  },
);
