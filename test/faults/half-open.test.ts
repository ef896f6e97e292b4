/** The network forgets connections to PostgreSQL without closing them: they are given up in seconds, and nothing late is believed. */
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, expect, test, vi } from 'vitest';
import { connect } from '../../src/db.ts';
import { isAway } from '../../src/lib/retry.ts';
import { openLine } from '../../src/node/line.ts';
import { openHouse } from '../house.ts';
import { openWire } from '../wire.ts';

const { url, db: direct } = await openHouse();
const { port } = new URL(url);
const wire = await openWire(Number(port));
afterAll(() => wire.close());
const through = new URL(url);
through.port = String(wire.port);

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
  expect(wire.open()).toBe(3);
  wire.forget();
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
  wire.forget();
  expect(await Promise.all([11, 12, 13].map((n) => failure(value(n))))).not.toContain(null);
  wire.remember();
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
  const gone = await openWire(Number(port));
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

/** Shorter still, for where nothing but the end is of interest. */
const brief = { statement: 5_000, lock: 500, answer: 600 };
await direct.execute(sql`create table late (x text)`);
const late = async (): Promise<number> => {
  const [row] = await direct.execute<{ n: number }>(sql`select count(*)::int as n from late`);
  return row!.n;
};
const pids = async (given: typeof db, many: number): Promise<Set<unknown>> => {
  const asked = Array.from({ length: many }, () =>
    given.execute(sql`select pg_backend_pid() as pid, pg_sleep(${0.2}::float8)`),
  );
  return new Set((await Promise.all(asked)).map(([row]) => row!.pid));
};

test('what was given up before it was sent is never done, and the pool keeps its connections', async () => {
  const door = await openWire(Number(port));
  const address = new URL(url);
  address.port = String(door.port);
  const given = connect(address.href, { max: 3, limits: brief, line: openLine([address.href]) });
  try {
    await given.db.execute(sql`select ${1}::int`);
    door.hangUp(true);
    door.cut();
    await vi.waitFor(() => expect(door.open()).toBe(0));
    // Three wait for a connection to be opened, five in the driver's queue.
    const told = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        failure(given.db.execute(sql`insert into late values (${`n${i}`})`)),
      ),
    );
    for (const error of told) expect(error).toMatchObject({ cause: { code: 'STATEMENT_TIMEOUT' } });
    door.hangUp(false);
    const many = await vi.waitFor(() => pids(given.db, 6), { timeout: 10_000, interval: 50 });
    expect(many.size).toBe(3);
    expect(await late()).toBe(0);
  } finally {
    await given.end();
    await door.close();
  }
});

test('what was given up while the server still described it is not done either', async () => {
  const door = await openWire(Number(port));
  const address = new URL(url);
  address.port = String(door.port);
  // As on Workers.
  const given = connect(address.href, { max: 1, limits: brief, lasting: false });
  try {
    await given.db.execute(sql`select ${1}::int`);
    door.forget();
    const told = await failure(given.db.execute(sql`insert into late values (${'described'})`));
    expect(told).toMatchObject({ cause: { code: 'STATEMENT_TIMEOUT' } });
    door.remember();
    expect([...(await given.db.execute(sql`select ${2}::int as n`))]).toEqual([{ n: 2 }]);
    expect(await late()).toBe(0);
  } finally {
    await given.end();
    await door.close();
  }
});

test('what is given up while the server works is stopped there, also where the server has no limit', async () => {
  const given = connect(url, { max: 1, limits: brief, lasting: false });
  try {
    const told = await failure(given.db.execute(sql`select pg_sleep(${30}::int), 'no limit'`));
    expect(told).toMatchObject({ cause: { code: 'STATEMENT_TIMEOUT' } });
    // Its connection is free again.
    expect([...(await given.db.execute(sql`select ${3}::int as n`))]).toEqual([{ n: 3 }]);
  } finally {
    await given.end();
  }
});

test('one that is forgotten takes none with it that is at work', async () => {
  const door = await openWire(Number(port));
  const address = new URL(url);
  address.port = String(door.port);
  const given = connect(address.href, { max: 2, limits, line: openLine([address.href]) });
  try {
    await given.db.execute(sql`select ${1}::int`);
    door.forget();
    const lost = failure(given.db.execute(sql`select ${2}::int`));
    await pause(2_200);
    const atWork = given.db.execute(sql`insert into late select ${'roster'} from pg_sleep(${1.4}::float8)`);
    const told = failure(atWork);
    expect(await lost).toMatchObject({ cause: { code: 'STATEMENT_TIMEOUT' } });
    expect(await told).toBe(null);
    expect(await late()).toBe(1);
    expect((await pids(given.db, 4)).size).toBe(2);
  } finally {
    await given.end();
    await door.close();
  }
});

test('what takes connections and ends them at once is not tried without a pause', async () => {
  const door = await openWire(Number(port));
  const address = new URL(url);
  address.port = String(door.port);
  const given = connect(address.href, { max: 3, limits: brief, line: openLine([address.href]) });
  try {
    door.hangUp(true);
    await Promise.all([1, 2, 3, 4].map((n) => failure(given.db.execute(sql`select ${n}::int`))));
    await pause(1_500);
    expect(door.taken()).toBeGreaterThan(6);
    expect(door.taken()).toBeLessThan(60);
    door.hangUp(false);
    expect((await vi.waitFor(() => pids(given.db, 6), { timeout: 10_000, interval: 50 })).size).toBe(3);
  } finally {
    await given.end();
    await door.close();
  }
});
