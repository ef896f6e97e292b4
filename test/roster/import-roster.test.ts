import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { listed } from '../../src/export/recaps.ts';
import { forCards, issueMissing, redeem, renew } from '../../src/invitation/invitations.ts';
import { digestOf } from '../../src/invitation/token.ts';
import { renderNomor } from '../../src/kegiatan/event.ts';
import { open, unsurOf } from '../../src/kegiatan/events.ts';
import { integrate } from '../../src/ledger/integrate.ts';
import { formatDigest, sha256Text } from '../../src/lib/sha256.ts';
import { fromCodeTable, importRoster, inspect, type RosterImport } from '../../src/roster/import-roster.ts';
import * as people from '../../src/roster/people.ts';
import { fullName } from '../../src/roster/person.ts';
import { answersTo, answerTo } from '../../src/roster/roster-answer.ts';
import type { RosterRow } from '../../src/roster/roster-file.ts';
import { parseVersion } from '../../src/roster/version.ts';
import { issueStatement } from '../../src/signature/issue-statement.ts';
import { signStatement } from '../../src/signature/sign-statement.ts';
import { hasSigned, issued, phoneOf } from '../cast.ts';
import { actorOf, makeEvent, type Setting } from '../event.ts';
import { openHouse } from '../house.ts';
import { typed } from './typed.ts';

const { db, services } = await openHouse({ max: 10 });

const three = `
  Kode wilayah |Unsur      |Gelar depan|Nama |Gelar belakang|Jabatan|NIP/NRP
  62.01.01.2008|kepala desa|H.         |Satu |S.Sos.        |       |
  62.01.02.1003|lurah      |           |Dua  |              |       |198609262015051001
  62.01        |ASN        |           |Tiga |              |Analis |198609262015051002`;

const put = async (
  event: Setting,
  rows: RosterRow[] | string,
  seen?: number,
  more: Partial<Pick<RosterImport, 'answers' | 'off' | 'by'>> = {},
) =>
  importRoster(db, event, {
    rows: typeof rows === 'string' ? typed(rows) : rows,
    by: actorOf(event),
    seen: seen ?? (await people.version(db, event.kegiatanId)),
    ...more,
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
    [['gelarDepan', 'nama', 'gelarBelakang'], 'Satu'],
  ]);
  const now = await people.all(db, event.kegiatanId);
  expect(now.map(({ nama, gelarBelakang, rosterVersi }) => [nama, gelarBelakang, rosterVersi])).toEqual([
    ['Tiga', '', 1],
    ['Baru', '', 2],
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

test('one who holds another office on the list may hold two; with another name it is asked', async () => {
  const event = await makeEvent(db);
  await put(event, three);
  const result = await put(
    event,
    `Kode wilayah|Unsur|Nama|NIP/NRP
     62.01.02.1005|lurah|Dua|198609262015051001`,
  );
  expect(result).toMatchObject({ ok: true });
  expect(result.preview.notes).toMatchObject([
    { row: 2, code: 'nip-two-places', detail: 'Lurah 62.01.02.1003' },
  ]);
  const other = await inspect(
    db,
    event,
    typed(three.replace('Tiga', 'Lain').replace('62015051002', '62015051001')),
  );
  expect(other.questions).toMatchObject([{ row: 4, code: 'nip-other-name', detail: 'Dua, baris 3' }]);
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
    `Kode wilayah|Unsur|Nama\n62.01.01.2007|kepala desa|Empat\n62.01.01.2008|kepala desa|Lain`,
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
    preview: { complaints: [{ row: 2, column: 'Nama', code: 'signed', detail: 'Nama: Satu' }] },
  });
  const renamed = three.replace('Dua', 'Dua Lagi');
  const answers = await answersTo((await inspect(db, event, typed(renamed))).questions);
  expect(await put(event, renamed, undefined, { answers })).toMatchObject({ ok: true, versi: 2 });
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
      signStatement(services, {
        personId: satu!.id,
        statement: given.statement,
        ticket: given.ticket,
        assertion,
      }),
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
    const page: people.PeoplePage = await people.page(db, event.kegiatanId, {
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
  // A code, also without its stops; and digits that are none.
  for (const kode of ['62.01.02', '620102'])
    expect(await names({ search: kode, limit: 100 })).toHaveLength(20);
  for (const digits of ['2026', '1986', '198609', '0000', '9999999999', '19860926', '1986.2026'])
    expect(await names({ search: digits }), digits).toEqual([]);
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
      'NIP/NRP': `19860926${2010 + Math.floor(at / 9990)}${String((Math.floor(at / 999) % 12) + 1).padStart(2, '0')}1${String((at % 999) + 1).padStart(3, '0')}`,
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

describe('a question', () => {
  const unsure = `
    Kode wilayah |Unsur      |Nama
    62.01.01.2008|kepala desa|CONTOH SE
    62.01.01.2007|kepala desa|Budi Contoh`;

  test('without its yes keeps the whole file out; with it the very reading goes in', async () => {
    const event = await makeEvent(db);
    const refused = await put(event, unsure);
    expect(refused).toMatchObject({ ok: false, code: 'roster-questions' });
    expect(await people.all(db, event.kegiatanId)).toEqual([]);
    const [question] = refused.preview.questions;
    expect(
      await put(event, unsure, 0, { answers: new Set([await answerTo({ ...question!, detail: 'lain' })]) }),
    ).toMatchObject({
      ok: false,
      code: 'roster-questions',
    });
    expect(await put(event, unsure, 0, { answers: new Set([await answerTo(question!)]) })).toMatchObject({
      ok: true,
      versi: 1,
    });
    expect((await people.all(db, event.kegiatanId)).map(fullName)).toEqual(['Budi Contoh', 'CONTOH, S.E.']);
  });

  test('has two answers where a name may be parted; the one that was given stands from then on', async () => {
    const event = await makeEvent(db);
    const { questions } = await inspect(db, event, typed(unsure));
    expect(questions).toMatchObject([{ detail: 'CONTOH, S.E.', other: 'CONTOH SE' }]);
    const whole = await answerTo(questions[0]!, true);
    // Both at once is no answer.
    const both = new Set([whole, await answerTo(questions[0]!)]);
    expect(await put(event, unsure, 0, { answers: both })).toMatchObject({ code: 'roster-questions' });
    expect(await put(event, unsure, 0, { answers: new Set([whole]) })).toMatchObject({ ok: true, versi: 1 });
    expect((await people.all(db, event.kegiatanId)).map(({ nama }) => nama)).toEqual([
      'Budi Contoh',
      'CONTOH SE',
    ]);
    expect(await put(event, unsure)).toMatchObject({
      ok: true,
      versi: 1,
      preview: { questions: [], unchanged: 2 },
    });
  });

  test('answered for one row answers no other file, place or office', async () => {
    const event = await makeEvent(db);
    const one = `Kode wilayah|Unsur|Nama|Jabatan\n62.01.01.2008|kepala desa|CONTOH SE|`;
    const answers = await answersTo((await inspect(db, event, typed(one))).questions);
    for (const other of [
      one.replace('2008', '2007'),
      one.replace('SE|', 'SE|Plt. Camat Lain'),
      one.replace('|Jabatan', '|Unit kerja'),
    ]) {
      expect(await put(event, other, 0, { answers })).toMatchObject({ code: 'roster-questions' });
    }
    expect(await put(event, one, 0, { answers })).toMatchObject({ ok: true });
  });

  test('about one number with two names is tied to the row’s own name and place', async () => {
    const event = await makeEvent(db);
    await put(event, three);
    const beni = `Kode wilayah|Unsur|Nama|NIP/NRP\n62.01.02.1005|lurah|Beni|198609262015051001`;
    const { questions } = await inspect(db, event, typed(beni));
    expect(questions).toMatchObject([{ code: 'nip-other-name', value: 'Beni, ••••••••••••••1001' }]);
    const answers = await answersTo(questions);
    for (const other of [
      beni.replace('Beni', 'Zaki'),
      beni.replace('62.01.02.1005|lurah', '62.01.01.2007|kepala desa'),
    ]) {
      expect(await put(event, other, 1, { answers })).toMatchObject({ code: 'roster-questions' });
    }
    expect(await put(event, beni, 1, { answers })).toMatchObject({ ok: true });
  });

  test('is not asked again of what stands on the list as it was said yes to', async () => {
    const event = await makeEvent(db);
    const spaced = `Kode wilayah|Unsur|Nama\n62.01.01.2008|kepala desa|C O N T O H`;
    const { questions } = await inspect(db, event, typed(spaced));
    expect(questions).toHaveLength(1);
    await put(event, spaced, 0, { answers: await answersTo(questions) });
    expect(await put(event, spaced)).toMatchObject({
      ok: true,
      versi: 1,
      preview: { questions: [], unchanged: 1 },
    });
  });
});

describe('a place is taken off the list', () => {
  const onlyOne = `Kode wilayah|Unsur|Nama\n62.01.02.1003|lurah|Dua`;
  const off = { who: 'all' as const, alasan: 'salah masuk daftar' };
  const started = async () => {
    const event = await makeEvent(db);
    await put(event, three);
    await openEvent(event);
    return event;
  };
  const named = async (event: Setting, nama: string) =>
    (await people.all(db, event.kegiatanId)).find((person) => person.nama === nama)!;

  test('a file with fewer rows says whom it leaves out, and they stay unless told otherwise', async () => {
    const event = await started();
    const looked = await inspect(db, event, typed(onlyOne));
    expect(looked.missing.map(({ nama }) => nama)).toEqual(['Tiga', 'Satu']);
    expect(await put(event, onlyOne)).toMatchObject({ ok: true, written: 0 });
    expect(await tally(event)).toEqual([
      ['62.01', 1, 0],
      ['62.01.01', 1, 0],
      ['62.01.02', 1, 0],
    ]);
  });

  test('it no longer counts, its number stays spent, and the digest of the new list is in the ledger', async () => {
    const event = await started();
    const before = await leaves();
    expect(await put(event, onlyOne, undefined, { off })).toMatchObject({ ok: true, versi: 2, written: 2 });
    expect(await leaves()).toBe(before + 1);
    expect(await tally(event)).toEqual([
      ['62.01', 0, 0],
      ['62.01.01', 0, 0],
      ['62.01.02', 1, 0],
    ]);
    expect(
      parseVersion((await people.versionText(db, event.kegiatanId, 2))!.isi).entries.map(({ nama }) => nama),
    ).toEqual(['Dua']);
    expect((await people.page(db, event.kegiatanId)).people.map(({ nama }) => nama)).toEqual(['Dua']);
    expect((await people.page(db, event.kegiatanId, { status: 'keluar' })).people).toHaveLength(2);
    expect(await people.countRemoved(db, event.kegiatanId)).toBe(2);
    expect(await unsurOf(db, event.kegiatanId)).toEqual([{ unsur: 'lurah/camat', places: 1 }]);
    expect((await people.counts(db, event.kegiatanId)).map(({ wajib }) => wajib)).toEqual([1]);
    const rows: string[] = [];
    for await (const batch of listed(db, event.kegiatanId)) rows.push(...batch.map(({ nama }) => nama));
    expect(rows).toEqual(['Dua']);
    // Whoever comes later gets the next number.
    await put(event, 'Kode wilayah|Unsur|Nama\n62.01.01.2004|kepala desa|Empat');
    expect((await named(event, 'Empat')).urut).toBe(4);
  });

  test('uploaded again it is asked about, and comes back with its number', async () => {
    const event = await started();
    const { urut, nomor } = await named(event, 'Satu');
    await put(event, onlyOne, undefined, { off });
    const again = await put(event, three);
    expect(again).toMatchObject({ ok: false, code: 'roster-questions' });
    expect(again.preview.returned.map(({ entry }) => entry.nama)).toEqual(['Satu', 'Tiga']);
    expect(again.preview.questions).toMatchObject([
      { code: 'place-removed', detail: 'salah masuk daftar' },
      { code: 'place-removed', detail: 'salah masuk daftar' },
    ]);
    const answers = await answersTo(again.preview.questions);
    expect(await put(event, three, undefined, { answers })).toMatchObject({ ok: true, versi: 3, written: 2 });
    expect(await named(event, 'Satu')).toMatchObject({ urut, nomor, removed: null });
    expect(await tally(event)).toEqual([
      ['62.01', 1, 0],
      ['62.01.01', 1, 0],
      ['62.01.02', 1, 0],
    ]);
    // The fact stays, with who and when, both ways.
    const history = await people.removals(db, (await named(event, 'Satu')).id);
    expect(history).toMatchObject([
      { alasan: 'salah masuk daftar', by: 'Petugas Contoh', endedBy: 'Petugas Contoh' },
    ]);
    expect(history[0]!.endedAt).toBeInstanceOf(Date);
  });

  test('who has signed stays, in a file with fewer rows too', async () => {
    const event = await started();
    await hasSigned(services, (await named(event, 'Satu')).id);
    expect(await put(event, onlyOne, undefined, { off })).toMatchObject({ ok: true, written: 1 });
    expect(await named(event, 'Satu')).toMatchObject({ signed: true, removed: null });
    const alone = { who: [(await named(event, 'Satu')).id], alasan: 'x' };
    expect(await put(event, [], undefined, { off: alone })).toMatchObject({
      ok: false,
      code: 'roster-signed',
      signed: ['H. Satu, S.Sos.'],
    });
  });

  test('one who had the text before their eyes can’t sign it any more, and the card says so', async () => {
    const event = await started();
    const satu = await named(event, 'Satu');
    await issueMissing(db, services.secret, event.kegiatanId, actorOf(event));
    const [card] = await forCards(db, services.secret, event.kegiatanId, { personId: satu.id });
    const phone = await phoneOf(services, satu.id);
    const given = await issued(services, satu.id, phone);
    const assertion = await phone.authenticator.get(given.options, services.config.origin);
    await put(event, onlyOne, undefined, { off });
    expect(await signStatement(services, { personId: satu.id, ...given, assertion })).toEqual({
      ok: false,
      code: 'place-removed',
    });
    expect(await issueStatement(services, satu.id, phone.credentialId)).toEqual({
      ok: false,
      code: 'place-removed',
    });
    expect(await redeem(db, await digestOf(card!.token))).toMatchObject({
      ok: false,
      code: 'invitation-removed',
      help: { penyelenggara: 'Kesbangpol Contoh' },
    });
    expect(await forCards(db, services.secret, event.kegiatanId, { personId: satu.id })).toEqual([]);
    expect(await renew(db, services.secret, satu.id, actorOf(event))).toBeNull();
    expect(await issueMissing(db, services.secret, event.kegiatanId, actorOf(event))).toBe(0);
    // Back on the list, the same card opens again.
    const answers = await answersTo((await inspect(db, event, typed(three))).questions);
    await put(event, three, undefined, { answers });
    expect(await redeem(db, await digestOf(card!.token))).toMatchObject({ ok: true });
  });

  test('a signature and a removal at once: one of them is first', async () => {
    const event = await started();
    const satu = await named(event, 'Satu');
    const phone = await phoneOf(services, satu.id);
    const given = await issued(services, satu.id, phone);
    const assertion = await phone.authenticator.get(given.options, services.config.origin);
    const alone = { who: [satu.id], alasan: 'jabatan dihapus' };
    const [signed, left] = await Promise.all([
      signStatement(services, { personId: satu.id, ...given, assertion }),
      put(event, [], undefined, { off: alone }),
    ]);
    expect([signed.ok, left.ok].filter(Boolean)).toHaveLength(1);
    expect(await named(event, 'Satu')).toMatchObject({
      signed: signed.ok,
      removed: left.ok ? 'jabatan dihapus' : null,
    });
  });

  test('by an officer who is one still, and of this organiser', async () => {
    const event = await started();
    const other = await makeEvent(db);
    const refused = { cause: { code: 'IK403' } };
    await expect(put(event, onlyOne, undefined, { off, by: actorOf(other) })).rejects.toMatchObject(refused);
    await db.execute(sql`update officer set removed_at = now() where id = ${event.officerId}::uuid`);
    await expect(put(event, onlyOne, undefined, { off })).rejects.toMatchObject(refused);
    expect(await people.version(db, event.kegiatanId)).toBe(1);
  });

  test('before the opening it gets no number; an event of which nobody is left can’t be opened', async () => {
    const event = await makeEvent(db);
    await put(event, three);
    await put(event, onlyOne, undefined, { off });
    expect(await openEvent(event)).toEqual(['opened', 1]);
    expect((await named(event, 'Satu')).urut).toBeNull();
    const empty = await makeEvent(db);
    await put(empty, three);
    await put(empty, [], undefined, { off });
    expect(await open(db, actorOf(empty), empty.kegiatanId)).toEqual({
      ok: false,
      code: 'event-no-list',
    });
  });
});

describe('what a file leaves out', () => {
  const before = `
    Kode wilayah |Unsur      |Gelar depan|Nama|Gelar belakang|Jabatan        |NIP/NRP           |Pangkat/Gol|Unit kerja
    62.01.01.2008|kepala desa|H.         |BUDI|S.Sos.        |Pj. Kepala Desa|198609262015051001|Penata     |Desa A`;
  const afterwards = async (row: string, head = 'Kode wilayah|Unsur|Nama') => {
    const event = await makeEvent(db);
    expect((await put(event, before)).ok).toBe(true);
    const answers = await answersTo((await inspect(db, event, typed(`${head}\n${row}`))).questions);
    const done = await put(event, `${head}\n${row}`, undefined, { answers });
    if (!done.ok) throw new Error(`${done.code} ${JSON.stringify(done.preview.complaints)}`);
    const [now] = await people.all(db, event.kegiatanId);
    return { now: now!, notes: done.preview.notes.map(({ code }) => code) };
  };

  test.each([
    ['SITI', 'SITI'],
    ['Hj. RATNA', 'Hj. RATNA'],
    ['-', ''],
    ['', ''],
    ['Budi Lain', 'Budi Lain'],
  ])('is not handed on to another holder: %j', async (typedName, name) => {
    const { now, notes } = await afterwards(`62.01.01.2008|kepala desa|${typedName}`);
    expect(fullName(now)).toBe(name);
    expect(now).toMatchObject({ jabatan: 'Kepala Desa', nip: '', pangkat: '', unitKerja: 'Desa A' });
    expect([now.gelarBelakang, now.gelarDepan === 'H.']).toEqual(['', false]);
    expect(notes).toContain('holder-changed');
  });

  test('nor does the one before hinder who is acting now', async () => {
    const { now } = await afterwards('62.01.01.2008|kepala desa|Plt. RATNA');
    expect(now).toMatchObject({ nama: 'RATNA', jabatan: 'Plt. Kepala Desa', nip: '' });
  });

  test.each([
    ['62.01.01.2008|kepala desa|BUDI', undefined, 'BUDI'],
    ['62.01.01.2008|kepala desa|Budi', undefined, 'Budi'],
    ['62.01.01.2008|kepala desa', 'Kode wilayah|Unsur', 'BUDI'],
    [
      '62.01.01.2008|kepala desa|BUDI HARTONO|198609262015051001',
      'Kode wilayah|Unsur|Nama|NIP/NRP',
      'BUDI HARTONO',
    ],
  ])('stays, for the same one: %s', async (row, head, nama) => {
    const { now, notes } = await afterwards(row, head);
    expect(now).toMatchObject({
      ...{ nama, gelarDepan: 'H.', gelarBelakang: 'S.Sos.', jabatan: 'Pj. Kepala Desa' },
      ...{ nip: '198609262015051001', pangkat: 'Penata', unitKerja: 'Desa A' },
    });
    expect(notes).not.toContain('holder-changed');
  });

  test('the same name with another number is another one', async () => {
    const head = 'Kode wilayah|Unsur|Nama|NIP/NRP';
    const { now } = await afterwards('62.01.01.2008|kepala desa|BUDI|198609262015051002', head);
    expect(now).toMatchObject({ gelarDepan: '', jabatan: 'Kepala Desa', nip: '198609262015051002' });
  });
});

test('a number stays that of who is off the list: another name on it is asked about, and so is putting back', async () => {
  const event = await makeEvent(db);
  const row = (kode: string, nama: string) =>
    `Kode wilayah|Unsur|Nama|NIP/NRP\n${kode}|kepala desa|${nama}|198609262015051001`;
  await put(event, row('62.01.01.2008', 'BUDI'));
  const [budi] = await people.all(db, event.kegiatanId);
  await put(event, [], undefined, { off: { who: [budi!.id], alasan: 'Jabatan dihapus' } });
  // The same one in another office is no question.
  const same = await inspect(db, event, typed(row('62.01.01.2006', 'Budi')));
  expect(same.questions).toEqual([]);

  const refused = await put(event, row('62.01.01.2006', 'SITI'));
  expect(refused).toMatchObject({ ok: false, code: 'roster-questions' });
  const [question] = refused.preview.questions;
  expect(question).toMatchObject({ code: 'nip-other-name', detail: expect.stringContaining('BUDI') });
  expect(
    (
      await put(event, row('62.01.01.2006', 'SITI'), undefined, {
        answers: new Set([await answerTo(question!)]),
      })
    ).ok,
  ).toBe(true);
  // Once said yes to.
  expect((await put(event, row('62.01.01.2006', 'SITI'))).ok).toBe(true);

  const back = await inspect(db, event, typed(row('62.01.01.2008', 'BUDI')));
  expect(back.questions.map(({ code }) => code).sort()).toEqual(['nip-other-name', 'place-removed']);
});

test('who has signed under a name of an earlier rule stays as it is, and the whole file can be stored', async () => {
  const event = await makeEvent(db);
  const file = (nama: string) => `Kode wilayah|Unsur|Nama|Jabatan
    62.01.01.2008|kepala desa|${nama}|
    62.01.01.2006|kepala desa|Lain|`;
  await put(event, file('BUDI'));
  await openEvent(event);
  await db.execute(
    sql`update person set nama = 'BUDI S.Sos' where kegiatan_id = ${event.kegiatanId} and nama = 'BUDI'`,
  );
  const budi = (await people.all(db, event.kegiatanId)).find(({ nama }) => nama === 'BUDI S.Sos')!;
  await hasSigned(services, budi.id);
  expect(await put(event, file('BUDI S.Sos').replace('Lain', 'Lain Lagi'))).toMatchObject({
    ok: true,
    written: 1,
  });
  expect(await put(event, file('BUDI H.'))).toMatchObject({ ok: false, code: 'roster-complaints' });
});

test('what a version did is counted by what it wrote', async () => {
  const event = await makeEvent(db);
  const id = event.kegiatanId;
  expect(await people.wroteLast(db, id)).toBeNull();
  const zero = { added: 0, changed: 0, emptied: 0, off: 0, back: 0 };
  await put(event, three);
  expect(await people.wroteLast(db, id)).toEqual({ ...zero, added: 3 });
  const dua = (await people.all(db, id)).find(({ nama }) => nama === 'Dua')!;
  await put(
    event,
    'Kode wilayah|Unsur|Nama\n62.01.01.2008|kepala desa|-\n62.01.01.2006|kepala desa|',
    undefined,
    {
      off: { who: [dua.id], alasan: 'Salah masuk' },
    },
  );
  expect(await people.wroteLast(db, id)).toEqual({ ...zero, added: 1, emptied: 1, off: 1 });
  await put(event, 'Kode wilayah|Unsur|Jabatan\n62.01.01.2006|kepala desa|Pj. Kepala Desa');
  expect(await people.wroteLast(db, id)).toEqual({ ...zero, changed: 1 });
});
