/** What one may not do is not shown; and what is refused is told in the sentence that leads on. */
import { expect, test } from 'vitest';
import { dayOf } from '../../src/lib/zone.ts';
import * as officerRoles from '../../src/office/officer-roles.ts';
import * as officers from '../../src/office/officers.ts';
import { endOfDay } from '../../src/office/role.ts';
import { Authenticator } from '../authenticator.ts';
import { hasSigned, openCast } from '../cast.ts';
import { makeEvent } from '../event.ts';
import { openHouse } from '../house.ts';
import { asks, pathOf } from '../withdrawal/withdraw.ts';
import {
  addKey,
  changeOfficers,
  changeRole,
  comeIn,
  found,
  get,
  join,
  joinAs,
  joinBy,
  login,
  newestKunci,
  type Office,
  settle,
} from './office.ts';

const house = await openHouse();
const { db, services } = house;
let count = 0;
const open = () => found(house, { nama: `Kantor ${++count}` });
const page = async (of: Office, path = '/kantor/petugas') => (await get(house, path, of.cookie)).text();
const day = (days: number): string => dayOf(new Date(Date.now() + days * 86_400_000), 'WIB');

/** A penyelenggara whom nobody knows any more. */
async function strangerIn(office: Office): Promise<Office> {
  const gone = await join(house, office, 'Pengundang');
  const stranger = await joinBy(house, gone, 'Asing');
  await settle(house);
  await changeOfficers(house, office, { tindakan: 'keluarkan', id: gone.officerId });
  return stranger;
}

test('to end a link, and to refuse a request, is shown to whom it is allowed', async () => {
  const office = await open();
  const second = await join(house, office, 'Petugas Kedua');
  const stranger = await strangerIn(office);
  const phone = new Authenticator();
  await addKey(house, second, phone);
  const unowned = { ...second, cookie: (await login(house, phone)).cookie };
  await changeOfficers(house, office, { tindakan: 'undang', nama: 'Tamu' });
  const cast = await openCast(db, { of: office });
  await hasSigned(services, cast.siti);
  await services.publish();
  const place = { kegiatanId: cast.kegiatanId, personId: cast.siti };
  expect(await asks(house, office, place)).toMatchObject({ ok: true });
  const fresh = await joinBy(house, office, 'Baru Datang');
  const shown = async (by: Office) => [
    (await page(by)).includes('Akhiri tautan'),
    / (?:Tolak|Batalkan) pengajuan|>(?:Tolak|Batalkan) pengajuan/.test(await page(by, pathOf(place))),
  ];
  for (const by of [stranger, fresh, unowned]) expect(await shown(by)).toEqual([false, false]);
  for (const by of [office, second]) expect(await shown(by)).toEqual([true, true]);
});

test('to end a colleague’s oldest passkey is shown to its owner alone', async () => {
  const office = await open();
  const second = await join(house, office, 'Petugas Kedua');
  const added = new Authenticator();
  await addKey(house, second, added);
  const at = async (phone: Authenticator) =>
    `/kantor/petugas/${second.officerId}/kunci/${(await newestKunci(phone)).slice(7)}/akhir`;
  const [oldest, newer] = [await at(second.phone), await at(added)];
  const [theirs, own] = [await page(office), await page(second)];
  expect([theirs.includes(oldest), theirs.includes(newer)]).toEqual([false, true]);
  expect([own.includes(oldest), own.includes(newer)]).toEqual([true, true]);
  expect(theirs).toContain(', belum diakui');
});

test('that a role is another’s to make longer is said before how long one’s own lasts', async () => {
  const office = await open();
  const until = (days: number) => ({ sampai: new Date(endOfDay(day(days), 'WIB')!) });
  const brief = await joinAs(house, office, 'Sementara', 'penyelenggara', until(5));
  const other = await joinAs(house, office, 'Lain', 'penyelenggara', until(3));
  const longer = (days: number) =>
    changeRole(house, brief, other, { peran: 'penyelenggara', hingga: day(days) });
  expect(await longer(4)).toMatchObject({ code: 'role-bound' });
  expect(await longer(8)).toMatchObject({ code: 'role-bound' });
  expect(
    await changeOfficers(house, brief, { tindakan: 'undang', nama: 'Tamu', peran: 'saksi', hingga: day(8) }),
  ).toMatchObject({ code: 'role-beyond' });
});

test('a second span of a role waits for the end of the first, and the sentence says what to do', async () => {
  const office = await open();
  const one = await joinAs(house, office, 'Saksi Contoh', 'saksi', {
    sampai: new Date(endOfDay(day(3), 'WIB')!),
  });
  const span = { tindakan: 'beri-peran', id: one.officerId, peran: 'saksi', mulai: day(10), hingga: day(20) };
  expect(await changeOfficers(house, office, span)).toMatchObject({
    code: 'role-known',
    next: 'Satu peran punya satu masa. Pakai Ubah peran, atau beri lagi sesudah masanya berakhir.',
    link: { name: 'Ubah peran' },
  });
  await changeOfficers(house, office, { tindakan: 'akhiri-peran', id: one.officerId, peran: 'saksi' });
  expect(await changeOfficers(house, office, span)).toMatchObject({ ok: true });
});

test('an invitation is for one event; the others are given to who has come', async () => {
  const office = await open();
  const [here, there] = [await makeEvent(db, { of: office }), await makeEvent(db, { of: office })];
  const hint = 'Kegiatan lain diberi kemudian, lewat Beri peran.';
  expect(await page(office)).toContain(hint);
  const role = (kegiatan: string) => ({ peran: 'petugas', kegiatan });
  const invite = (kegiatan: string) =>
    changeOfficers(house, office, { tindakan: 'undang', nama: 'Meja Depan', ...role(kegiatan) });
  const said = await invite(here.kegiatanId);
  const one = await comeIn(house, office, String(said.tautan).split('#')[1]!, 'Meja Depan');
  expect(await invite(there.kegiatanId)).toMatchObject({
    code: 'officer-named',
    next: 'Orang yang sama? Penyelenggara memberinya peran lain dengan Beri peran. Orang lain? Tambahkan jabatan atau gelar.',
  });
  const given = { tindakan: 'beri-peran', id: one.officerId, ...role(there.kegiatanId) };
  expect(await changeOfficers(house, office, given)).toMatchObject({ ok: true });
  expect((await officerRoles.rolesOf(db, one.officerId)).map(({ kegiatanId }) => kegiatanId)).toEqual([
    here.kegiatanId,
    there.kegiatanId,
  ]);
  expect((await officers.list(db, office.organizerId)).map(({ nama }) => nama)).toContain('Meja Depan');
});
