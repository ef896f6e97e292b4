/** The office's pages of an event: which wording, closing and opening again, what paper says, one number for one place. */
import { sql } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import * as invitations from '../../../src/invitation/invitations.ts';
import { type Cast, hasSigned, openCast, toStage } from '../../cast.ts';
import { actorOf, makeEvent } from '../../event.ts';
import { openHouse } from '../../house.ts';
import { found, get, type Office, post, save } from '../../office/office.ts';

const house = await openHouse();
const { db, services } = house;
let office: Office;

beforeAll(async () => {
  office = await found(house);
});

const pathOf = ({ kegiatanId }: { kegiatanId: string }) => `/kantor/kegiatan/${kegiatanId}`;
const page = async (path: string): Promise<string> => (await get(house, path, office.cookie)).text();
/** As it is read, with an event's list in parts put together. */
const read = async (path: string): Promise<string> =>
  (await page(path)).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

const CHOSEN = /<option value="([^"]*)" selected/g;
const chosenIn = (html: string): string[] => [...html.matchAll(CHOSEN)].map(([, value]) => value!);

test('a wording is chosen where one alone fits, can be read there, and has its title for a name', async () => {
  const cast = await openCast(db, { of: office, tahap: 'disiapkan' });
  const here = pathOf(cast);
  await db.execute(sql`delete from kegiatan_naskah where kegiatan_id = ${cast.kegiatanId}`);
  // Of pilkada there are two for each.
  expect(chosenIn(await page(`${here}/naskah`))).toEqual([]);
  await db.execute(sql`update kegiatan set rezim = 'pemilu' where id = ${cast.kegiatanId}`);
  const shown = await page(`${here}/naskah`);
  // Those on the list alone.
  expect(chosenIn(shown)).toEqual(['kades-pemilu/1', 'lurah-camat-pemilu/1']);
  expect(shown).toContain('Sudah terpilih: hanya naskah ini yang cocok. Baca, lalu simpan.');
  expect(shown).toContain(
    '>PERNYATAAN NETRALITAS KEPALA DESA DALAM PEMILIHAN UMUM (pemilu, contoh, versi 1)</option>',
  );
  expect(shown).toContain('<summary>Baca naskah (pemilu, contoh, versi 1)</summary><article');
  expect(shown).toContain('<p class="point">1. ');
  // What was chosen before is shown as it was, also another.
  await save(house, `${here}/naskah`, office.cookie, { 'naskah-0': 'kades-pemilu/1' });
  expect(await read(here)).toContain('1 unsur belum punya naskah');
  await save(house, `${here}/naskah`, office.cookie, {
    'naskah-0': 'kades-pemilu/1',
    'naskah-1': 'lurah-camat-pemilu/1',
  });
  expect(await read(here)).toContain(
    'PERNYATAAN NETRALITAS KEPALA DESA DALAM PEMILIHAN UMUM (versi 1); PERNYATAAN NETRALITAS LURAH',
  );
  expect(await read(here)).toContain('Siap dibuka');
});

test('closing says how many are outstanding, opening again who can sign', async () => {
  const cast = await openCast(db, { of: office });
  const here = pathOf(cast);
  await hasSigned(services, cast.siti);
  await services.publish();
  const closing = await read(`${here}/penutupan`);
  expect(closing).toContain('3 dari 4 belum menandatangani');
  expect(closing).toContain('1 di antaranya belum bernama.');
  expect(await page(`${here}/penutupan`)).toContain(`href="${here}/daftar?status=belum"`);

  await post(house, `${here}/penutupan`, office.cookie);
  expect(await read(here)).toContain('Ikrar yang sudah ada tetap berlaku. 3 belum menandatangani.');
  const opening = await read(`${here}/pembukaan`);
  expect(opening).toContain('2 orang yang belum menandatangani dapat menandatangani lagi.');
  expect(opening).toContain('1 ikrar yang sudah ada tetap berlaku dan tidak perlu diulang.');
  expect(opening).toContain('1 jabatan belum bernama, jadi belum dapat menandatangani.');
  expect(opening).not.toContain('Sesudah tanda tangan pertama');

  await db.execute(
    sql`update kegiatan set batas = now() - interval '1 minute' where id = ${cast.kegiatanId}`,
  );
  const late = await read(`${here}/pembukaan`);
  expect(late).toContain('Kegiatan dapat dibuka sesudah batas waktu diperpanjang.');
  expect(late).not.toContain('dapat menandatangani lagi');
  expect(await page(`${here}/pembukaan`)).not.toContain('<button type="submit">Buka lagi');
  expect(await read(here)).toContain('Perpanjang batas waktu');
});

test('an event that is closed when all have signed says so', async () => {
  const cast = await openCast(db, { of: office });
  for (const who of [cast.siti, cast.budi, cast.ratna]) await hasSigned(services, who);
  await db.execute(sql`delete from person where id = ${cast.vacant}::uuid`);
  await db.execute(sql`update tally set wajib = 3 where kegiatan_id = ${cast.kegiatanId}`);
  await services.publish();
  expect(await read(`${pathOf(cast)}/penutupan`)).toContain('Semua sudah menandatangani');
});

test('an empty event has no papers, and what is missing is said to be', async () => {
  const event = await makeEvent(db, { of: office });
  const shown = await read(pathOf(event));
  expect(shown).toContain('Dokumen PDF Belum ada');
  expect(shown).not.toContain('Semua sudah jadi');
  expect(shown).toContain('Unsur belum diisi');
});

test('paper says which event it is of, and when', async () => {
  const cast = await openCast(db, { of: office, judul: 'Deklarasi di Kertas' });
  const here = pathOf(cast);
  for (const path of ['', '/daftar', '/kartu', '/ekspor', '/penutupan', '/naskah', `/daftar/${cast.budi}`]) {
    expect(await page(here + path), path).toContain(
      '<p class="print-only"><b>Deklarasi di Kertas</b><br/>Hotel Contoh, Pangkalan Bun, 23 November 2026</p>',
    );
  }
});

test('one number for one place: on the list, in the file, and in the order of the cards', async () => {
  const cast = await openCast(db, { of: office });
  const here = pathOf(cast);
  // Against the order of areas, as after a second list.
  const numbers: [keyof Cast, number][] = [
    ['ratna', 11],
    ['siti', 12],
    ['budi', 14],
    ['vacant', 13],
  ];
  for (const [who, urut] of numbers)
    await db.execute(
      sql`update person set urut = ${urut}, nomor = ${`800/${urut}`} where id = ${cast[who]}::uuid`,
    );
  await invitations.issueMissing(db, services.secret, cast.kegiatanId, actorOf(office));
  const cards = await invitations.forCards(db, services.secret, cast.kegiatanId);
  expect(cards.map(({ personId }) => personId)).toEqual([cast.ratna, cast.siti, cast.budi]);
  await hasSigned(services, cast.siti);
  await services.publish();
  const list = await page(`${here}/daftar`);
  expect(list).toMatch(/<td data-label="No">12<\/td><td><a [^>]*>Hj\. Siti Contoh/);
  const file = async (query: string) => (await page(`${here}/ekspor.csv${query}`)).split('\r\n').slice(1, -1);
  expect((await file('')).map((line) => line.split(';')[0])).toEqual(['12']);
  expect((await file('?isi=semua')).map((line) => line.split(';')[0])).toEqual(['11', '12', '13', '14']);
});

test('a form that must be mended leads to its fields', async () => {
  const cast = await openCast(db, { of: office });
  await toStage(db, cast.kegiatanId, office.officerId, 'dibuka');
  const here = `${pathOf(cast)}/daftar/${cast.budi}`;
  const versi = /name="versi" value="(\d+)"/.exec(await page(here))![1]!;
  const answer = await post(house, here, office.cookie, {
    versi,
    nama: 'Budi\u{1f600}',
    jabatan: 'Kepala Desa',
  });
  expect(answer.status).toBe(422);
  const shown = await answer.text();
  expect(shown).toMatch(/<div class="notice bad" id="perbaiki" role="alert" tabindex="-1" autofocus="">/);
  expect(shown).toContain('<strong>1 isian perlu diperbaiki</strong>');
  expect(shown).toMatch(/<a href="#nama">[^<]+<\/a>/);
  const wording = await post(house, '/kantor/naskah/baru', office.cookie, { unsur: '', rezim: '', isi: '' });
  expect(await wording.text()).toContain('<strong>3 isian perlu diperbaiki</strong>');
});
