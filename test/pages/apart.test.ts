/** The numbers above a public list and the names below it: what differs is said. Who left the list once it was opened is a number. */

import { sql } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { importRoster } from '../../src/roster/import-roster.ts';
import * as people from '../../src/roster/people.ts';
import { type Cast, hasSigned, openCast, toStage } from '../cast.ts';
import { actorOf } from '../event.ts';
import { openHouse } from '../house.ts';

const { db, services, request } = await openHouse();
let cast: Cast;
const page = async (path: string): Promise<string> => (await request(path)).text();
const event = () => page(`/daftar/kegiatan/${cast.kegiatanId}`);
const change = async (rows: Parameters<typeof importRoster>[2]['rows'], off: string[]) => {
  const done = await importRoster(
    db,
    { kegiatanId: cast.kegiatanId, within: '62.01' },
    {
      ...{ rows, by: actorOf(cast), seen: await people.version(db, cast.kegiatanId) },
      off: { who: off, alasan: 'Jabatan dihapus' },
      answers: new Set(),
    },
  );
  if (!done.ok) throw new Error(done.code);
};

beforeAll(async () => {
  cast = await openCast(db);
});

test('a village whose only pledge was erased has one signature without a name', async () => {
  const { row } = await hasSigned(services, cast.siti);
  await services.publish();
  expect(await page('/daftar/62.01.01.2008')).not.toContain('tanpa nama');
  await db.execute(sql`select erase_pledge(${row.kode}, 'Diminta', true)`);
  for (const text of [await page('/daftar/62.01.01.2008'), await event()]) {
    expect(text).toContain('1 tanda tangan dihitung tanpa nama.');
    expect(text).not.toContain('Belum ada tanda tangan yang tercatat di sini');
  }
  expect(await page('/daftar/62.01.01.2004')).toContain('Belum ada tanda tangan yang tercatat di sini.');
});

test('who left the list is a public number with its time, also after closing; nobody is named', async () => {
  expect(await event()).not.toContain('Daftar berubah sesudah kegiatan dibuka');
  await change([], [cast.budi, cast.vacant]);
  expect(await event()).toMatch(/ WIB: 2 dikeluarkan dari daftar\./);
  await change([], [cast.ratna]);
  const text = await event();
  expect(text).toContain('Seluruhnya 3 dikeluarkan dari daftar.');
  expect(text).not.toContain('Budi');
  await toStage(db, cast.kegiatanId, cast.officerId, 'ditutup');
  expect(await event()).toContain('Seluruhnya 3 dikeluarkan dari daftar.');
});

test('what was taken off before the opening is nobody’s business', async () => {
  const other = await openCast(db, { tahap: 'disiapkan' });
  await db.execute(
    sql`insert into roster_removal (person_id, alasan, by) values (${other.budi}::uuid, 'Salah', ${other.officerId}::uuid)`,
  );
  await toStage(db, other.kegiatanId, other.officerId, 'dibuka');
  expect(await page(`/daftar/kegiatan/${other.kegiatanId}`)).not.toContain('Daftar berubah sesudah');
});

test('a kecamatan lists no event that has nobody there any more', async () => {
  const other = await openCast(db, { judul: 'Deklarasi Yang Kosong' });
  expect(await page('/daftar/62.01.01')).toContain('Deklarasi Yang Kosong');
  await db.execute(sql`update tally set wajib = 0 where kegiatan_id = ${other.kegiatanId}`);
  expect(await page('/daftar/62.01.01')).not.toContain('Deklarasi Yang Kosong');
});
