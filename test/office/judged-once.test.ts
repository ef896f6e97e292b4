/** What an officer's word counts for is judged while nobody changes the officers; what has ended is told once, and stays ended. */
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { connect } from '../../src/db.ts';
import * as officers from '../../src/office/officers.ts';
import * as withdrawals from '../../src/withdrawal/withdrawals.ts';
import { Authenticator } from '../authenticator.ts';
import { hasSigned, openCast } from '../cast.ts';
import { openHouse } from '../house.ts';
import { asks, confirms } from '../withdrawal/withdraw.ts';
import {
  appointed,
  changeOfficers,
  enter,
  found,
  join,
  joinBy,
  login,
  type Office,
  post,
  settle,
} from './office.ts';

const house = await openHouse();
const { db, services } = house;

let offices = 0;
const open = (): Promise<Office> => found(house, { nama: `Kantor ${++offices}` });

const last = async (): Promise<number> => {
  const [row] = await db.execute<{ id: number }>(sql`select coalesce(max(id), 0)::int as id from riwayat`);
  return row!.id;
};

/** The records of the trail after that one. */
async function told(after: number): Promise<string[]> {
  const rows = await db.execute<{ isi: string }>(
    sql`select isi from riwayat where id > ${after} order by id`,
  );
  return rows.map(({ isi }) => isi);
}

const ageSessions = (id: string) =>
  db.execute(sql`
    update officer_session set at = at - interval '2 days', seen_at = seen_at - interval '2 days'
    where officer_id = ${id}::uuid`);

test('a withdrawal waits for who is just removing the one who vouched, and is then refused', async () => {
  const first = await open();
  const third = await join(house, first, 'Petugas Ketiga');
  const second = await joinBy(house, first, 'Petugas Kedua');
  await settle(house);
  expect(await changeOfficers(house, third, { tindakan: 'jamin', id: second.officerId })).toMatchObject({
    ok: true,
  });
  const cast = await openCast(db, { of: first });
  const { row } = await hasSigned(services, cast.siti);
  await services.publish();
  const place = { kegiatanId: cast.kegiatanId, personId: cast.siti };
  expect(await asks(house, first, place)).toMatchObject({ ok: true });

  const remover = connect(house.url, { max: 1 });
  try {
    await remover.db.execute(sql`begin`);
    await officers.dismiss(remover.db, third.officerId);
    const confirming = confirms(house, second, place, row.kode);
    await expect
      .poll(async () => {
        const [held] = await db.execute<{ n: number }>(sql`
          select count(*)::int as n from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock' and query like '%confirm_withdrawal%'`);
        return held!.n;
      })
      .toBe(1);
    await remover.db.execute(sql`commit`);
    expect(await confirming).toMatchObject({ ok: false, code: 'officers-related' });
  } finally {
    await remover.end();
  }
  expect(await withdrawals.unauthorized(db)).toEqual([]);
});

test('sessions that were over are not counted among those that were ended, and nobody leaves by one', async () => {
  const office = await open();
  await login(house, office.phone);
  await ageSessions(office.officerId);
  const { cookie } = await login(house, office.phone);
  let from = await last();
  await post(house, '/kantor/petugas/sesi/akhir', cookie);
  expect(await told(from)).toEqual([expect.stringContaining('\nsesudah sesi 1\n')]);

  const again = await open();
  await ageSessions(again.officerId);
  from = await last();
  await post(house, '/kantor/keluar', again.cookie);
  expect(await told(from)).toEqual([]);
});

test('a link that ends since its name has come in by another one is told', async () => {
  const office = await open();
  await changeOfficers(house, office, { tindakan: 'undang', nama: 'Budi Contoh' });
  const nameless = await appointed(db, office.organizerId, null);
  const from = await last();
  expect(await enter(house, nameless, new Authenticator(), { nama: 'Budi Contoh' })).toMatchObject({
    ok: true,
  });
  expect(await told(from)).toEqual([
    expect.stringMatching(/\ntindakan petugas-masuk\n[\s\S]*\nsebelum tautan 1\n/),
  ]);
});

test('the word of a passkey that may be another’s stands in the way of none of its owner', async () => {
  const first = await open();
  const second = await join(house, first, 'Petugas Kedua');
  const made = await joinBy(house, first, 'Rekan');
  await settle(house);
  const phone = new Authenticator();
  const { tautan } = await changeOfficers(house, second, { tindakan: 'tautan-kunci' });
  await enter(house, String(tautan).split('#')[1]!, phone, {});
  const thief = { ...second, phone, cookie: (await login(house, phone)).cookie };
  const vouch = { tindakan: 'jamin', id: made.officerId } as const;
  expect(await changeOfficers(house, thief, vouch)).toMatchObject({ ok: true });
  expect(await changeOfficers(house, thief, vouch)).toMatchObject({ code: 'officer-known' });
  expect(await changeOfficers(house, second, vouch)).toMatchObject({ ok: true });
  expect(await changeOfficers(house, second, vouch)).toMatchObject({ code: 'officer-known' });
});

test.each(['ended_at', 'used_at'])('the service gives no link back whose %s is set', async (moment) => {
  const office = await open();
  await changeOfficers(house, office, { tindakan: 'undang', nama: 'Tamu' });
  const own = sql`organizer_id = ${office.organizerId} and nama = 'Tamu'`;
  await db.execute(sql`update officer_invitation set ${sql.identifier(moment)} = now() where ${own}`);
  await expect(
    services.db.execute(sql`update officer_invitation set ${sql.identifier(moment)} = null where ${own}`),
  ).rejects.toMatchObject({ cause: { code: '23514' } });
});
