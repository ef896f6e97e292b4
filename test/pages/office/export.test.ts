/** The page of recaps, and what its buttons give: which rows, which form, whole numbers for a reason alone, and no PDF that is too long. */
import { sql } from 'drizzle-orm';
import { readXlsx } from 'hucre';
import { beforeAll, expect, test } from 'vitest';
import { MOST_ON_PAPER } from '../../../src/export/recap-paper.ts';
import { parseRecord } from '../../../src/office/record.ts';
import { type Cast, hasSigned, openCast } from '../../cast.ts';
import { openHouse } from '../../house.ts';
import { readPdf } from '../../kertas/read-pdf.ts';
import { found, get, join, type Office, post } from '../../office/office.ts';

const house = await openHouse();
const { db, services } = house;
let office: Office;
let cast: Cast;
let here: string;

beforeAll(async () => {
  office = await found(house);
  cast = await openCast(db, { of: office });
  await hasSigned(services, cast.siti);
  await services.publish();
  here = `/kantor/kegiatan/${cast.kegiatanId}/ekspor`;
});

/** Ratna's, who hasn't signed. */
const NIP = '198609262015052001';
const TITLE = 'Deklarasi Netralitas Kepala Desa dan Lurah';
const REASON = 'Verifikasi kepegawaian oleh BKPSDM';

const workbook = async (answer: Response) => {
  expect(answer.headers.get('content-type')).toBe(
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  );
  const { sheets } = await readXlsx(new Uint8Array(await answer.arrayBuffer()));
  const [rekap, ringkasan] = sheets.map(({ rows }) => rows.map((row) => row.map((cell) => cell ?? null)));
  const [heading, ...rows] = rekap!;
  return {
    rows: rows.map((row) => Object.fromEntries(heading!.map((name, at) => [String(name), row[at] ?? null]))),
    ringkasan: ringkasan!,
  };
};
const excel = async (query = '', who = office) =>
  workbook(await get(house, `${here}.xlsx${query}`, who.cookie));
const paper = async (answer: Response) => {
  expect(answer.headers.get('content-type')).toBe('application/pdf');
  const pdf = await readPdf(new Uint8Array(await answer.arrayBuffer()));
  const [page] = pdf.document.getPages();
  const text = pdf.pages.flatMap(({ lines }) => lines.map((line) => line.text.trim())).join(' ');
  return { text, width: Math.round(page!.getWidth()), qrs: pdf.pages.flatMap(({ qrs }) => qrs) };
};
const records = async (what: () => Promise<unknown>) => {
  const last = async () =>
    (await db.execute<{ id: string }>(sql`select coalesce(max(id), 0) as id from riwayat`))[0]!.id;
  const before = await last();
  await what();
  const rows = await db.execute<{ isi: string }>(
    sql`select isi from riwayat where id > ${before} order by id`,
  );
  return rows.map(({ isi }) => parseRecord(isi));
};

test('the page asks which rows and which form, and each form has its button', async () => {
  const html = await (await get(house, here, office.cookie)).text();
  for (const value of ['penanda', 'semua', 'belum']) expect(html).toContain(`name="isi" value="${value}"`);
  for (const end of ['xlsx', 'pdf', 'csv']) expect(html).toContain(`formaction="${here}.${end}"`);
  expect(html).toMatch(/name="kertas" value="a4"[^>]*>Unduh PDF A4/);
  expect(html).toMatch(/name="kertas" value="f4"[^>]*>Unduh PDF F4/);
  expect(html).toContain('1 baris.');
  for (const sentence of html.replace(/<[^>]+>/g, '\n').split(/[.\n]/))
    expect(sentence.trim().split(/\s+/).length, sentence).toBeLessThan(16);
});

test('a workbook of who has signed, of all, and of who has not', async () => {
  const names = async (query: string) =>
    (await excel(query)).rows.map((row) => `${row['Nama dan gelar']} ${row.Status}`);
  const all = await names('?isi=semua');
  expect(await names('')).toEqual(['Hj. Siti Contoh, S.Sos., M.AP. Sudah']);
  expect(all).toContain('Hj. Siti Contoh, S.Sos., M.AP. Sudah');
  expect(await names('?isi=belum')).toEqual(all.filter((row) => row.endsWith(' Belum')));
  expect(all.length).toBeGreaterThan(2);
});

test('its summary counts the same, and says who printed it', async () => {
  const { rows, ringkasan } = await excel('?isi=semua');
  const told = Object.fromEntries(ringkasan.map(([name, value]) => [String(name), value]));
  expect(told).toMatchObject({ Kegiatan: TITLE, 'Isi berkas': 'Seluruh daftar' });
  expect(told.Dicetak).toBeInstanceOf(Date);
  const total = ringkasan.find(([name]) => name === 'Jumlah')!;
  expect(total.slice(2, 7)).toEqual([rows.length, 1, '–', rows.length - 1, 0]);
  expect(ringkasan.at(-1)![0]).toMatch(/^Catatan: \d+ entri, akar [\w+/]{43}=$/);
});

test('of one kecamatan alone: rows and counts', async () => {
  const all = (await excel('?isi=semua')).rows;
  const kecamatan = String(all[0]!['Kode wilayah']).slice(0, 8);
  const { rows, ringkasan } = await excel(`?isi=semua&wilayah=${kecamatan}`);
  expect(rows).toEqual(all.filter((row) => String(row['Kode wilayah']).startsWith(kecamatan)));
  expect(ringkasan.find(([name]) => name === 'Jumlah')![2]).toBe(rows.length);
  expect((await get(house, `${here}.xlsx?wilayah=99.99`, office.cookie)).status).toBe(404);
  expect((await get(house, `${here}.xlsx?wilayah='`, office.cookie)).status).toBe(404);
});

test('on paper, A4 or F4, with the way to the public page', async () => {
  const a4 = await paper(await get(house, `${here}.pdf?isi=semua`, office.cookie));
  expect(a4.width).toBe(842);
  expect(a4.text).toContain('REKAP SELURUH DAFTAR');
  expect(a4.text).toContain('Siti Contoh');
  expect(a4.text).not.toMatch(/\d{18}/);
  expect(a4.qrs.map((qr) => qr.toLowerCase())).toEqual([
    `${services.config.origin}/daftar/kegiatan/${cast.kegiatanId}`,
  ]);
  expect((await paper(await get(house, `${here}.pdf?kertas=f4`, office.cookie))).width).toBe(935);
  expect((await get(house, `${here}.pdf?kertas=a3`, office.cookie)).status).toBe(404);
  // What it leads to is there.
  expect((await house.request(`/daftar/kegiatan/${cast.kegiatanId}`)).status).toBe(200);
});

test('of several events in an area', async () => {
  const { rows, ringkasan } = await workbook(await get(house, '/kantor/ekspor.xlsx', office.cookie));
  expect(rows.map((row) => [row.No, row['Nama dan gelar'], row.Keterangan])).toEqual([
    [1, 'Hj. Siti Contoh, S.Sos., M.AP.', TITLE],
  ]);
  expect(ringkasan.find(([name]) => name === 'Jumlah')![3]).toBe(1);
  const { text } = await paper(await get(house, '/kantor/ekspor.pdf?wilayah=62.01', office.cookie));
  expect(text).toContain('Semua kegiatan di ');
  for (const end of ['xlsx', 'pdf']) {
    expect((await get(house, `/kantor/ekspor.${end}?wilayah=62.02`, office.cookie)).status).toBe(404);
    expect((await get(house, `/kantor/ekspor.${end}?wilayah=62.01.99`, office.cookie)).status).toBe(404);
  }
});

test.each(['xlsx', 'a4', 'f4', 'csv'])(
  'whole numbers in %s for a reason, which is on record and in the file',
  async (bentuk) => {
    const left = await records(async () => {
      const answer = await post(house, here, office.cookie, {
        bentuk,
        isi: 'semua',
        keperluan: `  ${REASON} `,
      });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-disposition')).toMatch(/-nip-lengkap-\d{4}-\d\d-\d\d\.\w+"$/);
      if (bentuk === 'xlsx') {
        const { rows, ringkasan } = await workbook(answer);
        expect(rows.map((row) => row['NIP/NRP'])).toContain(NIP);
        expect(ringkasan.flat()).toContain(`NIP/NRP lengkap, untuk: ${REASON}.`);
      } else if (bentuk === 'csv') {
        expect(await answer.text()).toContain(`;'${NIP};`);
      } else {
        const { text } = await paper(answer);
        expect(text).toContain(NIP);
        expect(text).toContain(`untuk: ${REASON}.`);
      }
    });
    expect(left).toMatchObject([
      { tindakan: 'rekap-unduh', perihal: 'seluruh daftar, NIP lengkap', sesudah: { keperluan: REASON } },
    ]);
  },
);

test('and of an area', async () => {
  const answer = await post(house, '/kantor/ekspor', office.cookie, {
    bentuk: 'xlsx',
    wilayah: '62.01',
    keperluan: REASON,
  });
  const [row] = (await workbook(answer)).rows;
  expect(Object.keys(row!)).toContain('NIP/NRP');
  expect(answer.headers.get('content-disposition')).toContain('nip-lengkap');
});

test.each(['', 'singkat', '12345678901', 'x'.repeat(201), 'NIP 198609262015051001 diperlukan'])(
  'without a reason (%j) they stay hidden, and nothing is on record',
  async (keperluan) => {
    for (const path of [here, '/kantor/ekspor']) {
      const left = await records(async () => {
        const answer = await post(house, path, office.cookie, { bentuk: 'f4', isi: 'belum', keperluan });
        expect(answer.status).toBe(422);
        const html = await answer.text();
        expect(html).toContain('Tulis keperluannya, 10 sampai 200 huruf, tanpa nomor panjang.');
        expect(html).toContain('<details open');
        // What was chosen stays so.
        expect(html).toMatch(/value="f4" selected/);
        if (path === here) expect(html).toMatch(/value="belum" selected/);
      });
      expect(left).toEqual([]);
    }
  },
);

test('an address can’t ask for them, nor another site', async () => {
  const { rows } = await excel(`?isi=semua&keperluan=${REASON}&bentuk=xlsx`);
  expect(rows.map((row) => row['NIP/NRP (tersamar)'])).toContain('••••••••••••••2001');
  const answer = await house.request(here, {
    method: 'POST',
    headers: { origin: 'https://jahat.example', cookie: office.cookie },
    body: new URLSearchParams({ keperluan: REASON, bentuk: 'xlsx' }),
  });
  expect(answer.status).toBe(403);
  const form = await post(house, here, office.cookie, { keperluan: REASON, bentuk: 'docx' });
  expect(form.status).toBe(404);
});

test('a pengawas reads recaps, a petugas does not', async () => {
  const reader = await join(house, office, 'Pengawas Contoh');
  await db.execute(
    sql`update officer_role set peran = 'pengawas' where officer_id = ${reader.officerId}::uuid`,
  );
  expect((await excel('', reader)).rows).toHaveLength(1);
  await db.execute(
    sql`update officer_role set peran = 'petugas' where officer_id = ${reader.officerId}::uuid`,
  );
  for (const end of ['xlsx', 'pdf', 'csv'])
    expect((await get(house, `${here}.${end}`, reader.cookie)).status).toBe(403);
  expect((await post(house, here, reader.cookie, { keperluan: REASON, bentuk: 'xlsx' })).status).toBe(403);
});

test('more than a PDF holds is told, and not recorded; a kecamatan of them is a file, and so is all of them as a workbook', async () => {
  await db.execute(sql`
    insert into person (id, kegiatan_id, tempat, roster_versi, wilayah, unsur, gelar_depan, nama, gelar_belakang, jabatan, nip,
      pangkat, unit_kerja)
    select gen_random_uuid(), ${cast.kegiatanId}, 'tempat ' || n, 1, '62.01.01.2008', 'kepala desa', '', 'Orang ' || n, '', 'Kepala Desa', '', '', ''
    from generate_series(1, ${MOST_ON_PAPER}::integer) n`);
  const left = await records(async () => {
    const answer = await get(house, `${here}.pdf?isi=semua`, office.cookie);
    expect(answer.status).toBe(409);
    const html = await answer.text();
    expect(html).toContain('Lebih dari 2.000 baris tidak muat dalam satu PDF');
    expect(html).toContain('Pilih satu kecamatan, atau unduh sebagai Excel.');
    expect(html).toMatch(/value="semua" checked/);
  });
  expect(left).toEqual([]);
  expect((await excel('?isi=semua')).rows.length).toBeGreaterThan(MOST_ON_PAPER);
  const { text } = await paper(await get(house, `${here}.pdf?isi=semua&wilayah=62.01.02`, office.cookie));
  expect(text).not.toContain('Orang 1 ');
});
