/** A DATABASE_URL of several servers: the one that takes writes is used, also when it is another one than before. */

import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, expect, test, vi } from 'vitest';
import { type Database, openDatabase } from '../../src/node/database.ts';
import { startPostgres } from '../../src/node/postgres.ts';

const folder = await mkdtemp(join(tmpdir(), 'ikrar-servers-'));
await chmod(folder, 0o711);
const start = (name: string) =>
  startPostgres(join(folder, name), { password: 'ikrar', flags: ['fsync=off'] });
const [one, two] = await Promise.all([start('one'), start('two')]);
afterAll(async () => {
  await Promise.all([one.stop(), two.stop()]);
  await rm(folder, { recursive: true, force: true });
});

const toAdmin = (url: string): string => url.replace(/\/ikrar$/, '/postgres');
const inside = async (url: string, statement: string): Promise<void> => {
  const client = postgres(url, { max: 1, onnotice: () => {} });
  await client.unsafe(statement);
  await client.end();
};
const reads = (url: string, only: 'on' | 'off') =>
  inside(toAdmin(url), `alter database ikrar set default_transaction_read_only = ${only}`);
for (const [name, { url }] of Object.entries({ one, two })) {
  await inside(url, `create table here as select '${name}' as name`);
}
await reads(one.url, 'on');

const both = one.url.replace(/@([^/]+)/, `@$1,${new URL(two.url).host}`);

/** As many at once as the pool has connections: by which servers they were answered. */
const writers = async ({ db }: Database): Promise<Set<string>> => {
  const asked = Array.from({ length: 4 }, () =>
    db.execute<{ name: string }>(sql`
      with written as (insert into here select name from here limit ${1}::int returning name)
      select name, pg_sleep(0.2) from written`),
  );
  return new Set((await Promise.all(asked)).map(([row]) => row!.name));
};
const endOf = (url: string, limit: string) =>
  inside(
    toAdmin(url),
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = 'ikrar' limit ${limit}`,
  );

test('an old server that is back changes nothing; and never are two in use', async () => {
  const database = await openDatabase(both, { max: 4 });
  try {
    await database.db.execute(sql`select ${1}::int`);
    await reads(one.url, 'off');
    // Three more connections than there were.
    expect(await writers(database)).toEqual(new Set(['two']));

    // Those that are open would go on writing there.
    await reads(two.url, 'on');
    await pause(100);
    await endOf(two.url, '1');
    await vi.waitFor(async () => expect(await writers(database)).toEqual(new Set(['one'])), {
      timeout: 10_000,
      interval: 20,
    });
  } finally {
    await database.end();
    await reads(one.url, 'on');
    await reads(two.url, 'off');
  }
});

test('the second, then the first, then the second again; and reading while none takes writes', async () => {
  const { db, end, pooler } = await openDatabase(both, { max: 4 });
  const write = async (): Promise<string> => {
    const rows = await db.execute<{ name: string }>(sql`
      with written as (insert into here select name from here limit ${1}::int returning name) select name from written`);
    return rows[0]!.name;
  };
  const writes = (name: string) =>
    vi.waitFor(async () => expect(await write()).toBe(name), { timeout: 20_000, interval: 50 });
  try {
    expect(pooler).toBe(null);
    await writes('two');
    await reads(one.url, 'off');
    await reads(two.url, 'on');
    await inside(
      toAdmin(two.url),
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = 'ikrar'`,
    );
    await writes('one');

    // It is still open, and has become a server to read from alone.
    await reads(two.url, 'off');
    await inside(one.url, `alter role ikrar set default_transaction_read_only = on`);
    await inside(
      toAdmin(one.url),
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = 'ikrar'`,
    );
    await writes('two');

    await two.stop();
    const [row] = await vi.waitFor(
      () => db.execute<{ name: string }>(sql`select name from here limit ${1}::int`),
      {
        timeout: 20_000,
        interval: 50,
      },
    );
    expect(row).toEqual({ name: 'one' });
    await expect(write()).rejects.toMatchObject({ cause: { code: '25006' } });
  } finally {
    await end();
  }
});
