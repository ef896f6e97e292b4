import { readFile } from 'node:fs/promises';
import { sql } from 'drizzle-orm';
import { zipSync } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import { renew } from '../../../src/invitation/invitations.ts';
import { randomBytes, utf8 } from '../../../src/lib/bytes.ts';
import { formatCsv, parseCsv } from '../../../src/lib/csv.ts';
import { pack } from '../../../src/lib/pack.ts';
import { ROSTER_COLUMNS } from '../../../src/roster/column.ts';
import * as people from '../../../src/roster/people.ts';
import { LIMITS } from '../../../src/roster/roster-file.ts';
import { hasSigned } from '../../cast.ts';
import { actorOf, makeEvent } from '../../event.ts';
import { openHouse } from '../../house.ts';
import { found, get, type Office, post } from '../../office/office.ts';
import { workbookOf } from '../../sheet/workbook-of.ts';

const house = await openHouse();
let office: Office;
let other: Office;
beforeAll(async () => {
  office = await found(house, { nama: 'Kantor Daftar' });
  other = await found(house, { nama: 'Kantor Lain' });
});

const newEvent = async () => {
  const { kegiatanId } = await makeEvent(house.db, { of: office });
  return { id: kegiatanId, at: `/kantor/kegiatan/${kegiatanId}/daftar` };
};
const upload = (path: string, bytes: BlobPart, cookie = office.cookie) => {
  const body = new FormData();
  body.set('berkas', new File([bytes], 'daftar.csv', { type: 'text/csv' }));
  return house.request(path, {
    method: 'POST',
    headers: { origin: house.services.config.origin, cookie },
    body,
  });
};
const FILE = formatCsv([
  ['Kode wilayah', 'Unsur', 'Gelar depan', 'Nama', 'Gelar belakang'],
  ['62.01.01.2008', 'kepala desa', 'H.', 'Budi', 'S.Sos., M.AP.'],
  ['62.01.02.1003', 'lurah', '', 'Siti', ''],
]);
const hidden = (html: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';

/** The way of an officer: choose a file, look, confirm. */
async function confirm(event: { at: string }, file: BlobPart): Promise<Response> {
  const html = await (await upload(`${event.at}/pratinjau`, file)).text();
  return post(house, event.at, office.cookie, { isi: hidden(html, 'isi'), versi: hidden(html, 'versi') });
}

describe('a file', () => {
  test('is looked at first; only the confirmation writes; again it is 0 perubahan', async () => {
    const event = await newEvent();
    const looked = await upload(`${event.at}/pratinjau`, FILE);
    expect(looked.status).toBe(200);
    const html = await looked.text();
    expect(html).toContain('Simpan 2 baris');
    expect(html).toContain('H. Budi, S.Sos., M.AP.');
    expect(await people.all(house.db, event.id)).toEqual([]);

    const stored = await post(house, event.at, office.cookie, {
      isi: hidden(html, 'isi'),
      versi: hidden(html, 'versi'),
    });
    expect([stored.status, stored.headers.get('location')]).toEqual([303, `${event.at}?tersimpan=2`]);
    expect((await people.all(house.db, event.id)).map(({ nama }) => nama)).toEqual(['Budi', 'Siti']);
    await house.settled();
    expect(await (await get(house, event.at, office.cookie)).text()).toContain('H. Budi, S.Sos., M.AP.');

    const again = await (await upload(`${event.at}/pratinjau`, FILE)).text();
    expect(again).toContain('0 perubahan');
    expect(again).not.toContain('name="versi"');
    expect(await people.version(house.db, event.id)).toBe(1);
  });

  test('shows what changes from what to what, and keeps what it leaves out', async () => {
    const event = await newEvent();
    await confirm(event, FILE);
    const html = await (
      await upload(
        `${event.at}/pratinjau`,
        'kode wilayah,UNSUR, nama ,Catatan\r\n62.01.02.1003,Lurah,Ratna,x\r\n',
      )
    ).text();
    expect(html).toMatch(/Siti menjadi <b>Ratna<\/b>/);
    expect(html).toContain('1 nama berganti');
    expect(html).toContain('1 ada di daftar tetapi tidak di berkas');
    expect(html).toContain('Catatan');
  });

  test('with complaints offers nothing to confirm, and names them all', async () => {
    const event = await newEvent();
    const looked = await upload(
      `${event.at}/pratinjau`,
      'Kode wilayah;Unsur;Nama;Jabatan;NIP/NRP\n62.01;ASN;Budi, Nama;Analis;1,98609E+17\n62.01.01.2008;kepala desa;<b>x\u202e</b>;;\n',
    );
    expect(looked.status).toBe(422);
    const html = await looked.text();
    expect(html).toContain('2 baris perlu diperbaiki');
    expect(html).toContain('<a href="#baris-2">2</a>');
    expect(html).toContain('id="baris-2"');
    expect(html).toContain('Angka ini sudah dirusak Excel');
    expect(html).toContain('Sesudah koma bukan gelar yang dikenal');
    expect(html).toContain('tersembunyi (U+202E)');
    expect(html).toContain('&lt;b&gt;x[U+202E]&lt;/b&gt;');
    expect(html).not.toContain('name="versi"');
    // What can't be seen isn't given back to be sent again.
    expect(html).not.toContain('\u202e');
  });

  test('that somebody else overtook is compared anew', async () => {
    const event = await newEvent();
    const html = await (await upload(`${event.at}/pratinjau`, FILE)).text();
    await confirm(event, FILE.replace('Siti', 'Ratna'));
    const late = await post(house, event.at, office.cookie, {
      isi: hidden(html, 'isi'),
      versi: hidden(html, 'versi'),
    });
    expect(late.status).toBe(409);
    const shown = await late.text();
    expect(shown).toContain('Daftar baru saja diubah petugas lain');
    expect(shown).toMatch(/Ratna menjadi <b>Siti<\/b>/);
    expect(hidden(shown, 'versi')).toBe('1');
  });

  test.each([
    ['a ZIP', zipSync({ 'daftar.csv': utf8(FILE) }), 'Ini berkas termampat'],
    ['a piece of a ZIP', new Uint8Array([0x50, 0x4b, 3, 4, 20, 0]), 'Buku kerja rusak atau tidak biasa'],
    ['an empty workbook', workbookOf({ Lembar1: [] }), 'Buku kerja ini tidak berisi apa-apa'],
    ['an old one', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0]), 'Ini buku kerja Excel lama (.xls)'],
    ['a web page', '<html><table></table></html>', 'Ini bukan berkas Excel, melainkan halaman web'],
    ['nothing', '', 'Berkas kosong'],
    ['a column missing', 'Kode wilayah;Nama\n62.01.01.2008;Budi', 'Kolom &quot;Unsur&quot; tidak ada'],
    ['a column twice', 'Kode wilayah;Nama;Unsur;NAMA\n1;2;3;4', 'Kolom &quot;Nama&quot; ada dua kali'],
    ['two columns for one', 'Kode wilayah;Nama;Unsur;Nama Lengkap\n1;2;3;4', 'Dua kolom dibaca sebagai Nama'],
    ['headings alone', 'Kode wilayah;Nama;Unsur', 'Berkas hanya berisi judul kolom'],
    ['too many rows', `Kode wilayah;Nama;Unsur\n${'x;y;z\n'.repeat(LIMITS.rows)}`, 'Baris terlalu banyak'],
    ['5 MB and one byte', new Uint8Array(LIMITS.bytes + 1).fill(0x41), 'Berkas terlalu besar'],
    ['an open quote', 'Kode wilayah;Nama;Unsur\n"a;b;c', 'kutip'],
  ])('%s is refused with its remedy', async (_, bytes, sentence) => {
    const event = await newEvent();
    const refused = await upload(`${event.at}/pratinjau`, bytes as BlobPart);
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain(sentence);
  });

  test('packed into megabytes of nothing is not unpacked', async () => {
    const event = await newEvent();
    const bomb = await pack(new Uint8Array(50_000_000));
    expect(bomb.length).toBeLessThan(100_000);
    const refused = await post(house, event.at, office.cookie, { isi: bomb, versi: '0' });
    expect(refused.status).toBe(422);
  });

  test.each([
    ['', ''],
    ['!!', '0'],
    ['H4sI', 'x'],
  ])('a confirmation with isi %j and versi %j is refused', async (isi, versi) => {
    const event = await newEvent();
    expect((await post(house, event.at, office.cookie, { isi, versi })).status).toBe(422);
  });

  test('a confirmation without the version that was seen writes nothing', async () => {
    const event = await newEvent();
    const isi = hidden(await (await upload(`${event.at}/pratinjau`, FILE)).text(), 'isi');
    const refused = await post(house, event.at, office.cookie, { isi, versi: 'x' });
    expect(refused.status).toBe(409);
    expect(await people.version(house.db, event.id)).toBe(0);
  });
});

test('one button makes the list of 94 without names, and adds nothing the second time', async () => {
  const event = await newEvent();
  const made = await post(house, `${event.at}/tabel-kode`, office.cookie);
  expect(made.headers.get('location')).toBe(`${event.at}?tersimpan=94`);
  const again = await post(house, `${event.at}/tabel-kode`, office.cookie);
  expect(again.headers.get('location')).toBe(`${event.at}?tersimpan=0`);
  const html = await (await get(house, event.at, office.cookie)).text();
  expect(html).toContain('94 jabatan belum bernama');
  expect(html.match(/>Belum bernama<\/a>/g)).toHaveLength(50);
});

test('the templates: the headings; and the offices of the area, which go in as they are', async () => {
  const event = await newEvent();
  const empty = await get(house, `${event.at}/templat.csv`, office.cookie);
  expect(empty.headers.get('content-disposition')).toContain('attachment');
  expect(new Uint8Array(await empty.clone().arrayBuffer()).slice(0, 3)).toEqual(
    new Uint8Array([0xef, 0xbb, 0xbf]),
  );
  expect((await empty.text()).replace('\ufeff', '')).toBe(`${ROSTER_COLUMNS.join(';')}\r\n`);

  const filled = new Uint8Array(
    await (await get(house, `${event.at}/templat-wilayah.csv`, office.cookie)).arrayBuffer(),
  );
  const file = parseCsv(filled, LIMITS);
  expect(file.ok && file.rows.length).toBe(95);
  expect(file.ok && file.rows[1]!.cells.slice(0, 7)).toEqual([
    '1',
    '62.01.01.1011',
    'Kumai',
    'Candi',
    'lurah/camat',
    '',
    '',
  ]);
  expect((await confirm(event, filled)).headers.get('location')).toBe(`${event.at}?tersimpan=94`);
});

describe('one person', () => {
  const open = async () => {
    const event = await newEvent();
    await confirm(event, FILE);
    const [budi, siti] = await people.all(house.db, event.id);
    return { event, budi: budi!, siti: siti! };
  };
  const fields = {
    nama: 'Budi Baru',
    'gelar-depan': '',
    'gelar-belakang': '',
    jabatan: 'Pj. Kepala Desa',
    versi: '1',
  };

  test('is mended at the desk', async () => {
    const { event, budi } = await open();
    const page = `${event.at}/${budi.id}`;
    const html = await (await get(house, page, office.cookie)).text();
    expect(hidden(html, 'versi')).toBe('1');
    const stored = await post(house, page, office.cookie, { ...fields, nip: '198609262015051001' });
    expect(stored.headers.get('location')).toBe(`${page}?tersimpan=1`);
    expect(await people.onList(house.db, event.id, budi.id)).toMatchObject({
      nama: 'Budi Baru',
      gelarDepan: '',
      jabatan: 'Pj. Kepala Desa',
      nip: '198609262015051001',
      rosterVersi: 2,
    });
    const shown = await (await get(house, page, office.cookie)).text();
    expect(shown).not.toContain('198609262015051001');
    // An empty number stays, a hyphen takes it away.
    await post(house, page, office.cookie, { ...fields, jabatan: 'Kepala Desa', versi: '2' });
    expect((await people.onList(house.db, event.id, budi.id))!.nip).toBe('198609262015051001');
    await post(house, page, office.cookie, { ...fields, nip: '-', versi: '3' });
    expect((await people.onList(house.db, event.id, budi.id))!.nip).toBe('');
  });

  test('another name beside a number that stays unseen: the same one, or another', async () => {
    const { event, budi } = await open();
    const page = `${event.at}/${budi.id}`;
    const titled = { ...fields, 'gelar-belakang': 'S.Sos.', pangkat: 'Penata' };
    await post(house, page, office.cookie, { ...titled, nip: '198609262015051001' });
    const { nama: before } = (await people.onList(house.db, event.id, budi.id))!;
    const another = { ...titled, nama: 'Siti Rahayu', versi: '2' };
    const asked = await post(house, page, office.cookie, another);
    expect(asked.status).toBe(422);
    const html = await asked.text();
    expect(html).toContain('Nama berganti, NIP/NRP sama: orang yang sama atau orang lain?');
    expect(html).toContain('Orang lain tidak mewarisi NIP, gelar, pangkat, dan HP terdaftar.');
    expect(html).toContain(
      'Orang yang sama: Budi Baru, S.Sos. menjadi Siti Rahayu, S.Sos.; Pj. Kepala Desa; NIP/NRP ••••••••••••••1001; Penata',
    );
    expect(html).toContain('Orang lain: <b>Siti Rahayu; Kepala Desa; tanpa NIP/NRP</b>');
    expect((await people.onList(house.db, event.id, budi.id))!.nama).toBe(before);
    const radio = /name="(pasti-0)" value="([^"]* lain [^"]*)"/.exec(html)!;
    await post(house, page, office.cookie, { ...another, [radio[1]!]: radio[2]! });
    expect(await people.onList(house.db, event.id, budi.id)).toMatchObject({
      ...{ nama: 'Siti Rahayu', gelarBelakang: '', jabatan: 'Kepala Desa', nip: '', pangkat: '' },
    });
  });

  test('an emptied name leaves no number and no titles behind', async () => {
    const { event, budi } = await open();
    const page = `${event.at}/${budi.id}`;
    const titled = { ...fields, 'gelar-belakang': 'S.Sos.', pangkat: 'Penata' };
    await post(house, page, office.cookie, { ...titled, nip: '198609262015051001' });
    await post(house, page, office.cookie, { ...titled, nama: '', versi: '2' });
    expect(await people.onList(house.db, event.id, budi.id)).toMatchObject({
      ...{ nama: '', gelarBelakang: '', nip: '', pangkat: '' },
    });
  });

  test('complaints stand beside the fields, with what was typed', async () => {
    const { event, budi } = await open();
    const refused = await post(house, `${event.at}/${budi.id}`, office.cookie, {
      ...fields,
      nama: 'Budi (Alm)',
      nip: '123',
    });
    expect(refused.status).toBe(422);
    const html = await refused.text();
    expect(html).toContain('Nama diberi tanda almarhum');
    expect(html).toContain('NIP harus 18 angka');
    expect(html).toContain('value="Budi (Alm)"');
  });

  test('who has signed can’t be changed', async () => {
    const { event, budi } = await open();
    await house.db.execute(sql`select open_event(${event.id}, ${office.officerId}::uuid, null)`);
    await hasSigned(house.services, budi.id);
    const page = `${event.at}/${budi.id}`;
    expect(await (await get(house, page, office.cookie)).text()).toContain('Sudah menandatangani');
    const refused = await post(house, page, office.cookie, fields);
    expect(refused.status).toBe(422);
    expect((await people.onList(house.db, event.id, budi.id))!.nama).toBe('Budi');
  });
});

describe('what is unsure', () => {
  const UNSURE = formatCsv([
    ['Kode wilayah', 'Unsur', 'Nama'],
    ['62.01.01.2008', 'kepala desa', 'CONTOH SE'],
    ['62.01.01.2007', 'kepala desa', 'LAIN MM'],
    ['62.01.01.2006', 'kepala desa', 'C O N T O H'],
    ['62.01.01.2004', 'kepala desa', 'Pj. Budi, S.Sos'],
  ]);
  /** Values of the boxes of a name, as a browser would send them. */
  const boxes = (html: string, name: string): string[] =>
    [...html.matchAll(new RegExp(`type="(?:checkbox|radio)" name="${name}" value="([^"]*)"`, 'g'))].map(
      ([, value]) =>
        value!
          .replaceAll('&quot;', '"')
          .replaceAll('&#39;', "'")
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>')
          .replaceAll('&amp;', '&'),
    );
  const send = (at: string, fields: [string, string][]) =>
    house.request(at, {
      method: 'POST',
      headers: { origin: house.services.config.origin, cookie: office.cookie },
      body: new URLSearchParams(fields),
    });

  test('is shown with its reading, and goes in with a yes to each, or to all of a kind', async () => {
    const event = await newEvent();
    const html = await (await upload(`${event.at}/pratinjau`, UNSURE)).text();
    expect(html).toContain('Perlu dipastikan');
    expect(html).toContain('Dibaca: CONTOH, S.E.');
    expect(html).toContain('Ya, 2 bacaan ini benar semua');
    expect(html).toContain('Pj. Kepala Desa');
    const ticks = boxes(html, 'pasti');
    expect(ticks).toHaveLength(2);
    // Each that may be a part of the name has two answers.
    expect(boxes(html, 'pasti-\\d+')).toHaveLength(4);
    expect(html).toContain('Semuanya nama: <b>CONTOH SE</b>');
    const base: [string, string][] = [
      ['isi', hidden(html, 'isi')],
      ['versi', hidden(html, 'versi')],
    ];
    const all = ticks.find((value) => value.startsWith('semua '))!;
    const spaced = ticks.find((value) => value.includes('name-spaced'))!;

    const refused = await send(event.at, [...base, ['pasti', all]]);
    expect(refused.status).toBe(422);
    const again = await refused.text();
    expect(again).toContain('Ada yang belum dipastikan');
    // What was ticked stays ticked.
    expect(again.match(/name="pasti" value="[^"]*" checked/g)).toHaveLength(1);
    expect(await people.all(house.db, event.id)).toEqual([]);

    const stored = await send(event.at, [...base, ['pasti', all], ['pasti', spaced]]);
    expect(stored.headers.get('location')).toBe(`${event.at}?tersimpan=4`);
    expect(
      (await people.all(house.db, event.id)).map(({ nama, gelarBelakang, jabatan }) => [
        nama,
        gelarBelakang,
        jabatan,
      ]),
    ).toEqual([
      ['Budi', 'S.Sos.', 'Pj. Kepala Desa'],
      ['C O N T O H', '', 'Kepala Desa'],
      ['LAIN', 'M.M.', 'Kepala Desa'],
      ['CONTOH', 'S.E.', 'Kepala Desa'],
    ]);
  });

  test('of more than a page nothing is said yes to that wasn’t shown', async () => {
    const event = await newEvent();
    const cells = Array.from({ length: 310 }, (_, at) => [
      '62.01',
      'ASN',
      `Contoh ${'abcdefghij'[at % 10]}${'klmnoprstv'[Math.floor(at / 10) % 10]} SE`,
      'Analis',
      `198609262015051${String(at + 1).padStart(3, '0')}`,
    ]);
    const file = formatCsv([['Kode wilayah', 'Unsur', 'Nama', 'Jabatan', 'NIP'], ...cells]);
    const html = await (await upload(`${event.at}/pratinjau`, file)).text();
    expect(html).toContain('Ya, 300 bacaan ini benar semua');
    expect(html).toContain('10 bacaan berikutnya tampil sesudah ini dipastikan.');
    const base: [string, string][] = [
      ['isi', hidden(html, 'isi')],
      ['versi', hidden(html, 'versi')],
    ];
    const first = boxes(html, 'pasti')[0]!;
    const refused = await send(event.at, [...base, ['pasti', first]]);
    expect(refused.status).toBe(422);
    const next = await refused.text();
    expect(next).toContain('300 bacaan sudah dipastikan.');
    expect(next).toContain('Ya, 10 bacaan ini benar semua');
    expect(next).toContain(`type="hidden" name="pasti" value="${first}"`);
    const stored = await send(event.at, [...base, ['pasti', first], ['pasti', boxes(next, 'pasti')[0]!]]);
    expect(stored.headers.get('location')).toBe(`${event.at}?tersimpan=310`);
  });

  test('is asked at the desk too', async () => {
    const event = await newEvent();
    await confirm(event, FILE);
    const [budi] = await people.all(house.db, event.id);
    const fields: [string, string][] = [
      ['nama', 'BUDI SE'],
      ['versi', '1'],
    ];
    const asked = await send(`${event.at}/${budi!.id}`, fields);
    expect(asked.status).toBe(422);
    const html = await asked.text();
    expect(html).toContain('Dibaca: BUDI, S.E.');
    const stored = await send(`${event.at}/${budi!.id}`, [
      ...fields,
      ['pasti-0', boxes(html, 'pasti-0')[1]!],
    ]);
    expect(stored.headers.get('location')).toBe(`${event.at}/${budi!.id}?tersimpan=1`);
    expect(await people.onList(house.db, event.id, budi!.id)).toMatchObject({
      nama: 'BUDI SE',
      gelarBelakang: '',
    });
  });

  test('who signs while the page is open is named, and nothing is written', async () => {
    const event = await newEvent();
    await confirm(event, FILE);
    await house.db.execute(sql`select open_event(${event.id}, ${office.officerId}::uuid, null)`);
    const html = await (
      await upload(`${event.at}/pratinjau`, FILE.split('\r\n').slice(0, 2).join('\r\n'))
    ).text();
    const siti = (await people.all(house.db, event.id)).find(({ nama }) => nama === 'Siti')!;
    await hasSigned(house.services, siti.id);
    const late = await post(house, event.at, office.cookie, {
      ...{ isi: hidden(html, 'isi'), versi: hidden(html, 'versi') },
      ...{ keluar: siti.id, alasan: 'Salah masuk' },
    });
    expect(late.status).toBe(409);
    const shown = await late.text();
    expect(shown).toContain('Baru saja ada yang menandatangani');
    expect(shown.replace(/\s+/g, ' ')).toContain(
      'Siti: datanya tidak lagi dapat diubah atau dikeluarkan. Belum ada yang tersimpan. Periksa sekali lagi.',
    );
    expect(shown).not.toContain('diubah petugas lain');
    expect(await people.version(house.db, event.id)).toBe(1);
  });

  test('a column that speaks about people is shown whole, its first texts open', async () => {
    const event = await newEvent();
    const texts = ['2019-2025', '2020-2026', '2021-2027', 'Pj. sejak 2025'];
    const file = formatCsv([
      ['Kode wilayah', 'Unsur', 'Nama', 'Masa jabatan'],
      ...texts.map((text, at) => [`62.01.01.200${at + 1}`, 'kades', `Contoh ${'Abcd'[at]}udi`, text]),
    ]);
    const html = await (await upload(`${event.at}/pratinjau`, file)).text();
    expect(html).toContain('Kolom ini tidak dibaca, tetapi isinya mungkin penting');
    expect(html).toContain('Isinya dilewati: 2019-2025 (baris 2); 2020-2026 (baris 3); 2021-2027 (baris 4)');
    expect(html).toContain('<summary>1 isi lainnya</summary><ul><li>Pj. sejak 2025 (baris 5)</li></ul>');
  });

  test('who is left out is said first, stays by default, and leaves with a reason', async () => {
    const event = await newEvent();
    await confirm(event, FILE);
    const html = await (
      await upload(`${event.at}/pratinjau`, 'Kode wilayah;Unsur;Nama\n62.01.02.1003;lurah;Siti\n')
    ).text();
    expect(html).toContain('1 ada di daftar tetapi tidak di berkas');
    expect(html).toContain('Tanpa tanda centang semuanya tetap di daftar.');
    const base: [string, string][] = [
      ['isi', hidden(html, 'isi')],
      ['versi', hidden(html, 'versi')],
    ];
    const [budi] = boxes(html, 'keluar');
    const unsaid = await send(event.at, [...base, ['keluar', budi!], ['alasan', ' ']]);
    expect(unsaid.status).toBe(422);
    expect(await unsaid.text()).toContain('Alasan belum diisi.');
    const kept = await send(event.at, base);
    expect(kept.headers.get('location')).toBe(`${event.at}?tersimpan=0`);
    const left = await send(event.at, [...base, ['keluar', budi!], ['alasan', 'desa digabung']]);
    expect(left.headers.get('location')).toBe(`${event.at}?tersimpan=1`);
    const list = await (await get(house, event.at, office.cookie)).text();
    expect(list).toContain('1 dikeluarkan dari daftar');
    expect(list).not.toContain('H. Budi');
    expect(await (await get(house, `${event.at}?status=keluar`, office.cookie)).text()).toContain(
      'desa digabung',
    );
    const back = await (await upload(`${event.at}/pratinjau`, FILE)).text();
    expect(back).toContain('Pernah dikeluarkan dari daftar');
    expect(back).toContain('Alasan dahulu: desa digabung');
    expect(back).toContain('1 kembali ke daftar');
  });

  test('one place is taken off the list and put back on its own page', async () => {
    const event = await newEvent();
    await confirm(event, FILE);
    const [budi] = await people.all(house.db, event.id);
    const page = `${event.at}/${budi!.id}`;
    expect(
      (
        await send(`${page}/keluar`, [
          ['versi', '1'],
          ['alasan', ''],
        ])
      ).status,
    ).toBe(422);
    const card = await renew(house.db, house.services.secret, budi!.id, actorOf(office));
    const off = await send(`${page}/keluar`, [
      ['versi', '1'],
      ['alasan', 'salah masuk daftar'],
    ]);
    expect(off.headers.get('location')).toBe(`${page}?tersimpan=1`);
    // The card in hand says so on the phone.
    const answer = await house.request('/undangan', {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: house.services.config.origin },
      body: JSON.stringify({ undangan: card!.token }),
    });
    expect(await answer.json()).toMatchObject({
      code: 'invitation-removed',
      title: 'Nama ini sudah dikeluarkan dari daftar',
      offer: 'nothing',
    });
    const html = await (await get(house, page, office.cookie)).text();
    expect(html).toContain('Dikeluarkan dari daftar');
    expect(html).toMatch(/Oleh Petugas Pertama, .*Alasan: salah masuk daftar/);
    expect(html).not.toContain('Tampilkan QR undangan');
    expect(
      (
        await send(page, [
          ['versi', '2'],
          ['nama', 'Lain'],
        ])
      ).status,
    ).toBe(409);
    expect((await people.onList(house.db, event.id, budi!.id))!.nama).toBe('Budi');
    expect((await post(house, `${page}/kembali`, other.cookie, { versi: '2' })).status).toBe(404);
    const back = await send(`${page}/kembali`, [['versi', '2']]);
    expect(back.headers.get('location')).toBe(`${page}?tersimpan=1`);
    expect(await (await get(house, page, office.cookie)).text()).toContain(
      'Dikembalikan oleh Petugas Pertama',
    );
    expect((await people.onList(house.db, event.id, budi!.id))!.removed).toBeNull();
  });

  test('whoever holds two offices is shown with both', async () => {
    const event = await newEvent();
    const bytes = await readFile(new URL('../../cases/10-two-offices.csv', import.meta.url));
    const looked = await (await upload(`${event.at}/pratinjau`, bytes)).text();
    expect(looked).toContain('4 tempat, 2 orang');
    expect(looked).toContain('Satu orang, dua jabatan: 2 baris');
    await confirm(event, bytes);
    const all = await people.all(house.db, event.id);
    expect(all).toHaveLength(4);
    const penjabat = all.find(({ jabatan }) => jabatan === 'Pj. Kepala Desa')!;
    const html = await (await get(house, `${event.at}/${penjabat.id}`, office.cookie)).text();
    expect(html).toMatch(/Juga di daftar ini[\s\S]*Kasi Pemerintahan/);
    const list = await (await get(house, event.at, office.cookie)).text();
    expect(list).toMatch(/Juga <a href="[^"]*">Kasi Pemerintahan<\/a>/);

    // Who has signed for both is one person with two offices, and so they stand on the public list.
    await house.db.execute(sql`select open_event(${event.id}, ${office.officerId}::uuid, null)`);
    for (const { id, nama } of all) if (nama === 'CONTOH RANGKAP') await hasSigned(house.services, id);
    await house.services.publish();
    const shown = await (await house.request(`/daftar/kegiatan/${event.id}`)).text();
    expect(shown).toMatch(
      /Camat<\/div><div class="below">Juga <a href="\/p\/[0-9A-Z-]{14}">Plt. Camat<\/a>, Arut Selatan/,
    );
    expect(shown).toMatch(/Plt. Camat<\/div><div class="below">Juga <a href="[^"]*">Camat<\/a>, Kumai/);
    expect(shown).not.toContain('19860926');
  });
});

describe('another office', () => {
  test('finds nothing at any of these addresses', async () => {
    const event = await newEvent();
    await confirm(event, FILE);
    const [budi] = await people.all(house.db, event.id);
    for (const path of ['', '/unggah', '/templat.csv', '/templat-wilayah.csv', `/${budi!.id}`]) {
      expect([path, (await get(house, event.at + path, other.cookie)).status]).toEqual([path, 404]);
      expect([path, (await house.request(event.at + path)).status]).toEqual([path, 303]);
    }
    for (const path of ['', '/tabel-kode', `/${budi!.id}`]) {
      expect((await post(house, event.at + path, other.cookie, { versi: '1' })).status).toBe(404);
    }
    expect((await upload(`${event.at}/pratinjau`, FILE, other.cookie)).status).toBe(404);
    const base = `/kantor/kegiatan/${event.id}`;
    for (const path of ['/ekspor', '/ekspor.csv', '/ekspor.csv?isi=semua']) {
      expect((await get(house, base + path, other.cookie)).status).toBe(404);
      expect((await house.request(base + path)).status).toBe(303);
    }
    expect(await people.version(house.db, event.id)).toBe(1);
  });

  test('a person of one event is not found under another', async () => {
    const event = await newEvent();
    const second = await newEvent();
    await confirm(event, FILE);
    const [budi] = await people.all(house.db, event.id);
    expect((await get(house, `${second.at}/${budi!.id}`, office.cookie)).status).toBe(404);
  });

  test('downloads only from its own area', async () => {
    expect((await get(house, '/kantor/ekspor.csv?wilayah=35.07', office.cookie)).status).toBe(404);
    expect((await get(house, "/kantor/ekspor.csv?wilayah=62.01'--", office.cookie)).status).toBe(404);
    expect((await get(house, '/kantor/ekspor.csv?wilayah=62.01.02', office.cookie)).status).toBe(200);
    expect((await get(house, '/kantor/ekspor', office.cookie)).status).toBe(200);
  });
});

test('a recap is a download, and for nobody’s cache', async () => {
  const event = await newEvent();
  await confirm(event, FILE);
  const file = await get(house, `/kantor/kegiatan/${event.id}/ekspor.csv?isi=semua`, office.cookie);
  expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(file.headers.get('content-disposition')).toMatch(
    /^attachment; filename="daftar-[0-9a-z]+-\d{4}-\d\d-\d\d\.csv"$/,
  );
  expect(file.headers.get('cache-control')).toBe('no-store');
  expect(await file.text()).toContain('H. Budi, S.Sos., M.AP.');
});

test('a page of the list takes any words that are typed', async () => {
  const event = await newEvent();
  await confirm(event, FILE);
  for (const query of [
    'cari=%25%5C_',
    'setelah=x',
    'setelah=62.01%7C',
    'status=x',
    'wilayah=%27',
    `cari=${'x'.repeat(5000)}`,
    'tersimpan=%3Cb%3E',
  ]) {
    expect([query, (await get(house, `${event.at}?${query}`, office.cookie)).status]).toEqual([query, 200]);
  }
});

test('a file survives being packed', async () => {
  const bytes = randomBytes(10_000);
  const { unpack } = await import('../../../src/lib/pack.ts');
  expect(await unpack(await pack(bytes), 10_000)).toEqual(bytes);
  expect(await unpack(await pack(bytes), 9_999)).toBeNull();
  expect(await unpack((await pack(bytes)).slice(0, -40), 10_000)).toBeNull();
});

test('each row with a complaint is named, however many there are', async () => {
  const event = await newEvent();
  const cells = Array.from({ length: 400 }, () => ['62.01', 'ASN', 'Budi', 'Analis', '1986']);
  const file = formatCsv([['Kode wilayah', 'Unsur', 'Nama', 'Jabatan', 'NIP'], ...cells]);
  const html = await (await upload(`${event.at}/pratinjau`, file)).text();
  expect(html).toContain('100 baris lagi');
  expect(html).toContain('NIP harus 18 angka: baris 302–401');
});

test('a file without a column that we know is told what was read as its headings', async () => {
  const event = await newEvent();
  const html = await (
    await upload(`${event.at}/pratinjau`, 'Kode wilayah;Unsur;ORANG\n62.01;ASN;Budi\n')
  ).text();
  expect(html).toContain('Kolom &quot;Nama&quot; tidak ada');
  expect(html).toContain('Baris 1 dibaca sebagai judul kolom: Kode wilayah, Unsur, ORANG.');
});

test('people that a stray quote has joined aren’t lost without a word', async () => {
  const event = await newEvent();
  const rows = Array.from(
    { length: 80 },
    (_, at) => `${at + 1};62.01.01.2001;kades;Budi;${at === 2 ? '"lihat SK' : at === 78 ? 'SK "2"' : ''}`,
  );
  const html = await (
    await upload(`${event.at}/pratinjau`, `No;Kode wilayah;Unsur;Nama;Ket\n${rows.join('\n')}\n`)
  ).text();
  expect(html).toContain('Ada ganti baris atau tanda kutip yang menyatukan sel');
  expect(html).toContain('id="baris-4"');
});

describe('what is done is said, and what was typed is kept', () => {
  const open = async () => {
    const event = await newEvent();
    await confirm(event, FILE);
    const [budi, siti] = await people.all(house.db, event.id);
    return { event, budi: budi!, siti: siti! };
  };
  const text = async (answer: Response | Promise<Response>): Promise<string> => (await answer).text();
  const shown = (path: string) => text(get(house, path, office.cookie));

  test('the list says what was written, and believes no address', async () => {
    const { event } = await open();
    expect(await shown(`${event.at}?tersimpan=2`)).toContain('2 baru.');
    for (const wrong of ['-5', '3', 'x', '']) {
      expect(await shown(`${event.at}?tersimpan=${wrong}`)).not.toContain('Daftar tersimpan');
    }
    const emptying = 'Kode wilayah;Unsur;Nama\n62.01.01.2008;kepala desa;\n62.01.02.1003;lurah;Ratna\n';
    const html = await text(upload(`${event.at}/pratinjau`, emptying));
    expect(html).toContain('1 nama dikosongkan');
    expect(html).toContain('1 nama berganti');
    expect(html).toMatch(/Baris sesudahnya:<\/span> Ratna; Lurah; tanpa NIP\/NRP/);
    const done = await confirm(event, emptying);
    expect(await shown(done.headers.get('location')!)).toContain('1 berubah, 1 namanya dikosongkan.');
  });

  test('a reason with no box ticked is said, and kept', async () => {
    const { event } = await open();
    const html = await text(upload(`${event.at}/pratinjau`, FILE.split('\n').slice(0, 2).join('\n')));
    const sent = { isi: hidden(html, 'isi'), versi: hidden(html, 'versi'), alasan: 'Jabatan dihapus' };
    const refused = await post(house, event.at, office.cookie, sent);
    expect(refused.status).toBe(422);
    const again = await refused.text();
    expect(again).toContain('Belum ada tempat yang dicentang');
    expect(again).toContain('value="Jabatan dihapus"');
    expect((await post(house, event.at, office.cookie, { ...sent, alasan: '' })).status).toBe(303);
  });

  test('taking off after another officer changed the list keeps the reason', async () => {
    const { event, budi } = await open();
    await confirm(event, FILE.replace('Siti', 'Ratna'));
    const off = `${event.at}/${budi.id}/keluar`;
    const late = await post(house, off, office.cookie, { versi: '1', alasan: 'Jabatan dihapus' });
    expect(late.status).toBe(409);
    const html = await late.text();
    expect(html).toContain('Bila tetap perlu, tekan Keluarkan sekali lagi.');
    expect(html).toContain('value="Jabatan dihapus"');
    const done = await post(house, off, office.cookie, { versi: '2', alasan: 'Jabatan dihapus' });
    expect(await shown(done.headers.get('location')!)).toContain('Tempat ini dikeluarkan dari daftar.');

    const twice = await post(house, off, office.cookie, { versi: '3', alasan: 'Sebab lain' });
    expect(twice.status).toBe(409);
    const gone = await twice.text();
    expect(gone).toContain('Tempat ini sudah dikeluarkan dari daftar');
    expect(gone).toContain('Alasan dari Anda tidak tersimpan: Sebab lain.');

    const edited = await post(house, `${event.at}/${budi.id}`, office.cookie, {
      versi: '3',
      nama: 'Budi Baru',
    });
    expect(edited.status).toBe(409);
    const kept = await edited.text();
    expect(kept).toContain('value="Budi Baru"');
    const back = await post(house, `${event.at}/${budi.id}/kembali`, office.cookie, {
      versi: hidden(kept, 'versi'),
      nama: 'Budi Baru',
    });
    expect(await shown(back.headers.get('location')!)).toContain('Tempat ini kembali ke daftar.');
    expect((await people.onList(house.db, event.id, budi.id))!.nama).toBe('Budi Baru');
  });

  test('a word that is no name can be mended where it is put back', async () => {
    const { event, budi } = await open();
    await post(house, `${event.at}/${budi.id}/keluar`, office.cookie, { versi: '1', alasan: 'Salah masuk' });
    await house.db.execute(sql`update person set nama = 'KOSONG' where id = ${budi.id}::uuid`);
    const path = `${event.at}/${budi.id}/kembali`;
    const refused = await post(house, path, office.cookie, { versi: '2' });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('name="nama"');
    expect((await post(house, path, office.cookie, { versi: '2', nama: '' })).status).toBe(303);
  });

  test('putting back asks where the number has another name now', async () => {
    const { event, budi, siti } = await open();
    const nip = '198609262015051001';
    await post(house, `${event.at}/${budi.id}`, office.cookie, { versi: '1', nama: 'Budi', nip });
    await post(house, `${event.at}/${budi.id}/keluar`, office.cookie, { versi: '2', alasan: 'Salah masuk' });
    const asked = await post(house, `${event.at}/${siti.id}`, office.cookie, {
      versi: '3',
      nama: 'Siti',
      nip,
    });
    expect(asked.status).toBe(422);
    expect(await asked.text()).toContain('Satu NIP/NRP, dua nama');
    await house.db.execute(sql`update person set nip = ${nip} where id = ${siti.id}::uuid`);
    const back = await post(house, `${event.at}/${budi.id}/kembali`, office.cookie, { versi: '3' });
    expect(back.status).toBe(422);
    const html = await back.text();
    expect(html).toContain('Satu NIP/NRP, dua nama');
    expect(html).toMatch(/name="pasti" value="nip-other-name/);
  });
});
