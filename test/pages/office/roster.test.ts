import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { randomBytes, utf8 } from '../../../src/lib/bytes.ts';
import { formatCsv, parseCsv } from '../../../src/lib/csv.ts';
import { pack } from '../../../src/lib/pack.ts';
import * as people from '../../../src/roster/people.ts';
import { COLUMNS, LIMITS } from '../../../src/roster/roster-file.ts';
import { hasSigned } from '../../cast.ts';
import { makeEvent } from '../../event.ts';
import { openHouse } from '../../house.ts';
import { found, get, type Office, post } from '../../office/office.ts';

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
    expect(again).not.toContain('name="isi"');
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
      'Kode wilayah;Unsur;Nama;Jabatan;NIP/NRP\n62.01;ASN;Budi, S.Sos.;Analis;1,98609E+17\n62.01.01.2008;kepala desa;<b>x\u202e</b>;;\n',
    );
    expect(looked.status).toBe(422);
    const html = await looked.text();
    expect(html).toContain('4 hal perlu diperbaiki');
    expect(html).toContain('Angka ini sudah dirusak Excel');
    expect(html).toContain('Nama memuat koma');
    expect(html).toContain('tersembunyi (U+202E)');
    expect(html).toContain('&lt;b&gt;x[U+202E]&lt;/b&gt;');
    expect(html).not.toContain('name="isi"');
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
    ['an Excel workbook', new Uint8Array([0x50, 0x4b, 3, 4, 20, 0]), 'Ini bukan berkas CSV'],
    ['nothing', '', 'Berkas kosong'],
    ['a column missing', 'Kode wilayah;Nama\n62.01.01.2008;Budi', 'Kolom &quot;Unsur&quot; tidak ada'],
    ['a column twice', 'Kode wilayah;Nama;Unsur;NAMA\n1;2;3;4', 'Kolom &quot;Nama&quot; ada dua kali'],
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
    const refused = await post(house, event.at, office.cookie, { isi: await pack(utf8(FILE)), versi: 'x' });
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
  expect((await empty.text()).replace('\ufeff', '')).toBe(`${COLUMNS.join(';')}\r\n`);

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
    await post(house, page, office.cookie, { ...fields, nama: 'Budi Lagi', versi: '2' });
    expect((await people.onList(house.db, event.id, budi.id))!.nip).toBe('198609262015051001');
    await post(house, page, office.cookie, { ...fields, nip: '-', versi: '3' });
    expect((await people.onList(house.db, event.id, budi.id))!.nip).toBe('');
  });

  test('complaints stand beside the fields, with what was typed', async () => {
    const { event, budi } = await open();
    const refused = await post(house, `${event.at}/${budi.id}`, office.cookie, {
      ...fields,
      nama: 'H. Budi',
      nip: '123',
    });
    expect(refused.status).toBe(422);
    const html = await refused.text();
    expect(html).toContain('Nama diawali gelar H.');
    expect(html).toContain('NIP harus 18 angka');
    expect(html).toContain('value="H. Budi"');
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
