/** A workbook on its way into a list: sheet, headings, complaints mended on the spot, import. */
import { readXlsx } from 'hucre';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Bytes } from '../../../src/lib/bytes.ts';
import { ROSTER_COLUMNS } from '../../../src/roster/column.ts';
import * as people from '../../../src/roster/people.ts';
import { makeEvent } from '../../event.ts';
import { openHouse } from '../../house.ts';
import { found, get, type Office, post } from '../../office/office.ts';
import { type SheetOf, workbookOf } from '../../sheet/workbook-of.ts';

const house = await openHouse();
let office: Office;
beforeAll(async () => {
  office = await found(house, { nama: 'Kantor Buku Kerja' });
});

const newEvent = async () => {
  const { kegiatanId } = await makeEvent(house.db, { of: office });
  return { id: kegiatanId, at: `/kantor/kegiatan/${kegiatanId}/daftar` };
};
const upload = async (at: string, file: Record<string, SheetOf | SheetOf['rows']> | Bytes) => {
  const body = new FormData();
  body.set('berkas', new File([file instanceof Uint8Array ? file : workbookOf(file)], 'Data Kades.xlsx'));
  const answer = await house.request(`${at}/pratinjau`, {
    method: 'POST',
    headers: { origin: house.services.config.origin, cookie: office.cookie },
    body,
  });
  return { status: answer.status, html: await answer.text() };
};
const hidden = (html: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';
const step = async (at: string, html: string, said: Record<string, string>) => {
  const answer = await post(house, `${at}/pratinjau`, office.cookie, { isi: hidden(html, 'isi'), ...said });
  return { status: answer.status, html: await answer.text() };
};
const store = async (at: string, html: string, said: Record<string, string> = {}) =>
  post(house, at, office.cookie, { isi: hidden(html, 'isi'), versi: hidden(html, 'versi'), ...said });

const HEAD = ['No', 'Kode wilayah', 'Unsur', 'Nama', 'NIP/NRP'];

test('one sheet with a list goes in as CSV does', async () => {
  const event = await newEvent();
  const { status, html } = await upload(event.at, {
    Daftar: [
      ['DAFTAR KEPALA DESA'],
      HEAD,
      [1, '62.01.01.2008', 'Kepala Desa', 'H. BUDI, S.Sos.', null],
      ['JUMLAH', null, null, 1],
    ],
  });
  expect(status).toBe(200);
  expect(html).toContain('lembar Daftar');
  expect(html).toContain('2 baris bukan orang: dilewati');
  expect((await store(event.at, html)).headers.get('location')).toBe(`${event.at}?tersimpan=1`);
  expect(await people.all(house.db, event.id)).toMatchObject([
    { gelarDepan: 'H.', nama: 'BUDI', gelarBelakang: 'S.Sos.' },
  ]);
});

test('of several sheets the officer chooses; hidden ones are left out and named', async () => {
  const event = await newEvent();
  const asked = await upload(event.at, {
    Kumai: [HEAD, [1, '62.01.01.2008', 'Kepala Desa', 'BUDI']],
    Rekap: [
      ['Kecamatan', 'Jumlah'],
      ['Kumai', 18],
    ],
    Lama: { rows: [HEAD, [1, '62.01.01.2001', 'Kepala Desa', 'LAMA']], state: 'hidden' },
  });
  expect(asked.status).toBe(200);
  expect(asked.html).toContain('Data Kades.xlsx berisi 2 lembar. Lembar mana yang berisi daftar nama?');
  expect(asked.html).toContain('Lembar tersembunyi dilewati');
  // The one with headings of a list is offered first.
  expect(asked.html).toMatch(/value="0" required="" checked=""/);
  // Nothing goes in before one is chosen, whoever sends it.
  const early = await store(event.at, asked.html, { versi: '0' });
  expect((await early.text()).includes('<h1>Pilih lembar</h1>')).toBe(true);
  expect(await people.all(house.db, event.id)).toEqual([]);
  const looked = await step(event.at, asked.html, { lembar: '0' });
  expect(looked.html).toContain('Simpan 1 baris');
  expect(looked.html).toContain('Lama. Bila perlu, tampilkan dahulu di Excel.');
  const other = await step(event.at, asked.html, { lembar: '1' });
  expect([other.status, other.html.includes('<h1>Kolom berkas</h1>')]).toEqual([422, true]);
});

test('headings that nobody knows are told once; the next file of the organiser is read by itself', async () => {
  const event = await newEvent();
  const file = {
    Sheet1: [
      ['Urutan', 'Kec', 'Wilayah Kerja', 'Pejabat Kades Definitif', 'Masa Bakti'],
      [1, 'KUMAI', 'SUNGAI KAPITAN', 'CONTOH SATU', '2021-2027'],
    ],
  };
  const asked = await upload(event.at, file);
  expect(asked.status).toBe(422);
  expect(asked.html).toContain('<h1>Kolom berkas</h1>');
  expect(asked.html).toContain('CONTOH SATU');
  // Guessed by its words, to be confirmed.
  expect(asked.html).toMatch(/name="kolom-3".*?<option selected="">Nama<\/option>/);
  const looked = await step(event.at, asked.html, {
    langkah: 'kolom',
    ...{
      'kolom-0': 'No',
      'kolom-1': 'Kecamatan',
      'kolom-2': 'Desa/Kelurahan',
      'kolom-3': 'Nama',
      'kolom-4': '',
    },
    unsur: 'tempat',
  });
  expect(looked.status).toBe(200);
  expect(looked.html).toContain('62.01.01.2008 · kepala desa');
  expect(looked.html).toContain('Simpan 1 baris');
  await store(event.at, looked.html);
  expect(await people.all(house.db, event.id)).toMatchObject([
    { wilayah: '62.01.01.2008', unsur: 'kepala desa' },
  ]);

  const next = await newEvent();
  const again = await upload(next.at, file);
  // The headings are known; whose unsur it is a file says each time.
  expect(again.html).toContain('Kolom &quot;Unsur&quot; tidak ada');
  expect((await step(next.at, again.html, { langkah: 'kolom', unsur: 'kepala desa' })).html).toContain(
    'Simpan 1 baris',
  );
});

test('complaints are mended in their rows, and all is checked again; nothing is stored before', async () => {
  const event = await newEvent();
  const looked = await upload(event.at, {
    A: [
      HEAD,
      [1, '62.01', 'ASN', 'CONTOH SATU', 198609262015051000],
      [2, 62.01, 'ASN', 'CONTOH DUA', '198609262015051002'],
      [3, '62.01.01.2008', 'Kepala Desa', 'KOSONG', null],
      [4, '62.01.02.1003', 'Lurah', 'SITI', null],
    ],
  });
  expect(looked.status).toBe(422);
  expect(looked.html).toContain(
    'Sel ini berisi angka, bukan teks: baris <a href="#baris-2">2</a>, <a href="#baris-3">3</a>',
  );
  expect(looked.html).toContain('Excel dapat mengubah angka di B3.');
  expect(looked.html).toMatch(/name="sel-2-4" value=""/);
  // Sent as it is, nothing of it is mended.
  const still = await step(event.at, looked.html, { langkah: 'perbaiki', 'sel-2-4': '', 'sel-3-1': '' });
  expect([still.status, still.html.includes('3 baris perlu diperbaiki')]).toEqual([422, true]);
  const mended = await step(event.at, looked.html, {
    langkah: 'perbaiki',
    'sel-2-4': '198609262015051001',
    'sel-3-1': '62.01',
    hapus: '4',
  });
  // An ASN needs an office; the column is not in the file.
  expect(mended.html).toContain('Jabatan');
  const whole = await upload(event.at, {
    A: [
      [...HEAD, 'Jabatan'],
      [1, 62.01, 'ASN', 'CONTOH SATU', '198609262015051001', 'Analis'],
      [2, '62.01.02.1003', 'Lurah', 'SITI', null, null],
    ],
  });
  const good = await step(event.at, whole.html, { langkah: 'perbaiki', 'sel-2-1': '62.01' });
  expect([good.status, good.html.includes('Simpan 2 baris')]).toEqual([200, true]);
  expect(await people.all(house.db, event.id)).toEqual([]);
  expect((await store(event.at, good.html)).headers.get('location')).toBe(`${event.at}?tersimpan=2`);
});

test('a row that is struck out stays out, and is told', async () => {
  const event = await newEvent();
  const looked = await upload(event.at, {
    A: [
      HEAD,
      [1, '62.01.01.2008', 'Kepala Desa', 'KOSONG', null],
      [2, '62.01.02.1003', 'Lurah', 'SITI', null],
    ],
  });
  const mended = await step(event.at, looked.html, { langkah: 'perbaiki', hapus: '2' });
  expect(mended.html).toContain('1 baris Anda hapus di sini');
  await store(event.at, mended.html);
  expect((await people.all(house.db, event.id)).map(({ nama }) => nama)).toEqual(['SITI']);
});

test('columns can be set anew from the preview, and hidden rows are told', async () => {
  const event = await newEvent();
  const looked = await upload(event.at, {
    A: { rows: [HEAD, [1, '62.01.01.2008', 'Kepala Desa', 'BUDI', null]], hiddenRows: [2] },
  });
  expect(looked.html).toContain('1 baris tersembunyi ikut dibaca');
  const set = await step(event.at, looked.html, { langkah: 'atur' });
  expect([set.status, set.html.includes('Pakai dan periksa')]).toEqual([200, true]);
  const other = await step(event.at, set.html, { langkah: 'judul', baris: '2' });
  expect(other.html).toContain('Sekarang baris 2 yang dibaca sebagai judul');
});

describe('what goes out', () => {
  const read = async (answer: Response) => {
    expect(answer.headers.get('content-type')).toBe(
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    );
    const bytes = new Uint8Array(await answer.arrayBuffer());
    // By another library than the one that wrote it.
    const { sheets } = await readXlsx(bytes);
    return {
      bytes,
      name: sheets[0]!.name,
      rows: sheets[0]!.rows.map((row) => row.map((cell) => cell ?? '')),
    };
  };

  test('the offices of the area to be filled in, all text, go in as they are', async () => {
    const event = await newEvent();
    const filled = await read(await get(house, `${event.at}/templat-wilayah.xlsx`, office.cookie));
    expect(filled.rows).toHaveLength(95);
    expect(filled.rows[0]).toEqual([...ROSTER_COLUMNS]);
    expect(filled.rows[1]!.slice(0, 5)).toEqual(['1', '62.01.01.1011', 'Kumai', 'Candi', 'lurah/camat']);
    const looked = await upload(event.at, filled.bytes);
    expect((await store(event.at, looked.html)).headers.get('location')).toBe(`${event.at}?tersimpan=94`);
    const empty = await read(await get(house, `${event.at}/templat.xlsx`, office.cookie));
    expect(empty.rows).toEqual([[...ROSTER_COLUMNS]]);
  });

  test('the list with what was mended in it, and without what stood around it', async () => {
    const event = await newEvent();
    const looked = await upload(event.at, {
      Kumai: [
        ['DAFTAR'],
        [...HEAD, 'Catatan'],
        [1, '62.01', 'ASN', "=O'CONTOH", 198609262015051000, 'baru'],
        [2, '62.01.01.2008', 'Kepala Desa', 'KOSONG', null, null],
        ['JUMLAH', null, null, 2],
      ],
    });
    const answer = await post(house, `${event.at}/perbaikan.xlsx`, office.cookie, {
      isi: hidden(looked.html, 'isi'),
      'sel-3-4': '198609262015051001',
      hapus: '4',
    });
    expect(answer.headers.get('content-disposition')).toContain(
      "filename*=UTF-8''Data%20Kades%20%28diperbaiki%29.xlsx",
    );
    const mended = await read(answer);
    expect([mended.name, ...mended.rows]).toEqual([
      'Kumai',
      [...HEAD, 'Catatan'],
      ['1', '62.01', 'ASN', "=O'CONTOH", '198609262015051001', 'baru'],
    ]);
    const broken = await post(house, `${event.at}/perbaikan.xlsx`, office.cookie, { isi: 'x' });
    expect([broken.status, (await broken.text()).includes('Berkas kosong')]).toEqual([422, true]);
  });
});
