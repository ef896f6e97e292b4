/** What organiser and supervisor see of the audit trail: sentences, filters, pages, the text with its digest, and a file. */
import { parse } from 'csv-parse/sync';
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import * as events from '../../../src/kegiatan/events.ts';
import { hex } from '../../../src/lib/bytes.ts';
import { sha256Text } from '../../../src/lib/sha256.ts';
import { parseRecord, RECORDED_ACTS } from '../../../src/office/record.ts';
import * as records from '../../../src/office/records.ts';
import { recordMessages } from '../../../src/pages/office/record-messages.ts';
import { type Cast, openCast } from '../../cast.ts';
import { actorOf } from '../../event.ts';
import { openHouse } from '../../house.ts';
import { changeOfficers, found, get, join, type Office } from '../../office/office.ts';

const house = await openHouse();
const { db, services } = house;
let office: Office;
let second: Office;
let cast: Cast;
let elsewhere: Cast;

beforeAll(async () => {
  office = await found(house);
  second = await join(house, office, 'Petugas Kedua');
  cast = await openCast(db, { of: office, judul: 'Deklarasi <Satu>' });
  elsewhere = await openCast(db, { judul: 'Milik Orang Lain' });
  await events.close(services.db, actorOf(elsewhere), elsewhere.kegiatanId);
});

const page = async (query = '', by = office): Promise<string> =>
  (await get(house, `/kantor/riwayat${query}`, by.cookie)).text();
const read = async (query = '', by = office): Promise<string> =>
  (await page(query, by))
    .replace(/<select[\s\S]*?<\/select>/g, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');

test('what happened stands there as sentences, the latest first, with what changed', async () => {
  const event = (await events.byId(db, office.organizerId, cast.kegiatanId))!;
  await events.edit(services.db, actorOf(office), cast.kegiatanId, {
    ...event,
    judul: 'Deklarasi <Dua>',
    batas: new Date('2027-01-02T03:00:00Z'),
  });
  await get(house, `/kantor/kegiatan/${cast.kegiatanId}/daftar/${cast.budi}`, second.cookie);
  await events.close(services.db, actorOf(office), cast.kegiatanId);

  const shown = await read();
  const said = [
    'Petugas Pertama, penyelenggara, menutup kegiatan “Deklarasi &lt;Dua&gt;”. Status dibuka menjadi ditutup',
    'Petugas Kedua, penyelenggara, membuka data Budi di kegiatan “Deklarasi &lt;Dua&gt;”.',
    'Petugas Pertama, penyelenggara, mengubah kegiatan “Deklarasi &lt;Dua&gt;”.',
    'Judul Deklarasi &lt;Satu&gt; menjadi Deklarasi &lt;Dua&gt;',
    'Petugas Kedua bergabung lewat tautan sebagai penyelenggara.',
    'Pengelola layanan mengundang Petugas Kedua sebagai penyelenggara.',
    'Petugas Pertama bergabung lewat tautan sebagai penyelenggara.',
  ];
  for (const [at, sentence] of said.entries()) {
    expect(shown).toContain(sentence);
    if (at > 0 && at !== 3) expect(shown.indexOf(sentence)).toBeGreaterThan(shown.indexOf(said[at - 1]!));
  }
  expect(shown).toContain('menjadi Sabtu, 2 Januari 2027 pukul 10.00 WIB');
  expect(shown).not.toContain('Milik Orang Lain');
  expect(await page()).toContain('href="/kantor/riwayat" aria-current="page">Riwayat</a>');
});

test('a text can be opened, and says its digest; once its day is closed, where that is', async () => {
  const [latest] = await records.page(services.db, office.organizerId, {}, { limit: 1 });
  const shown = await page();
  expect(shown).toContain(`tindakan kegiatan-tutup\nkegiatan ${cast.kegiatanId}\nperihal -\n`);
  expect(shown).toContain(hex(await sha256Text(latest!.isi)));
  expect(await read()).toContain('Harinya belum ditutup.');

  await db.execute(sql`update riwayat set at = at - interval '3 days' where id <= ${latest!.id}`);
  expect(await records.closeDays(services.db)).toBe(1);
  expect(await read()).toContain('yang menunggu nomor catatan.');
  await house.services.publish();
  const [counted] = await records.page(services.db, office.organizerId, {}, { limit: 1 });
  expect(await read()).toMatch(/Masuk sidik hari \d+ \S+ 20\d\d, catatan nomor \d+\./);
  expect(counted!.logIndex).not.toBeNull();
});

test('by who, what, event, name and day', async () => {
  const all = (await page()).match(/<tr id="baris/g)!.length;
  const count = async (query: string) => ((await page(query)).match(/<tr id="baris/g) ?? []).length;
  expect(await count(`?petugas=${second.officerId}`)).toBe(2);
  expect(await count('?petugas=-')).toBe(1);
  expect(await count('?tindakan=kegiatan-tutup')).toBe(1);
  expect(await count(`?kegiatan=${cast.kegiatanId}`)).toBe(3);
  expect(await count(`?kegiatan=${cast.kegiatanId}&perihal=${cast.budi}`)).toBe(1);
  expect(await count(`?kegiatan=${elsewhere.kegiatanId}`)).toBe(0);
  expect(await count('?dari=2000-01-01&sebelum=z')).toBe(all);
  expect(await count('?sampai=2000-01-01')).toBe(0);
  expect(await read('?sampai=2000-01-01')).toContain('Tidak ada yang cocok. Ubah pilihan di atas.');
  expect(await page('?tindakan=kegiatan-tutup')).toContain('<option value="kegiatan-tutup" selected="">');
  // A day is whole: from midnight to midnight where the organiser is.
  const [one] = await records.page(services.db, office.organizerId, { tindakan: 'kegiatan-tutup' });
  const day = new Date(one!.at!.getTime() + 7 * 3_600_000).toISOString().slice(0, 10);
  expect(await count(`?tindakan=kegiatan-tutup&dari=${day}&sampai=${day}`)).toBe(1);
});

test('the pages of a person and of an event lead there', async () => {
  const here = `/kantor/kegiatan/${cast.kegiatanId}`;
  expect(await (await get(house, here, office.cookie)).text()).toContain(`href="${here}/riwayat"`);
  expect(await (await get(house, `${here}/daftar/${cast.budi}`, office.cookie)).text()).toContain(
    `href="${here}/riwayat?perihal=${cast.budi}"`,
  );
});

test('the file has all of it: each text as it is, beside its digest', async () => {
  await events.create(services.db, actorOf(office), {
    judul: '=HYPERLINK("x")',
    rezim: 'pilkada',
    tempat: 'Aula',
    tanggal: '2026-11-23',
    zona: 'WIB',
    batas: new Date('2098-01-01T00:00:00Z'),
    nomorPola: '{urut}',
  });
  const answer = await get(house, '/kantor/riwayat.csv', office.cookie);
  expect(answer.headers.get('content-disposition')).toMatch(
    /^attachment; filename="riwayat-\d{4}-\d\d-\d\d\.csv"$/,
  );
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const text = new TextDecoder().decode(bytes);
  const rows: string[][] = parse(text, { delimiter: ';', bom: true });
  // No cell runs.
  expect(rows.flat().filter((cell) => /^\s*[=+@-]/.test(cell))).toEqual([]);
  const kept = await records.page(services.db, office.organizerId, {});
  expect(rows).toHaveLength(1 + kept.length);
  for (const [at, one] of kept.entries()) {
    const cells = rows[at + 1]!;
    const isi = cells.at(-1)!.replaceAll('\r\n', '\n');
    expect(parseRecord(isi).tindakan).toBe(one.tindakan);
    expect(cells[10]).toBe(hex(await sha256Text(isi)));
  }
  expect(rows[1]![4]).toBe(recordMessages['riwayat-unduh'].name);
});

test('batch by batch, none twice and none left out', async () => {
  await Promise.all(
    Array.from({ length: records.RECORDS_AT_ONCE + 20 }, () =>
      records.opens(services.db, actorOf(office), { tindakan: 'rekap-unduh', perihal: 'uji' }),
    ),
  );
  const ids: number[] = [];
  for await (const batch of records.all(services.db, office.organizerId, { tindakan: 'rekap-unduh' })) {
    ids.push(...batch.map(({ id }) => id));
  }
  expect(new Set(ids).size).toBe(records.RECORDS_AT_ONCE + 20);
  const first = await page('?tindakan=rekap-unduh');
  const [, older] = /href="(\/kantor\/riwayat\?[^"]*sebelum=\d+)">Lebih lama/.exec(first)!;
  const next = await (await get(house, older!.replaceAll('&amp;', '&'), office.cookie)).text();
  const idsIn = (html: string) => [...html.matchAll(/id="baris-(\d+)"/g)].map(([, id]) => Number(id));
  expect(idsIn(first)).toEqual(ids.slice(0, 50));
  expect(idsIn(next)).toEqual(ids.slice(50, 100));
});

test('one that was erased, and one that can’t be read, keep their place and digest', async () => {
  const [last, before] = await records.page(services.db, office.organizerId, {}, { limit: 2 });
  await db.execute(sql`update riwayat set isi = '' where id = ${last!.id}`);
  await db.execute(sql`update riwayat set isi = 'x' where id = ${before!.id}`);
  const shown = await read();
  // What stands beside a digest is no fact without the text.
  const rest = 'Yang tersisa tidak lagi dijamin sidiknya: Rekap diunduh, oleh Petugas Pertama.';
  expect(shown).toContain(`Isinya dihapus menurut undang-undang. ${rest}`);
  expect(shown).toContain(`Isinya tidak terbaca. ${rest}`);
  expect(shown).toContain(last!.sha256.slice(7));
});

describe('the page and the file survive', () => {
  test.each<[string, string]>([
    [
      'an act of a newer release',
      `tindakan = 'posko-tutup', isi = replace(isi, 'tindakan rekap-unduh', 'tindakan posko-tutup')`,
    ],
    ['an act that is a word of the language', `tindakan = 'constructor', isi = 'x'`],
    ['a blank one with any act', `tindakan = 'apa saja', isi = ''`],
    ['no end of time', `at = 'infinity'`],
    ['no beginning', `at = '-infinity'`],
    ['another era', `at = '0044-03-15 BC'`],
    ['a far year', `at = '20000-01-01'`],
    ['a short digest', `sha256 = 'zz'`],
    [
      'somebody else’s event and officer',
      `kegiatan_id = '${'x'.repeat(40)}', officer_id = gen_random_uuid()`,
    ],
    ['a line too many', `isi = isi || isi`],
    ['an area that is none', `isi = replace(isi, E'\\nacak', E'\\nsesudah wilayah infinity\\nacak')`],
  ])('%s', async (_, set) => {
    await records.opens(services.db, actorOf(office), { tindakan: 'rekap-unduh', perihal: 'uji' });
    await db.execute(sql`update riwayat set ${sql.raw(set)} where id = (select max(id) from riwayat)`);
    const shown = await get(house, '/kantor/riwayat', office.cookie);
    expect(shown.status).toBe(200);
    expect((await shown.text()).match(/<tr id="baris/g)).toHaveLength(50);
    const file = await get(house, '/kantor/riwayat.csv', office.cookie);
    expect(file.status).toBe(200);
    expect(parse(await file.text(), { delimiter: ';', bom: true }).length).toBeGreaterThan(500);
  });

  test('what a newer release records is called as it is written', async () => {
    expect(await read()).toContain('posko-tutup: Petugas Pertama, penyelenggara,');
    expect(await read()).toContain('Waktunya tidak terbaca');
  });
});

test('what can’t be asked for is said, and nothing is taken away or recorded instead', async () => {
  const count = async () => (await db.execute(sql`select from riwayat`)).length;
  const before = await count();
  for (const [query, sentence] of [
    ['dari=besok', 'Tanggal itu tidak ada. Pilih tanggal dari kalender.'],
    ['dari=0000-01-01', 'Tanggal itu tidak ada.'],
    ['dari=0001-01-01', 'Tanggal itu tidak ada.'],
    ['sampai=9999-12-31', 'Tanggal itu tidak ada.'],
    ['dari=2026-02-31', 'Tanggal itu tidak ada.'],
    ['petugas=x', 'Petugas itu tidak ada.'],
    [`petugas=${elsewhere.officerId}`, 'Petugas itu tidak ada.'],
    ['tindakan=constructor', 'Tindakan itu tidak ada.'],
    [`kegiatan=${elsewhere.kegiatanId}`, 'Kegiatan itu tidak ada.'],
    ['kegiatan=tidakada', 'Kegiatan itu tidak ada.'],
    [`perihal=${elsewhere.budi}`, 'Nama itu tidak ada di daftar mana pun.'],
    ['perihal=x', 'Nama itu tidak ada di daftar mana pun.'],
  ]) {
    for (const path of ['/kantor/riwayat', '/kantor/riwayat.csv']) {
      const answer = await get(house, `${path}?${query}`, office.cookie);
      const text = await answer.text();
      expect([query, path, answer.status]).toEqual([query, path, 400]);
      expect(answer.headers.get('content-type')).toContain('text/html');
      expect(text).toContain(sentence);
      expect(text).not.toContain('Milik Orang Lain');
      expect(text).not.toContain('<tr id="baris');
    }
  }
  expect(await count()).toBe(before);
  // Empty fields of the form ask for nothing.
  expect((await get(house, '/kantor/riwayat?petugas=&dari=&sampai=', office.cookie)).status).toBe(200);
});

test('another organiser’s title and name are never beside a record', async () => {
  await db.execute(sql`
    update riwayat set kegiatan_id = ${elsewhere.kegiatanId}, officer_id = ${elsewhere.officerId}::uuid,
      isi = replace(isi, 'perihal uji', ${`perihal ${elsewhere.budi}`})
    where id in (select id from riwayat where organizer_id = ${office.organizerId} and tindakan = 'rekap-unduh' order by id desc limit 3)`);
  const file = await (await get(house, '/kantor/riwayat.csv?tindakan=rekap-unduh', office.cookie)).text();
  for (const text of [file, await page()]) expect(text).not.toMatch(/Milik Orang Lain|Petugas Contoh/);
});

test('an area is called by its name', async () => {
  await db.execute(sql`
    select record_act(${JSON.stringify({ id: office.officerId, organizer: office.organizerId, peran: 'penyelenggara' })}::jsonb, 'daftar-ubah',
      ${cast.kegiatanId}, null, 'sesi', '{}', '{"wilayah": "62.01.01.2008"}')`);
  expect(await read()).toMatch(/Wilayah 62\.01\.01\.2008 \p{Lu}/u);
});

test('sentences say which role, of which event, and whose; values are words', async () => {
  const role = { id: second.officerId, peran: 'petugas', kegiatan: cast.kegiatanId };
  await changeOfficers(house, office, { tindakan: 'beri-peran', ...role });
  await changeOfficers(house, office, { tindakan: 'akhiri-peran', ...role });
  await get(house, `/kantor/riwayat.csv?petugas=${second.officerId}&dari=2026-01-01`, office.cookie);
  // Each beside the change that it tells of.
  for (const [by, tindakan, nama, sebelum] of [
    [second.officerId, 'akhiri-peran', 'Petugas Kedua', '{"peran": "petugas"}'],
    [office.officerId, 'jamin', 'Petugas Kedua, S.H.', '{}'],
  ] as const)
    await db.execute(sql`
      with made as (
        insert into officer_change (text, signature, organizer_id, tindakan, "by", officer_id, nama)
        values (gen_random_uuid()::text, '\\x00', ${office.organizerId}, ${tindakan}, ${by}::uuid, ${second.officerId}::uuid, ${nama}) returning officer_id, nama)
      select record_act(${JSON.stringify({ id: by, organizer: office.organizerId, peran: 'penyelenggara' })}::jsonb,
        ${`petugas-${tindakan}`}, null, officer_id || ' ' || nama, 'kunci-sandi', ${sebelum}::jsonb) from made`);
  const shown = await read();
  for (const said of [
    'memberi peran petugas di kegiatan “Deklarasi &lt;Dua&gt;” kepada Petugas Kedua.',
    'mengakhiri peran petugas di kegiatan “Deklarasi &lt;Dua&gt;” dari Petugas Kedua.',
    'Petugas Kedua, penyelenggara, mengakhiri peran petugas dari diri sendiri. Peran petugas Baris',
    'menjamin Petugas Kedua, S.H. Baris',
    'Dari 1 Januari 2026 Petugas Petugas Kedua Baris',
  ])
    expect(shown).toContain(said);
  expect(await read('?dari=2026-01-02&tindakan=masuk')).toContain(
    'Disaring: tindakan Masuk; dari 2 Januari 2026.',
  );
  expect(shown).toContain('Yang dilakukan dan dibuka petugas Kantor Contoh.');
});

test('a supervisor reads and takes away; a desk officer doesn’t, and isn’t shown the way', async () => {
  const is = (peran: string, kegiatanId: string | null = null) =>
    db.execute(sql`
      update officer_role set peran = ${peran}, kegiatan_id = ${kegiatanId} where officer_id = ${second.officerId}::uuid`);
  const status = async (path: string) => (await get(house, path, second.cookie)).status;
  await is('pengawas');
  expect(await status('/kantor/riwayat')).toBe(200);
  expect(await status('/kantor/riwayat.csv')).toBe(200);
  await is('petugas');
  expect(await status('/kantor/riwayat')).toBe(403);
  expect(await status('/kantor/riwayat.csv')).toBe(403);
  expect(await (await get(house, '/kantor', second.cookie)).text()).not.toContain('/kantor/riwayat');
  // Of one event: not of the whole.
  await is('pengawas', cast.kegiatanId);
  expect(await status('/kantor/riwayat')).toBe(403);
  await is('penyelenggara');
});

test('a supervisor of one event reads, filters and takes away what is of that event, and nothing else', async () => {
  const beside = await openCast(db, { of: office, judul: 'Acara Sebelah' });
  await events.close(services.db, actorOf(office), beside.kegiatanId);
  const stranger = await join(house, office, 'Petugas Sebelah');
  await get(house, `/kantor/kegiatan/${beside.kegiatanId}/daftar/${beside.ratna}`, stranger.cookie);
  await db.execute(sql`
    update officer_role set peran = 'pengawas', kegiatan_id = ${cast.kegiatanId} where officer_id = ${second.officerId}::uuid`);
  const own = `/kantor/kegiatan/${cast.kegiatanId}/riwayat`;
  const answer = (path: string) => get(house, path, second.cookie);
  const rows = async (path: string) =>
    (await (await answer(path)).text()).match(/<tr id="baris/g)?.length ?? 0;

  const shown = await (await answer(own)).text();
  expect(shown).toContain('<h1>Riwayat kegiatan</h1>');
  expect(shown).toContain('Yang dilakukan dan dibuka petugas di Deklarasi &lt;Dua&gt;.');
  expect(shown).toContain('menutup kegiatan “Deklarasi &lt;Dua&gt;”.');
  // Nor who has done nothing here, in what there is to choose from.
  expect(shown).not.toMatch(/Acara Sebelah|Petugas Sebelah|masuk ke kantor|bergabung lewat tautan/);
  const here = await db.execute(sql`select from riwayat where kegiatan_id = ${cast.kegiatanId}`);
  expect(await rows(own)).toBe(here.length);
  expect(await rows(`${own}?tindakan=kegiatan-tutup`)).toBe(1);
  expect(await rows(`${own}?petugas=${office.officerId}&tindakan=masuk`)).toBe(0);
  expect(await rows(`${own}?perihal=${cast.budi}`)).toBe(2);
  for (const query of [
    `kegiatan=${beside.kegiatanId}`,
    `perihal=${beside.ratna}`,
    `petugas=${stranger.officerId}`,
  ])
    for (const path of [own, `${own}.csv`]) {
      const refused = await answer(`${path}?${query}`);
      expect([query, refused.status]).toEqual([query, 400]);
      expect(await refused.text()).not.toMatch(/Acara Sebelah|<tr id="baris/);
    }

  const file = await answer(`${own}.csv`);
  const cells: string[][] = parse(await file.text(), { delimiter: ';', bom: true });
  expect(cells).toHaveLength(1 + here.length + 1);
  for (const row of cells.slice(1))
    expect(parseRecord(row.at(-1)!.replaceAll('\r\n', '\n')).kegiatan).toBe(cast.kegiatanId);
  const [took] = await records.page(services.db, office.organizerId, {}, { limit: 1 });
  expect(parseRecord(took!.isi)).toMatchObject({
    tindakan: 'riwayat-unduh',
    petugas: { nama: 'Petugas Kedua' },
    peran: 'pengawas',
    kegiatan: cast.kegiatanId,
  });

  expect((await answer(`/kantor/kegiatan/${beside.kegiatanId}/riwayat`)).status).toBe(403);
  expect((await answer(`/kantor/kegiatan/${elsewhere.kegiatanId}/riwayat`)).status).toBe(404);
  expect(await (await answer(`/kantor/kegiatan/${cast.kegiatanId}`)).text()).toContain(`href="${own}"`);
  await db.execute(sql`
    update officer_role set peran = 'penyelenggara', kegiatan_id = null where officer_id = ${second.officerId}::uuid`);
  // Who has all of the organiser reads it too, and has the way from the menu to the whole.
  expect(await rows(own)).toBe(here.length + 1);
});

test('a sentence for each act, of at most 15 words, with a full stop', () => {
  for (const act of RECORDED_ACTS) {
    const { name, says } = recordMessages[act];
    const sentence = says({
      who: 'Rina, penyelenggara,',
      about: 'Budi',
      event: 'kegiatan “Deklarasi”',
      role: 'petugas di kegiatan “Deklarasi”',
    });
    expect(sentence).toMatch(/^\p{Lu}.*\.$/u);
    expect(sentence.split(' ').length).toBeLessThanOrEqual(15);
    expect(name).not.toMatch(/\.$/);
  }
});

test('days in the wrong order are told at their field, and nothing is downloaded', async () => {
  const query = '?dari=2026-11-28&sampai=2026-11-01';
  const shown = await page(query);
  expect(shown).toContain(
    '<p class="error" id="sampai-salah">Hari terakhir mendahului hari pertama. Pilih hari yang sama atau sesudahnya.</p>',
  );
  // What was chosen stays there to be mended.
  expect(shown).toMatch(/value="2026-11-01" id="sampai"/);
  expect(await read(query)).not.toContain('Tidak ada yang cocok');
  const file = await get(house, `/kantor/riwayat.csv${query}`, office.cookie);
  expect([file.status, file.headers.get('content-disposition')]).toEqual([400, null]);
  expect(await page('?dari=2026-11-01&sampai=2026-11-01')).not.toContain('class="error"');
});

test('numbers that leap are explained', async () => {
  expect(await read()).toContain('Nomor baris dapat melompat: baris kantor lain ikut dihitung');
});

test('a deadline is told in its event’s zone, also on the trail of the whole office, and as it was', async () => {
  const wita = await openCast(db, { of: office, judul: 'Deklarasi di WITA', tahap: 'disiapkan' });
  const edit = async (more: object) => {
    const event = (await events.byId(db, office.organizerId, wita.kegiatanId))!;
    expect(
      await events.edit(services.db, actorOf(office), wita.kegiatanId, { ...event, ...more }),
    ).toMatchObject({ ok: true });
  };
  await edit({ batas: new Date('2998-12-01T08:00:00Z') });
  await edit({ zona: 'WITA', batas: new Date('2998-12-02T08:00:00Z') });
  await edit({ batas: new Date('2998-12-03T08:00:00Z') });
  const shown = await read(`?kegiatan=${wita.kegiatanId}&tindakan=kegiatan-ubah`);
  expect(shown).toContain('2 Desember 2998 pukul 16.00 WITA menjadi Senin, 3 Desember 2998 pukul 16.00 WITA');
  expect(shown).toContain('1 Desember 2998 pukul 15.00 WIB menjadi Minggu, 2 Desember 2998 pukul 16.00 WITA');
});

test('links that end with an act are counted, not emptied', async () => {
  const leaves = await join(house, office, 'Yang Keluar');
  await changeOfficers(house, leaves, { tindakan: 'undang', nama: 'Tamu Terakhir' });
  expect(await changeOfficers(house, office, { tindakan: 'keluarkan', id: leaves.officerId })).toMatchObject({
    ok: true,
  });
  const shown = await read('?tindakan=petugas-keluarkan');
  expect(shown).toContain('Tautan yang ikut berakhir 1 ');
  expect(shown).not.toContain('menjadi kosong');
});

test('a file’s times sort by themselves', async () => {
  const text = await (await get(house, '/kantor/riwayat.csv', office.cookie)).text();
  const rows: string[][] = parse(text, { delimiter: ';', bom: true });
  const times = rows.slice(1).map((row) => row[1]!);
  for (const time of times)
    expect(time).toMatch(/^2\d{3}-\d\d-\d\d \d\d\.\d\d WIB$|^Waktunya tidak terbaca$/);
  const told = times.filter((time) => time.startsWith('2'));
  expect(told).toEqual([...told].sort().reverse());
});

test('what can’t be seen is written out in the file too, and the text is that of its digest', async () => {
  const nama = 'Rina\u202e Petugas';
  await db.execute(sql`update officer set nama = ${nama} where id = ${second.officerId}::uuid`);
  await records.opens(services.db, actorOf(second), { tindakan: 'rekap-unduh', perihal: 'uji\u200b' });
  const file = await (await get(house, '/kantor/riwayat.csv?tindakan=rekap-unduh', office.cookie)).text();
  const [, , petugas, , , terjadi, , , , , sidik, , , teks] = parse(file, { delimiter: ';', bom: true })[1]!;
  expect([petugas, terjadi]).toEqual(['Rina[U+202E] Petugas', expect.stringContaining('uji[U+200B]')]);
  expect(teks).toContain(`${second.officerId} ${nama}\n`);
  expect(hex(await sha256Text(teks!))).toBe(sidik);
});
