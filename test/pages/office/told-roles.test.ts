/** What is said of roles that are given, offered or changed: of which event, as what and where, from when and until. */
import { beforeAll, expect, test } from 'vitest';
import { dayOf, formatInstant } from '../../../src/lib/zone.ts';
import { startOfDay } from '../../../src/office/role.ts';
import { Authenticator } from '../../authenticator.ts';
import { makeEvent } from '../../event.ts';
import { openHouse } from '../../house.ts';
import { ask, changeOfficers, enter, found, get, join, type Office, type Said } from '../../office/office.ts';

const house = await openHouse();
const { db } = house;
let office: Office;
let kegiatanId: string;
const SOON = dayOf(new Date(Date.now() + 3 * 86_400_000), 'WIB');
const WHEN = formatInstant(new Date(startOfDay(SOON, 'WIB')!), 'WIB');

beforeAll(async () => {
  office = await found(house);
  ({ kegiatanId } = await makeEvent(db, { of: office, event: { judul: 'Deklarasi Contoh' } }));
});

const words = async (path: string): Promise<string> =>
  (await (await get(house, path, office.cookie)).text()).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const invite = (nama: string, role: object) =>
  changeOfficers(house, office, { tindakan: 'undang', nama, ...role });

test('a link: all that it offers, to who makes it, in the list, and to who opens it', async () => {
  const role = {
    peran: 'pengawas',
    kegiatan: kegiatanId,
    lembaga: 'Bawaslu Contoh',
    jabatan: 'Ketua, M.A.P.',
    mulai: SOON,
    hingga: '2030-12-31',
  };
  const said = await invite('Dewi Contoh', role);
  const offered = `Pengawas kegiatan Deklarasi Contoh, Ketua, M.A.P., Bawaslu Contoh, mulai berlaku ${WHEN}, sampai Selasa, 31 Desember 2030 pukul 23.59 WIB.`;
  expect(said.untuk).toBe(`Untuk Dewi Contoh. Berlaku 48 jam, satu kali pakai. Perannya: ${offered}`);
  expect(await words('/kantor/petugas')).toContain(`Perannya: ${offered}`);
  const opened = async (link: Said) =>
    (await ask(house, '/kantor/masuk/tautan', { token: String(link.tautan).split('#')[1]! })).sebagai;
  expect(await opened(said)).toContain('Tugas: membaca semua di kegiatan itu, tidak mengubah apa pun.');

  // Of one for all, and with a title that ends as a sentence does.
  const whole = await invite('Tuti Contoh', {
    peran: 'pengawas',
    jabatan: 'Ketua, M.A.P.',
    hingga: '2030-12-31',
  });
  expect(await opened(whole)).toBe(
    'Peran: Pengawas. Ketua, M.A.P. Berlaku sampai Selasa, 31 Desember 2030 pukul 23.59 WIB. Tugas: membaca semuanya, tidak mengubah apa pun.',
  );
});

test('a second link for a name: that the first has ended, before it is made and after', async () => {
  expect(await words('/kantor/petugas')).toContain('Undangan Anda yang lama untuk nama yang sama berakhir.');
  const first = await invite('Rini Senin', { peran: 'saksi' });
  expect(first.untuk).not.toContain('sudah berakhir');
  const second = await invite('rini  SENIN', { peran: 'saksi' });
  expect(second.untuk).toContain('Perannya: Saksi. Undangan sebelumnya untuk nama itu sudah berakhir.');
  const token = String(first.tautan).split('#')[1]!;
  expect(await ask(house, '/kantor/masuk/tautan', { token })).toMatchObject({ code: 'link-ended' });
});

test('news of a role says with which event, and when it begins if that is to come', async () => {
  const said = await invite('Budi Senin', { peran: 'petugas', kegiatan: kegiatanId, mulai: SOON });
  await enter(house, String(said.tautan).split('#')[1]!, new Authenticator(), {});
  const second = await join(house, office, 'Petugas Kedua, S.H.');
  const role = { id: second.officerId, peran: 'petugas', kegiatan: kegiatanId };
  expect(await changeOfficers(house, office, { tindakan: 'beri-peran', ...role, mulai: SOON })).toMatchObject(
    {
      ok: true,
    },
  );
  await changeOfficers(house, office, { tindakan: 'beri-peran', id: second.officerId, peran: 'saksi' });
  await changeOfficers(house, office, { tindakan: 'akhiri-peran', ...role });
  const guest = await invite('Tamu, S.H.', { peran: 'saksi' });
  expect(guest.untuk).toContain('Untuk Tamu, S.H. Berlaku 48 jam');
  const shown = await words('/kantor/petugas');
  for (const sentence of [
    `Petugas Pertama membuat undangan untuk Budi Senin. Perannya petugas di kegiatan Deklarasi Contoh. Mulai berlaku ${WHEN}.`,
    `Budi Senin menjadi petugas, diundang Petugas Pertama. Perannya petugas di kegiatan Deklarasi Contoh. Mulai berlaku ${WHEN}.`,
    `Petugas Pertama memberi Petugas Kedua, S.H. peran petugas di kegiatan Deklarasi Contoh. Mulai berlaku ${WHEN}.`,
    'Petugas Pertama memberi Petugas Kedua, S.H. peran saksi. ',
    'Petugas Pertama mengakhiri peran petugas Petugas Kedua, S.H. di kegiatan Deklarasi Contoh.',
    'Petugas Pertama membuat undangan untuk Tamu, S.H. Perannya saksi. ',
  ])
    expect(shown).toContain(sentence);
  expect(shown).not.toMatch(/\.\.(?:\s|$)/);
});
