/** Days of the audit trail are closed into the ledger; and whatever somebody does to a record afterwards is found. */
import { type SQL, sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connect } from '../../src/db.ts';
import { parseLeaf } from '../../src/ledger/leaf.ts';
import { type Digest, sha256Text } from '../../src/lib/sha256.ts';
import { checkTrail, type Difference } from '../../src/office/check-trail.ts';
import { formatRecordDay, parseRecord } from '../../src/office/record.ts';
import * as records from '../../src/office/records.ts';
import { type Cast, hasSigned, openCast } from '../cast.ts';
import { actorOf, makeEvent, type Setting } from '../event.ts';
import { openHouse } from '../house.ts';

const house = await openHouse();
const { db, services } = house;
let event: Setting;
let cast: Cast;

const opens = (times = 1) =>
  Promise.all(
    Array.from({ length: times }, () =>
      records.opens(services.db, actorOf(event), { tindakan: 'rekap-unduh', kegiatanId: event.kegiatanId }),
    ),
  );

/** The last so many records were written so many days earlier. */
const earlier = (days: number, count = 1) =>
  db.execute(sql`
    update riwayat r set at = n.at, isi = n.isi, sha256 = sha256(convert_to(n.isi, 'UTF8'))
    from (
      select u.id, u.at - make_interval(days => ${days}) as at,
        regexp_replace(u.isi, 'waktu [^\n]+', 'waktu ' || ikrar_time(u.at - make_interval(days => ${days}))) as isi
      from riwayat u order by u.id desc limit ${count}) n
    where n.id = r.id`);

/** Without what the tables themselves forbid. */
async function asOwnerOfAll(...tampering: SQL[]) {
  const one = connect(house.url, { max: 1, limits: null });
  await one.db.execute(sql`select set_config('session_replication_role', 'replica', false)`);
  for (const statement of tampering) await one.db.execute(statement);
  await one.end();
}

const dayAgo = async (days: number): Promise<string> => {
  const [row] = await db.execute<{ day: string }>(sql`
    select to_char(now() at time zone 'UTC' + interval '7 hours' - make_interval(days => ${days}), 'YYYY-MM-DD') as day`);
  return row!.day;
};

beforeAll(async () => {
  event = await makeEvent(db);
  cast = await openCast(db);
});

test('a day that has ended is closed once, also by several at once; today isn’t', async () => {
  expect(await records.closeDays(services.db)).toBe(0);
  await opens(3);
  await earlier(3, 3);
  await opens(2);
  await earlier(2, 2);
  await opens();
  expect(await Promise.all([1, 2, 3, 4].map(() => records.closeDays(services.db)))).toContain(2);
  const days = await records.days(services.db);
  expect(days).toMatchObject([
    { hari: await dayAgo(3), baris: 3 },
    { hari: await dayAgo(2), baris: 2 },
  ]);
  expect(await records.closeDays(services.db)).toBe(0);

  for (const day of days) {
    const digests: Digest[] = [];
    for await (const batch of records.audited(db, day.key))
      digests.push(...batch.map(({ sha256 }) => sha256));
    const text = formatRecordDay({ hari: day.hari, digests });
    expect(day.sha256).toBe(`sha256:${Buffer.from(await sha256Text(text)).toString('hex')}`);
    expect(parseLeaf(day.entry!)).toMatchObject({ jenis: 'riwayat', fields: [['riwayat', day.sha256]] });
  }
  await services.publish();
  expect((await records.days(services.db)).map(({ logIndex }) => logIndex)).not.toContain(null);
  expect(await checkTrail(services.db)).toEqual({ records: 6, erased: 0, days: 2, differences: [] });
});

describe('whoever has the database and', () => {
  let day: string;
  let ids: number[];
  /** A copy to go back to. */
  beforeAll(async () => {
    await db.execute(sql`create table kept_riwayat as select * from riwayat`);
    await db.execute(sql`create table kept_terhitung as select * from riwayat_terhitung`);
    await db.execute(sql`create table kept_hari as select * from riwayat_hari`);
  });
  beforeEach(async () => {
    await db.execute(sql`delete from riwayat_terhitung`);
    await db.execute(sql`delete from riwayat_hari`);
    await db.execute(sql`delete from riwayat`);
    await db.execute(sql`insert into riwayat overriding system value select * from kept_riwayat`);
    await db.execute(sql`insert into riwayat_hari select * from kept_hari`);
    await db.execute(sql`insert into riwayat_terhitung select * from kept_terhitung`);
    day = await dayAgo(3);
    const rows = await db.execute<{ id: number }>(sql`
      select riwayat_id::integer as id from riwayat_terhitung where hari = ${day}::date order by 1`);
    ids = rows.map(({ id }) => id);
    expect((await checkTrail(services.db)).differences).toEqual([]);
  });

  test.each<[string, (id: number) => Promise<unknown>, (id: number, day: string) => Difference[]]>([
    [
      'changes a text',
      (id) =>
        db.execute(
          sql`update riwayat set isi = replace(isi, 'Petugas Contoh', 'Orang Lain') where id = ${id}`,
        ),
      (baris, hari) => [{ code: 'record-changed', baris, hari }],
    ],
    [
      'changes text and digest together',
      async (id) => {
        await db.execute(
          sql`update riwayat set isi = replace(isi, 'Petugas Contoh', 'Orang Lain') where id = ${id}`,
        );
        await db.execute(sql`update riwayat set sha256 = sha256(convert_to(isi, 'UTF8')) where id = ${id}`);
      },
      (_, hari) => [{ code: 'day-changed', hari }],
    ],
    [
      'puts something that is no record there, with its digest',
      (id) => db.execute(sql`update riwayat set isi = 'x', sha256 = sha256('x') where id = ${id}`),
      (baris, hari) => [
        { code: 'record-malformed', baris, hari },
        { code: 'day-changed', hari },
      ],
    ],
    ...(
      [
        [`tindakan = 'masuk'`, 'act'],
        [`officer_id = gen_random_uuid()`, 'officer'],
        ['organizer_id = null', 'organiser'],
        ['kegiatan_id = null', 'event'],
        [`at = at - interval '1 second'`, 'time'],
      ] as const
    ).map(
      ([set, what]): [
        string,
        (id: number) => Promise<unknown>,
        (id: number, day: string) => Difference[],
      ] => [
        `says another ${what} beside it`,
        (id) => db.execute(sql`update riwayat set ${sql.raw(set)} where id = ${id}`),
        (baris, hari) => [{ code: 'record-beside', baris, hari }],
      ],
    ),
    [
      'deletes one',
      async (id) => {
        await db.execute(sql`delete from riwayat_terhitung where riwayat_id = ${id}`);
        await db.execute(sql`delete from riwayat where id = ${id}`);
      },
      (_, hari) => [{ code: 'day-count', hari, counted: [3, 2] }],
    ],
    [
      'deletes one and says that there were fewer',
      async (id) => {
        await db.execute(sql`delete from riwayat_terhitung where riwayat_id = ${id}`);
        await db.execute(sql`delete from riwayat where id = ${id}`);
        await db.execute(
          sql`update riwayat_hari set baris = 2 where hari = (select min(hari) from riwayat_hari)`,
        );
      },
      (_, hari) => [{ code: 'day-changed', hari }],
    ],
    [
      'adds one to a day that was closed',
      async () => {
        await opens();
        await earlier(3);
        await db.execute(sql`
          insert into riwayat_terhitung select max(r.id), (select min(hari) from riwayat_hari) from riwayat r`);
      },
      (_, hari) => [{ code: 'day-count', hari, counted: [3, 4] }],
    ],
    [
      'adds one that no day counts',
      async () => {
        await opens();
        await earlier(3);
      },
      (_, hari) => [{ code: 'record-uncounted', baris: expect.any(Number) as never, hari }],
    ],
    [
      'moves one to the next day',
      (id) =>
        db.execute(sql`
          update riwayat_terhitung set hari = (select max(hari) from riwayat_hari) where riwayat_id = ${id}`),
      (baris, hari) => [
        { code: 'day-count', hari, counted: [3, 2] },
        { code: 'record-late', baris, hari },
        { code: 'day-count', hari: expect.not.stringMatching(hari) as never, counted: [2, 3] },
      ],
    ],
    [
      'makes up the digest of a day',
      async (id) => {
        await db.execute(sql`update riwayat set isi = '' where id = ${id}`);
        await db.execute(sql`
          update riwayat_hari set sha256 = sha256('x') where hari = (select min(hari) from riwayat_hari)`);
      },
      (_, hari) => [
        { code: 'day-changed', hari },
        { code: 'day-entry', hari, logIndex: expect.any(Number) as never },
        { code: 'record-blank', baris: ids[1]!, hari },
      ],
    ],
    [
      'hides one in a day that isn’t kept',
      (id) => asOwnerOfAll(sql`update riwayat_terhitung set hari = '2001-01-01' where riwayat_id = ${id}`),
      (baris, hari) => [
        { code: 'record-late', baris, hari },
        { code: 'day-missing', hari: '2001-01-01' },
        { code: 'day-count', hari, counted: [3, 2] },
      ],
    ],
    [
      'takes a day’s row away, and leaves its records',
      () => asOwnerOfAll(sql`delete from riwayat_hari where hari = (select min(hari) from riwayat_hari)`),
      (_, hari) => [
        { code: 'day-missing', hari },
        { code: 'entry-dayless', logIndex: expect.any(Number) as never },
      ],
    ],
    [
      'never closes a day that has ended',
      () =>
        db.execute(sql`
          with gone as (delete from riwayat_terhitung where hari = (select max(hari) from riwayat_hari))
          delete from riwayat_hari where hari = (select max(hari) from riwayat_hari)`),
      () => [
        { code: 'day-unclosed', hari: expect.any(String) as never },
        { code: 'entry-dayless', logIndex: expect.any(Number) as never },
      ],
    ],
    [
      'blanks a text, and says other things beside it',
      (id) =>
        db.execute(sql`update riwayat set isi = '', tindakan = 'keluar', officer_id = null where id = ${id}`),
      (baris, hari) => [{ code: 'record-blank', baris, hari }],
    ],
    [
      'puts something short there for a digest',
      (id) => db.execute(sql`update riwayat set sha256 = 'zz' where id = ${id}`),
      (baris, hari) => [
        { code: 'record-changed', baris, hari },
        { code: 'day-changed', hari },
      ],
    ],
    ...['infinity', '-infinity', '20000-01-01Z', '0044-03-15 BC'].map(
      (at): [string, (id: number) => Promise<unknown>, (id: number, day: string) => Difference[]] => [
        `dates one ${at}`,
        (id) => db.execute(sql`update riwayat set at = ${at}::timestamptz where id = ${id}`),
        (baris) => [
          { code: 'record-beside', baris, hari: expect.any(String) as never },
          { code: 'record-late', baris, hari: expect.any(String) as never },
        ],
      ],
    ),
    ...['infinity', '20000-01-01', '0044-03-15 BC'].map(
      (hari): [string, (id: number) => Promise<unknown>, (id: number, day: string) => Difference[]] => [
        `dates a day ${hari}`,
        async () => {
          await asOwnerOfAll(
            sql`update riwayat_terhitung set hari = ${hari}::date where hari = (select min(hari) from riwayat_hari)`,
          );
          await asOwnerOfAll(
            sql`update riwayat_hari set hari = ${hari}::date where hari = (select min(hari) from riwayat_hari)`,
          );
        },
        (_, day) => [
          ...ids.map((baris): Difference => ({ code: 'record-late', baris, hari: day })),
          { code: 'day-changed', hari },
        ],
      ],
    ),
    [
      'takes a whole day away',
      async () => {
        await db.execute(
          sql`delete from riwayat_terhitung where hari = (select min(hari) from riwayat_hari)`,
        );
        await db.execute(
          sql`delete from riwayat where at < (select max(hari) - interval '7 hours' from riwayat_hari)`,
        );
        await db.execute(sql`delete from riwayat_hari where hari = (select min(hari) from riwayat_hari)`);
      },
      () => [{ code: 'entry-dayless', logIndex: expect.any(Number) as never }],
    ],
  ])('%s is found out', async (_, does, found) => {
    await does(ids[1]!);
    expect((await checkTrail(services.db)).differences).toEqual(found(ids[1]!, day));
  });

  test('erases a text as the law asks leaves its digest, and is counted', async () => {
    await db.execute(sql`update riwayat set isi = '' where id = ${ids[0]}`);
    const blank = { code: 'record-blank', baris: ids[0]!, hari: day };
    expect((await checkTrail(services.db)).differences).toEqual([blank]);
    // A record that names it is no more than a word, until there is an erasure of that pledge.
    const { row } = await hasSigned(services, cast.siti);
    await db.execute(sql`
      select record_act(${JSON.stringify({ organizer: cast.organizerId })}::jsonb, 'data-hapus', null, ${row.kode}, 'pengelola', '{}',
        ${JSON.stringify({ baris: `${ids[0]} ${ids[2]}` })}::jsonb)`);
    expect((await checkTrail(services.db)).differences).toEqual([blank]);
    await db.execute(
      sql`insert into erasure (hash, alasan) select hash, 'uji' from signature where kode = ${row.kode}`,
    );
    expect(await checkTrail(services.db)).toMatchObject({ erased: 1, differences: [] });
    await db.execute(sql`update riwayat set isi = '' where id = ${ids[1]}`);
    expect((await checkTrail(services.db)).differences).toEqual([{ ...blank, baris: ids[1]! }]);
    await db.execute(
      sql`update riwayat set isi = (select isi from kept_riwayat where id = ${ids[1]}) where id = ${ids[1]}`,
    );
    // Two of the same are two texts: nobody guesses one from its digest.
    const [first, second] = await db.execute<{ isi: string }>(
      sql`select isi from riwayat order by id offset 1 limit 2`,
    );
    expect(parseRecord(first!.isi).acak).not.toBe(parseRecord(second!.isi).acak);
  });
});

test('what comes late is in the next day, and an auditor is told', async () => {
  await db.execute(sql`delete from riwayat where tindakan = 'data-hapus'`);
  await db.execute(sql`update riwayat set isi = k.isi from kept_riwayat k where k.id = riwayat.id`);
  await opens();
  await earlier(2);
  const late = { baris: expect.any(Number), hari: await dayAgo(2) };
  expect((await checkTrail(services.db)).differences).toEqual([{ code: 'record-uncounted', ...late }]);
  expect(await records.closeDays(services.db)).toBe(1);
  expect((await records.days(services.db)).at(-1)).toMatchObject({ hari: await dayAgo(1), baris: 1 });
  expect((await checkTrail(services.db)).differences).toEqual([{ code: 'record-late', ...late }]);
});
