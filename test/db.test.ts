import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { connect } from '../src/db.ts';
import { retry } from '../src/lib/retry.ts';
import { wilayah } from '../src/schema.ts';
import { openHouse } from './house.ts';

const { url } = await openHouse();

test('statements with values are prepared', async () => {
  const { db, end } = connect(url, { max: 1 });
  try {
    for (const one of [1, 2])
      expect([...(await db.execute(sql`select ${one}::int as n`))]).toEqual([{ n: one }]);
    const kept = await db.execute(sql`select statement from pg_prepared_statements`);
    expect([...kept]).toEqual([{ statement: 'select $1::int as n' }]);
  } finally {
    await end();
  }
});

test.each([
  ['a failed row', sql`1 / (4 - i)`],
  ['the end of the connection', sql`case when i = 4 then pg_terminate_backend(pg_backend_pid()) end`],
])('after %s amid others, the next answer on the connection is whole', async (_, breaks) => {
  const { db, end } = connect(url, { max: 1 });
  const fail = () =>
    expect(db.execute(sql`select i, ${breaks} from generate_series(1, ${10}::int) i`)).rejects.toThrow();
  try {
    await fail();
    // The library gives the next statement the error of a lost connection, too.
    const numbers = await retry(() => db.execute(sql`select i from generate_series(1, ${2}::int) i`));
    expect([...numbers]).toEqual([{ i: 1 }, { i: 2 }]);

    await fail();
    const query = db.select({ kode: wilayah.kode }).from(wilayah).where(sql`kode in ('62', '62.01')`);
    const rows = await retry(() => query.orderBy(wilayah.kode));
    expect(rows.map(({ kode }) => kode)).toEqual(['62', '62.01']);
  } finally {
    await end();
  }
});
