/** Preparing says why it takes long, and asks nothing of a database that only reads and is prepared already. */
import { sql } from 'drizzle-orm';
import { afterEach, expect, test, vi } from 'vitest';
import { connect } from '../../src/db.ts';
import { prepare } from '../../src/node/prepare.ts';
import { openHouse } from '../house.ts';

const { url, db } = await openHouse();
const name = new URL(url).pathname.slice(1);
const readOnly = (only: 'on' | 'off') =>
  db.execute(sql.raw(`alter database ${name} set default_transaction_read_only = ${only}`));
afterEach(() => readOnly('off'));

test('who waits for another that prepares is told so, and goes on', async () => {
  const other = connect(url, { max: 1, limits: null });
  try {
    await other.db.execute(sql`begin`);
    await other.db.execute(sql`select pg_advisory_xact_lock(hashtext('ikrar/migrations'))`);
    const said: string[] = [];
    const preparing = prepare(url, '.', { say: (line) => said.push(line), patience: 50 });
    await vi.waitFor(() => expect(said).toEqual([expect.stringContaining('Menunggu proses lain')]), 5_000);
    await other.db.execute(sql`rollback`);
    expect(await preparing).toMatchObject({ readOnly: false, left: [] });
    expect(said).toHaveLength(1);
  } finally {
    await other.end();
  }
});

test('what takes long by itself says so too, and what is quick says nothing', async () => {
  const other = connect(url, { max: 1, limits: null });
  const said: string[] = [];
  try {
    await other.db.execute(sql`begin`);
    await other.db.execute(sql`lock table wilayah`);
    const preparing = prepare(url, '.', { say: (line) => said.push(line), patience: 500 });
    await vi.waitFor(() => expect(said).toEqual([expect.stringContaining('sedang disiapkan')]), 5_000);
    await other.db.execute(sql`rollback`);
    await preparing;
  } finally {
    await other.end();
  }
  await prepare(url, '.', { say: (line) => said.push(line) });
  expect(said).toHaveLength(1);
});

test('a database that only reads and has all that this build needs', async () => {
  await readOnly('on');
  expect(await prepare(url, '.')).toMatchObject({ readOnly: true, left: [] });
});

test.each([
  [
    'a table of a newer build is missing',
    sql`delete from drizzle.__drizzle_migrations where id = (select max(id) from drizzle.__drizzle_migrations)`,
  ],
  ['a function is another', sql`update applied_function set sha256 = sha256('') where name = 'append_leaf'`],
  ['nothing was prepared', sql`drop schema drizzle cascade`],
])('a database that only reads is refused if %s', async (_, spoil) => {
  await db.execute(spoil);
  await readOnly('on');
  await expect(prepare(url, '.')).rejects.toThrow(/^Basis data hanya dapat dibaca, sedangkan tabelnya/);
});
