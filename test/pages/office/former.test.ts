/** What a place's earlier holder signed stays that one's, wherever officers look; and the numbers above lists are those below. */
import { sql } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { parseCsv } from '../../../src/lib/csv.ts';
import * as people from '../../../src/roster/people.ts';
import { formatCode } from '../../../src/statement/code.ts';
import { type Cast, hasSigned, openCast } from '../../cast.ts';
import { openHouse } from '../../house.ts';
import { found, get, join, type Office, post } from '../../office/office.ts';
import { withdraw } from '../../withdrawal/withdraw.ts';

const house = await openHouse();
const { db, services } = house;
let office: Office;
let cast: Cast;
let kode: string;
let here: string;

const text = async (path: string): Promise<string> => (await get(house, path, office.cookie)).text();
const list = (query: Record<string, string> = {}) => text(`${here}/daftar?${new URLSearchParams(query)}`);
/** Names of the rows of a list. */
const rows = async (query: Record<string, string> = {}): Promise<string[]> =>
  [...(await list(query)).matchAll(/data-label="No">.*?<td>(.*?)<\/td>/gs)].map(([, cell]) =>
    cell!
      .replace(/<div class="muted small">.*?<\/div>/g, '')
      .replace(/<[^>]+>/g, ' ')
      .replace(/ +/g, ' ')
      .trim(),
  );
const file = async (query = ''): Promise<Record<string, string>[]> => {
  const answer = await get(house, `${here}/ekspor.csv${query}`, office.cookie);
  const csv = parseCsv(new Uint8Array(await answer.arrayBuffer()), { bytes: 1e6, rows: 1e3, cells: 50 });
  if (!csv.ok) throw new Error(csv.code);
  const [head, ...cells] = csv.rows.map((row) => row.cells);
  return cells.map((row) => Object.fromEntries(head!.map((name, at) => [name, row[at]!])));
};
const statuses = (found: readonly Record<string, string>[]) =>
  Object.fromEntries(
    [...Map.groupBy(found, (row) => row.Status!)].map(([status, all]) => [status, all.length]),
  );

beforeAll(async () => {
  office = await found(house, { nama: 'Kantor Riwayat' });
  cast = await openCast(db, { of: office });
  here = `/kantor/kegiatan/${cast.kegiatanId}`;
  // Siti of the cast has signed; the pledge of Ratna, whose name is LAMA then, is withdrawn.
  await hasSigned(services, cast.siti);
  await db.execute(
    sql`update person set nama = 'LAMA', gelar_belakang = '', nip = '' where id = ${cast.budi}::uuid`,
  );
  const { row } = await hasSigned(services, cast.budi);
  kode = row.kode;
  await services.publish();
  const second = await join(house, office, 'Petugas Kedua');
  await withdraw(
    house,
    [office, second],
    { kegiatanId: cast.kegiatanId, personId: cast.budi },
    kode,
    'Salah orang.',
  );
  await services.publish();
});

test('while the same one holds the place, the place is withdrawn, and is not "belum"', async () => {
  expect(await rows({ status: 'dicabut' })).toEqual(['LAMA']);
  expect(await rows({ status: 'belum' })).toEqual(['Ratna Contoh, S.STP.', 'Belum bernama']);
  expect(statuses(await file('?isi=semua'))).toEqual({ Sudah: 1, Dicabut: 1, Belum: 2 });
  const shown = await text(`${here}/ekspor`);
  expect(shown).toContain('2 baris: 1 berlaku, 1 dicabut.');
  expect(shown).toContain('4 baris: 1 sudah, 1 dicabut, 2 belum.');
  expect(await file()).toHaveLength(2);
  const event = await text(here);
  expect(event).toMatch(/status=belum&amp;wilayah=62.01.01">\s*2\s*</);
  expect(event).toMatch(/status=dicabut&amp;wilayah=62.01.01">\s*1 dicabut/);
  expect(await text(`${here}/penutupan`)).toContain('1 ikrarnya dicabut</a> dan belum');
});

test('a new holder is "belum"; the withdrawn pledge stands under the name that signed it', async () => {
  const stored = await post(house, `${here}/daftar/${cast.budi}`, office.cookie, {
    ...{ nama: 'BARU SUCI', jabatan: 'Kepala Desa' },
    versi: String(await people.version(db, cast.kegiatanId)),
  });
  expect(stored.status).toBe(303);

  const all = await file('?isi=semua');
  expect(statuses(all)).toEqual({ Sudah: 1, Belum: 3 });
  expect(all.find((row) => row['Nama dan gelar'] === 'BARU SUCI')).toMatchObject({
    ...{ Status: 'Belum', 'Kode verifikasi': '', 'Waktu tanda tangan': '' },
    Keterangan: expect.stringMatching(
      new RegExp(`^Ikrar ${formatCode(kode)} atas nama LAMA dicabut 20.* WIB: Salah orang\\.$`),
    ),
  });
  expect((await file()).find((row) => row.Status === 'Dicabut')).toMatchObject({ 'Nama dan gelar': 'LAMA' });
  expect(await text(`${here}/ekspor`)).toContain('4 baris: 1 sudah, 3 belum.');

  expect(await rows({ status: 'dicabut' })).toEqual(['LAMA Sekarang: BARU SUCI']);
  expect(await rows({ status: 'belum' })).toContain('BARU SUCI');
  expect(await rows()).toEqual([
    'Ratna Contoh, S.STP.',
    'BARU SUCI',
    'Belum bernama',
    'Hj. Siti Contoh, S.Sos., M.AP.',
  ]);
  const found = await list({ cari: 'lama' });
  expect(found).toMatch(/Ikrar LAMA<\/a>\s*dicabut/);
  expect(found).toMatch(/<span class="tag[^"]*">Belum<\/span>/);
  expect(await rows({ cari: 'lama' })).toEqual(['BARU SUCI']);
});

test('a code, a number, an area’s code with its name, and a printed status are found', async () => {
  for (const cari of [
    formatCode(kode),
    kode.toLowerCase(),
    `[20.11, 26/11/2026] Budi: ${formatCode(kode)}`,
    `/p/${formatCode(kode)}`,
    '800/2/IKRAR/BKBP/XI/2026',
    '62.01.01.2004 Keraya',
    'keraya kumai',
    'Kades Keraya',
    'Kepala Desa Keraya',
    'Bapak Suci',
    'BARU SUCI Kades',
  ]) {
    expect(await rows({ cari }), cari).toEqual(['BARU SUCI']);
  }
  expect(await rows({ cari: '62.01.01.2004 Siti' })).toEqual([]);
  expect(await rows({ cari: 'Belum bernama' })).toEqual(['Belum bernama']);
  expect(await rows({ status: 'kosong' })).toEqual(['Belum bernama']);
  expect(await rows({ cari: 'dicabut' })).toEqual(['LAMA Sekarang: BARU SUCI']);
  expect(await list()).toContain(`<a href="${here}/daftar?status=kosong">1 jabatan belum bernama.</a>`);
});

test('after the new one has signed, both are there, each under the own name', async () => {
  await hasSigned(services, cast.budi);
  await services.publish();
  expect(statuses(await file('?isi=semua'))).toEqual({ Sudah: 2, Belum: 2 });
  expect((await file()).map((row) => [row['Nama dan gelar'], row.Status])).toEqual(
    expect.arrayContaining([
      ['LAMA', 'Dicabut'],
      ['BARU SUCI', 'Sudah'],
    ]),
  );
  expect(await rows({ status: 'dicabut' })).toEqual(['LAMA Sekarang: BARU SUCI']);
  expect(await rows({ status: 'sudah' })).toContain('BARU SUCI');
});

test('erased, the name is nowhere, and the numbers are still those of the files', async () => {
  await db.execute(sql`select erase_pledge(${kode}, 'Diminta', true)`);
  const standing = await db.execute<{ kode: string }>(sql`
    select kode from signature where person_id = ${cast.siti}::uuid`);
  await db.execute(sql`select erase_pledge(${standing[0]!.kode}, 'Diminta', true)`);
  for (const page of [
    await list(),
    await list({ status: 'dicabut' }),
    JSON.stringify(await file('?isi=semua')),
  ]) {
    expect(page).not.toContain('LAMA');
  }
  expect(await rows({ status: 'dicabut' })).toEqual(['Nama dihapus Sekarang: BARU SUCI']);
  expect(
    (await file('?isi=semua')).find((row) => row['Nama dan gelar'] === 'BARU SUCI')!.Keterangan,
  ).toContain('atas nama (dihapus) dicabut');
  const shown = await text(`${here}/ekspor`);
  expect(await file()).toHaveLength(1);
  expect(shown).toContain('1 baris. 1 lainnya tidak ada di berkas, karena datanya dihapus');
  expect(statuses(await file('?isi=semua'))).toEqual({ Sudah: 2, Belum: 2 });
  expect(shown).toContain('4 baris: 2 sudah, 2 belum.');
});
