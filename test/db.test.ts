import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { connect } from '../src/db.ts';
import { retry } from '../src/lib/retry.ts';
import { wilayah } from '../src/schema.ts';
import { openHouse } from './house.ts';
import { openWire } from './wire.ts';

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

test('a new statement takes one round trip, its values included', async () => {
  const wire = await openWire(Number(new URL(url).port), {
    toServer: (bytes) => {
      sent.push(bytes.toString('latin1'));
      return bytes;
    },
  });
  const sent: string[] = [];
  const { db, end } = connect(Object.assign(new URL(url), { port: String(wire.port) }).href, {
    max: 1,
    atOnce: true,
  });
  try {
    await db.execute(sql`select 1`);
    sent.length = 0;
    const bytes = Uint8Array.of(0, 255);
    const [row] = await db.execute(sql`
      select ${bytes}::bytea as bytes, ${true}::boolean as yes, ${1.5}::float8 as number, ${null}::text as none,
        ${'["a"]'}::jsonb as list, ${42n}::bigint as big`);
    expect(row).toEqual({
      bytes: Buffer.from(bytes),
      yes: true,
      number: 1.5,
      none: null,
      list: ['a'],
      big: '42',
    });
    expect(sent).toHaveLength(1);
  } finally {
    await end();
    await wire.close();
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

// The library says such a statement again by itself, with the values that it has made texts of.
test.each([
  ['a table has another column since', sql`alter table kept add column more integer`],
  ['the server has forgotten what was prepared', sql`deallocate all`],
])('what is repeated because %s has the same values', async (_, disturb) => {
  const { db, end } = connect(url, { max: 1 });
  const bytes = Uint8Array.of(0, 92, 120, 255);
  const at = new Date('2026-11-26T15:00:00.123Z');
  const list = JSON.stringify(['a', "b'", { c: '\\x00' }]);
  const once = () =>
    db.execute(sql`
      insert into kept (yes, no, bytes, text, number, at, list)
      values (${true}, ${false}, ${bytes}, ${'\\x4142'}, ${42n}, ${at.toISOString()}, ${list}::jsonb) returning *`);
  try {
    await db.execute(sql`
      create temporary table kept (yes boolean, no boolean, bytes bytea, text text, number bigint, at timestamptz, list jsonb)`);
    await once();
    await db.execute(disturb);
    const [row] = await once();
    expect(row).toMatchObject({
      yes: true,
      no: false,
      text: '\\x4142',
      number: '42',
      list: JSON.parse(list),
    });
    expect(Uint8Array.from(row!.bytes as Uint8Array)).toEqual(bytes);
    expect(new Date(row!.at as string)).toEqual(at);
    const same = await db.execute<{ many: number }>(sql`
      select count(*)::int as many from kept where yes and not no and bytes = '\\x005c78ff'`);
    expect(same[0]!.many).toBe(2);
  } finally {
    await end();
  }
});
