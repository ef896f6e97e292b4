import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { renderNomor } from '../../src/kegiatan/event.ts';
import { integrate } from '../../src/ledger/integrate.ts';
import { formatDigest, sha256Text } from '../../src/lib/sha256.ts';
import { bring, fromCodeTable, inspect } from '../../src/roster/import.ts';
import * as people from '../../src/roster/people.ts';
import type { RosterRow } from '../../src/roster/roster-file.ts';
import { parseVersion } from '../../src/roster/version.ts';
import { sign } from '../../src/signature/sign.ts';
import { hasSigned, issued, phoneOf } from '../cast.ts';
import { makeEvent, type Setting } from '../event.ts';
import { openHouse } from '../house.ts';
import { typed } from './typed.ts';

const { db, services } = await openHouse();

const three = `
  Kode wilayah |Unsur      |Gelar depan|Nama |Gelar belakang|Jabatan|NIP/NRP
  62.01.01.2008|kepala desa|H.         |Satu |S.Sos.        |       |
  62.01.02.1003|lurah      |           |Dua  |              |       |198609262015051001
  62.01        |ASN        |           |Tiga |              |Analis |198609262015051002`;

const put = async (event: Setting, rows: RosterRow[] | string, seen?: number) =>
  bring(db, event, {
    rows: typeof rows === 'string' ? typed(rows) : rows,
    by: event.officerId,
    seen: seen ?? (await people.version(db, event.kegiatanId)),
  });
const numbers = async (event: Setting) =>
  (await people.all(db, event.kegiatanId)).map(({ tempat, urut, nomor }) => [tempat, urut, nomor]);
const leaves = async (): Promise<number> =>
  (
    await db.execute<{ n: number }>(
      sql`select count(*)::int as n from leaf where entry like '%jenis daftar%'`,
    )
  )[0]!.n;
const tally = async (event: Setting) =>
  (
    await db.execute<{ wilayah: string; wajib: number; sudah: number }>(
      sql`select wilayah, wajib, sudah from tally where kegiatan_id = ${event.kegiatanId} order by wilayah`,
    )
  ).map(({ wilayah, wajib, sudah }) => [wilayah, wajib, sudah]);
const openEvent = async (event: Setting) => {
  const [row] = await db.execute<{ outcome: string; numbered: number }>(
    sql`select outcome, numbered from open_event(${event.kegiatanId}, ${event.officerId}::uuid, null)`,
  );
  return [row!.outcome, row!.numbered];
};

test('a list is looked at, brought in, and its digest stands in the ledger', async () => {
  const event = await makeEvent(db);
  const seen = await inspect(db, event, typed(three));
  expect([seen.versi, seen.added.length, seen.changed.length, seen.unchanged, seen.complaints]).toEqual([
    0,
    3,
    0,
    0,
    [],
  ]);
  expect(await people.version(db, event.kegiatanId)).toBe(0);

  expect(await put(event, three)).toMatchObject({ ok: true, versi: 1 });
  const version = (await people.versionText(db, event.kegiatanId, 1))!;
  const parsed = parseVersion(version.isi);
  expect(parsed).toMatchObject({ kegiatanId: event.kegiatanId, versi: 1 });
  expect(parsed.entries.map(({ nama }) => nama)).toEqual(['Tiga', 'Satu', 'Dua']);
  const digest = formatDigest(await sha256Text(version.isi));
  const [row] = await db.execute<{ entry: string }>(sql`
    select l.entry from leaf l join roster_version v on v.leaf_id = l.id where v.kegiatan_id = ${event.kegiatanId}`);
  expect(row!.entry).toMatch(
    new RegExp(`^ikrar/catatan@v1\njenis daftar\ndaftar ${digest}\nwaktu [^\n]+\n$`),
  );
  expect(await tally(event)).toEqual([
    ['62.01', 1, 0],
    ['62.01.01', 1, 0],
    ['62.01.02', 1, 0],
  ]);
});

test('the same file again: nothing changes, nothing is written', async () => {
  const event = await makeEvent(db);
  await put(event, three);
  const before = await leaves();
  const again = await put(event, three);
  expect(again).toMatchObject({ ok: true, versi: 1, preview: { added: [], changed: [], unchanged: 3 } });
  expect(await leaves()).toBe(before);
  expect(await people.version(db, event.kegiatanId)).toBe(1);
});

test('a new holder is a changed row; only that row takes the new version; what the file leaves out stays', async () => {
  const event = await makeEvent(db);
  await put(event, three);
  const ids = new Map((await people.all(db, event.kegiatanId)).map(({ tempat, id }) => [tempat, id]));
  const result = await put(
    event,
    `Kode wilayah|Unsur|Nama|Gelar depan
     62.01.01.2008|kepala desa|Baru|`,
  );
  expect(result).toMatchObject({ ok: true, versi: 2, preview: { unchanged: 0, missing: { length: 2 } } });
  expect(result.preview.changed.map(({ fields, before }) => [fields, before?.nama])).toEqual([
    [['gelarDepan', 'nama'], 'Satu'],
  ]);
  const now = await people.all(db, event.kegiatanId);
  expect(now.map(({ nama, gelarBelakang, rosterVersi }) => [nama, gelarBelakang, rosterVersi])).toEqual([
    ['Tiga', '', 1],
    ['Baru', 'S.Sos.', 2],
    ['Dua', '', 1],
  ]);
  expect(now.every(({ tempat, id }) => ids.get(tempat) === id)).toBe(true);
  expect(parseVersion((await people.versionText(db, event.kegiatanId, 2))!.isi).entries).toHaveLength(3);
});

test('one complaint stops the whole file', async () => {
  const event = await makeEvent(db);
  expect(await put(event, `${three}\n62.01.99.2001|kepala desa||Empat|||`)).toMatchObject({
    ok: false,
    code: 'roster-complaints',
    preview: { complaints: [{ row: 5, code: 'kode-unknown' }] },
  });
  expect(await people.all(db, event.kegiatanId)).toEqual([]);
});

test('somebody else was first: the list that was seen is another one', async () => {
  const event = await makeEvent(db);
  await put(event, three);
  expect(await put(event, three.replace('Satu', 'Lain'), 0)).toMatchObject({
    ok: false,
    code: 'roster-changed',
  });
});

test('of twenty officers who confirm at once one is first', async () => {
  const event = await makeEvent(db);
  const results = await Promise.all(
    Array.from({ length: 20 }, (_, at) => put(event, three.replace('Satu', `Satu ${'x'.repeat(at + 1)}`), 0)),
  );
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  expect(results.filter((result) => !result.ok && result.code === 'roster-changed')).toHaveLength(19);
  expect(await people.version(db, event.kegiatanId)).toBe(1);
});

test('a number that stands elsewhere on the list is found', async () => {
  const event = await makeEvent(db);
  await put(event, three);
  const result = await put(
    event,
    `Kode wilayah|Unsur|Nama|NIP/NRP
     62.01.02.1005|lurah|Dua|198609262015051001`,
  );
  expect(result.preview.complaints).toMatchObject([
    { row: 2, code: 'nip-on-list', detail: 'lurah/camat 62.01.02.1003' },
  ]);
});

test('numbers are given when the event opens, in order, without gaps, and stay', async () => {
  const event = await makeEvent(db);
  await put(event, three);
  expect(await openEvent(event)).toEqual(['opened', 3]);
  expect(await openEvent(event)).toEqual(['already-open', 0]);
  expect(await numbers(event)).toEqual([
    ['ASN 198609262015051002', 1, '800/1/IKRAR/BKBP/XI/2026'],
    ['kepala desa 62.01.01.2008', 2, '800/2/IKRAR/BKBP/XI/2026'],
    ['lurah/camat 62.01.02.1003', 3, '800/3/IKRAR/BKBP/XI/2026'],
  ]);
  await put(
    event,
    `Kode wilayah|Unsur|Nama\n62.01.01.2007|kepala desa|Empat\n62.01.01.2008|kepala desa|Ganti`,
  );
  expect(await numbers(event)).toEqual([
    ['ASN 198609262015051002', 1, '800/1/IKRAR/BKBP/XI/2026'],
    ['kepala desa 62.01.01.2007', 4, '800/4/IKRAR/BKBP/XI/2026'],
    ['kepala desa 62.01.01.2008', 2, '800/2/IKRAR/BKBP/XI/2026'],
    ['lurah/camat 62.01.02.1003', 3, '800/3/IKRAR/BKBP/XI/2026'],
  ]);
});

test('an event that nobody made is not opened', async () => {
  expect(await openEvent({ ...(await makeEvent(db)), kegiatanId: 'tiada' })).toEqual(['event-unknown', 0]);
});

test.each([
  '800/{urut}/IKRAR/BKBP/{bulan romawi}/{tahun}',
  '{urut}-{bulan}.{tahun}',
  '{tahun}/{bulan romawi}/{bulan}/({urut})',
])('the pattern %s is rendered by the database as by kegiatan/event.ts, in every month', async (pola) => {
  for (let month = 1; month <= 12; month++) {
    const tanggal = `2027-${String(month).padStart(2, '0')}-09`;
    const [row] = await db.execute<{ nomor: string }>(
      sql`select nomor_dari_pola(${pola}, ${tanggal}::date, 17) as nomor`,
    );
    expect(row!.nomor).toBe(renderNomor(pola, { urut: 17, tanggal }));
  }
});

test('who has signed stays as they signed: a change is a complaint, the rest of the list is free', async () => {
  const event = await makeEvent(db);
  await put(event, three);
  await openEvent(event);
  const [, satu] = await people.all(db, event.kegiatanId);
  await hasSigned(services, satu!.id);
  expect(await put(event, three.replace('Satu', 'Lain'))).toMatchObject({
    ok: false,
    code: 'roster-complaints',
    preview: { complaints: [{ row: 2, column: 'Nama', code: 'signed', detail: 'Satu' }] },
  });
  expect(await put(event, three.replace('Dua', 'Dua Lagi'))).toMatchObject({ ok: true, versi: 2 });
  expect((await people.all(db, event.kegiatanId)).map(({ nama, signed }) => [nama, signed])).toEqual([
    ['Tiga', false],
    ['Satu', true],
    ['Dua Lagi', false],
  ]);
});

test('a signature and a change of the same row at once: one of the two stands, never both', async () => {
  for (let round = 0; round < 8; round++) {
    const event = await makeEvent(db);
    await put(event, three);
    await openEvent(event);
    const [, satu] = await people.all(db, event.kegiatanId);
    const phone = await phoneOf(services, satu!.id);
    const given = await issued(services, satu!.id, phone);
    const assertion = await phone.authenticator.get(given.options, services.config.origin);
    const [signed, changed] = await Promise.all([
      sign(services, { personId: satu!.id, statement: given.statement, ticket: given.ticket, assertion }),
      put(event, three.replace('Satu', 'Lain')),
    ]);
    const after = (await people.all(db, event.kegiatanId)).find(({ id }) => id === satu!.id)!;
    expect(signed.ok).not.toBe(changed.ok);
    expect([after.signed, after.nama]).toEqual(signed.ok ? [true, 'Satu'] : [false, 'Lain']);
  }
});

test('an office of 94 starts from the code table, and keeps the names it has', async () => {
  const event = await makeEvent(db);
  await put(event, three);
  const rows = await fromCodeTable(db, event);
  expect(rows).toHaveLength(92);
  const result = await put(event, rows);
  expect(result).toMatchObject({ ok: true, preview: { added: { length: 92 }, changed: [] } });
  expect(await fromCodeTable(db, event)).toEqual([]);
  const counts = await people.counts(db, event.kegiatanId);
  expect(counts.map(({ nama, wajib, kosong }) => [nama, wajib, kosong])).toEqual([
    ['Kabupaten Kotawaringin Barat', 1, 0],
    ['Kumai', 18, 17],
    ['Arut Selatan', 20, 19],
    ['Kotawaringin Lama', 17, 17],
    ['Arut Utara', 11, 11],
    ['Pangkalan Lada', 11, 11],
    ['Pangkalan Banteng', 17, 17],
  ]);
});

test('the list is paged by key, searched, and shows as signed only what the ledger holds', async () => {
  const event = await makeEvent(db);
  await put(event, three);
  await put(event, await fromCodeTable(db, event));
  await openEvent(event);
  const pages: string[][] = [];
  let after: string | undefined;
  do {
    const page: people.Page = await people.page(db, event.kegiatanId, {
      limit: 40,
      ...(after ? { after } : {}),
    });
    pages.push(page.people.map(({ tempat }) => tempat));
    after = page.next ?? undefined;
    // It stands in an address, where no NIP may stand.
    if (after) expect(after).toMatch(/^[0-9a-f-]{36}$/);
  } while (after);
  expect(pages.map(({ length }) => length)).toEqual([40, 40, 15]);
  expect(new Set(pages.flat()).size).toBe(95);

  const names = async (wanted: people.Wanted) =>
    (await people.page(db, event.kegiatanId, wanted)).people.map(({ nama, wilayah }) => nama || wilayah);
  expect(await names({ search: 'TIGA', wilayah: '62.01' })).toContain('Tiga');
  expect(await names({ search: 'kapitan' })).toEqual(['Satu']);
  expect(await names({ search: '%' })).toEqual([]);
  expect(await names({ wilayah: '62.01.02', limit: 100 })).toHaveLength(20);

  const satu = (await people.page(db, event.kegiatanId, { search: 'kapitan' })).people[0]!;
  await hasSigned(services, satu.id);
  expect(await names({ status: 'sudah' })).toEqual([]);
  await integrate(db);
  expect(await names({ status: 'sudah' })).toEqual(['Satu']);
  expect(await names({ status: 'belum', limit: 100 })).toHaveLength(94);
  expect(
    (await people.counts(db, event.kegiatanId)).find(({ wilayah }) => wilayah === '62.01.01'),
  ).toMatchObject({
    wajib: 18,
    sudah: 1,
  });
  expect(await people.page(db, event.kegiatanId, { after: 'not a cursor' })).toMatchObject({
    next: expect.any(String),
  });
});

test('ten thousand rows go in as one, and again without a change', async () => {
  const event = await makeEvent(db);
  const rows: RosterRow[] = Array.from({ length: 10_000 }, (_, at) => ({
    row: at + 2,
    cells: {
      'Kode wilayah': '62.01',
      Unsur: 'ASN',
      Nama: `Contoh ${'abcdefghij'[at % 10]}`,
      Jabatan: 'Analis',
      'NIP/NRP': `19860926${2000 + Math.floor(at / 9990)}${String((Math.floor(at / 999) % 12) + 1).padStart(2, '0')}1${String((at % 999) + 1).padStart(3, '0')}`,
    },
  }));
  expect(await put(event, rows)).toMatchObject({
    ok: true,
    versi: 1,
    preview: { added: { length: 10_000 } },
  });
  expect(await put(event, rows)).toMatchObject({ ok: true, versi: 1, preview: { unchanged: 10_000 } });
  expect(await tally(event)).toEqual([['62.01', 10_000, 0]]);
});
