/** Of links that end with an act the audit trail counts those that it ended, and none that the clock had ended before. */
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { fromHex } from '../../src/lib/bytes.ts';
import * as officerChanges from '../../src/office/officer-changes.ts';
import * as officerLinks from '../../src/office/officer-links.ts';
import * as officers from '../../src/office/officers.ts';
import { type ActRecord, parseRecord } from '../../src/office/record.ts';
import { Authenticator } from '../authenticator.ts';
import { actorOf } from '../event.ts';
import { openHouse } from '../house.ts';
import {
  addKey,
  appointed,
  ask,
  changeOfficers,
  enter,
  found,
  join,
  joinBy,
  newestKunci,
  type Office,
  settle,
} from './office.ts';

const house = await openHouse();
const { db } = house;
let count = 0;
const open = () => found(house, { nama: `Kantor ${++count}` });
const tokenOf = (said: { [key: string]: unknown }): string => String(said.tautan).split('#')[1]!;

/** The clock ends all that is open. */
const lapse = () =>
  db.execute(sql`
    update officer_invitation set expires_at = clock_timestamp() - interval '1 second'
    where used_at is null and ended_at is null and expires_at > clock_timestamp()`);
const invite = (by: Office, nama: string) => changeOfficers(house, by, { tindakan: 'undang', nama });
const keyLink = (by: Office) => changeOfficers(house, by, { tindakan: 'tautan-kunci' });

/** What the latest record of an act says of links. */
async function counted(tindakan: ActRecord['tindakan']): Promise<string | undefined> {
  const [row] = await db.execute<{ isi: string }>(
    sql`select isi from riwayat where tindakan = ${tindakan} order by id desc limit 1`,
  );
  return parseRecord(row!.isi).sebelum.tautan;
}

/** An act, once after the clock has ended what is open, and once before. */
async function twice(
  tindakan: ActRecord['tindakan'],
  make: () => Promise<unknown>,
  act: () => Promise<unknown>,
): Promise<void> {
  await make();
  await lapse();
  await act();
  expect(await counted(tindakan)).toBeUndefined();
  await make();
  await act();
  expect(await counted(tindakan)).toBe('1');
}

test('a newer one for a name, for a passkey, of the installation, and that founds', async () => {
  const office = await open();
  await twice(
    'petugas-undang',
    () => lapse().then(() => invite(office, 'Budi')),
    () => invite(office, 'Budi'),
  );
  await twice(
    'petugas-tautan-kunci',
    () => lapse().then(() => keyLink(office)),
    () => keyLink(office),
  );
  await twice(
    'petugas-undang',
    () => lapse().then(() => appointed(db, office.organizerId, 'Cici')),
    () => appointed(db, office.organizerId, 'Cici'),
  );
  await twice(
    'penyelenggara-undang',
    () => lapse().then(() => officerLinks.foundingLink(db)),
    () => officerLinks.foundingLink(db),
  );
  // Nor one that works no more since an organiser has been founded.
  await db.execute(sql`
    insert into organizer (id, nama, wilayah, at) values ('${sql.raw(`didirikan${count}`)}', 'Didirikan', '62', clock_timestamp())`);
  await officerLinks.foundingLink(db);
  expect(await counted('penyelenggara-undang')).toBeUndefined();
});

test('the end of a passkey, and of an officer, on whosever word', async () => {
  const office = await open();
  const second = await join(house, office, 'Petugas Kedua');
  const added = new Authenticator();
  const endKey = async () =>
    changeOfficers(house, second, {
      tindakan: 'akhiri-kunci',
      id: second.officerId,
      kunci: await newestKunci(added),
    });
  await twice(
    'petugas-akhiri-kunci',
    async () => {
      await addKey(house, second, added);
      await changeOfficers(house, second, { tindakan: 'undang', nama: 'Tamu' }, { by: added });
    },
    endKey,
  );
  for (const remove of [
    (id: string) => changeOfficers(house, office, { tindakan: 'keluarkan', id }),
    (id: string) => officers.dismiss(db, id),
  ]) {
    let gone: Office;
    await twice(
      'petugas-keluarkan',
      async () => {
        gone = await join(house, office, `Yang Keluar ${++count}`);
        await invite(gone, 'Kawan');
      },
      () => remove(gone.officerId),
    );
  }
});

test('what nobody stood behind any more before it', async () => {
  const office = await open();
  const maker = await join(house, office, 'Sementara');
  const other = await joinBy(house, office, 'Lain');
  await settle(house);
  await invite(maker, 'Tamu');
  await db.execute(sql`
    update officer_role set sampai = clock_timestamp() where officer_id = ${maker.officerId}::uuid`);
  expect(await changeOfficers(house, office, { tindakan: 'keluarkan', id: other.officerId })).toMatchObject({
    ok: true,
  });
  expect(await counted('petugas-keluarkan')).toBeUndefined();
});

test('nobody ends one that is over, which goes on being called so', async () => {
  const office = await open();
  const token = tokenOf(await invite(office, 'Budi'));
  const [link] = await officerLinks.openLinks(db, office.organizerId);
  await lapse();
  await invite(office, 'Budi');
  expect(
    await officerChanges.endLink(db, actorOf(office), office.phone.credentials[0]!.id, fromHex(link!.digest)),
  ).toEqual({ ok: false, code: 'link-ended' });
  expect(await ask(house, '/kantor/masuk/tautan', { token })).toMatchObject({ code: 'link-lapsed' });
  expect(await enter(house, token, new Authenticator(), {})).toMatchObject({ code: 'link-lapsed' });
});
