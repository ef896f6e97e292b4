/** The network forgets connections to PostgreSQL without closing them: they are given up in seconds, and nothing late is believed. */
import { sql } from 'drizzle-orm';
import { afterAll, expect, test, vi } from 'vitest';
import { connect } from '../../src/db.ts';
import { isAway } from '../../src/lib/retry.ts';
import { openLine } from '../../src/node/line.ts';
import { openHouse } from '../house.ts';
import { openProxy } from './proxy.ts';

vi.setConfig({ testTimeout: 60_000 });

const { url, db: direct } = await openHouse();
const { hostname, port } = new URL(url);
const proxy = await openProxy(hostname, Number(port));
afterAll(() => proxy.close());
const through = new URL(url);
through.port = String(proxy.port);

/** As those of a service, and shorter, so that nobody waits here. */
const limits = { statement: 1_500, lock: 500, answer: 2_500 };
const { db, end } = connect(through.href, { max: 3, limits, line: openLine([through.href]) });
afterAll(end);

const value = async (n: number): Promise<unknown> => [...(await db.execute(sql`select ${n}::int as n`))];
const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

test('forgotten connections are given up, and others take their place', async () => {
  await Promise.all([1, 2, 3].map(value));
  expect(proxy.open()).toBe(3);
  proxy.forget();
  const begun = performance.now();
  const lost = await Promise.all([1, 2, 3, 4].map((n) => failure(value(n))));
  expect(performance.now() - begun).toBeLessThan(8_000);
  for (const error of lost) expect(isAway(error)).toBe(true);
  // All of them, without each of them having to wait as long.
  expect(await vi.waitFor(() => Promise.all([5, 6, 7].map(value)), { timeout: 5_000, interval: 50 })).toEqual(
    [[{ n: 5 }], [{ n: 6 }], [{ n: 7 }]],
  );
});

test('an answer that comes after it was given up is nobody’s', async () => {
  await Promise.all([1, 2, 3].map(value));
  proxy.forget();
  expect(await Promise.all([11, 12, 13].map((n) => failure(value(n))))).not.toContain(null);
  proxy.remember();
  for (let n = 100; n < 130; n++) {
    expect(await vi.waitFor(() => value(n), { timeout: 5_000, interval: 20 })).toEqual([{ n }]);
  }
});

test('a statement that waits for long is stopped at the server too, and says so', async () => {
  const error = await failure(db.execute(sql`select pg_sleep(${30}::int)`));
  expect(error).toMatchObject({ cause: { code: '57014' } });
  expect(isAway(error)).toBe(true);
  const [row] = await direct.execute<{ n: number }>(
    sql`select count(*)::int as n from pg_stat_activity where query like '%pg_sleep%' and state = 'active' and pid <> pg_backend_pid()`,
  );
  expect(row!.n).toBe(0);
});

test('who waits for a row that another holds is told in seconds', async () => {
  const holder = connect(url, { max: 1, limits: null });
  try {
    await holder.db.execute(sql`begin`);
    await holder.db.execute(sql`select from tree for update`);
    const error = await failure(db.execute(sql`select from tree where id = ${1}::int for update`));
    expect(error).toMatchObject({ cause: { code: '55P03' } });
    await holder.db.execute(sql`rollback`);
  } finally {
    await holder.end();
  }
});

test('a server that is gone altogether ends nothing but the statement', async () => {
  const gone = await openProxy(hostname, Number(port));
  const address = new URL(url);
  address.port = String(gone.port);
  const lost = connect(address.href, { max: 2, limits, line: openLine([address.href]) });
  await lost.db.execute(sql`select ${1}::int`);
  gone.forget();
  const late = failure(lost.db.execute(sql`select ${2}::int`));
  gone.refuse();
  expect(isAway(await late)).toBe(true);
  expect(isAway(await failure(lost.db.execute(sql`select ${3}::int`)))).toBe(true);
  await gone.close();
  await lost.end();
});
