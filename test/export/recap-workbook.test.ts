import { readXlsx } from 'hucre';
import { expect, test } from 'vitest';
import { recapColumns } from '../../src/export/recap.ts';
import { recapWorkbook } from '../../src/export/recap-workbook.ts';
import { concat } from '../../src/lib/bytes.ts';
import { batchesOf, recapAbout, recapRow } from './recap-rows.ts';

const read = async (form: { counted?: boolean; full?: boolean } = {}) => {
  const pieces: Uint8Array[] = [];
  const rows = [recapRow(1), recapRow(3), recapRow(4, { urut: null, nama: '=1+1' })];
  for await (const piece of recapWorkbook(batchesOf(rows, 2), recapAbout, form)) pieces.push(piece);
  const { sheets } = await readXlsx(concat(...pieces), { readStyles: true });
  const tables = sheets.map(({ rows }) => rows.map((row) => row.map((cell) => cell ?? null)));
  return { sheets, rekap: tables[0]!, ringkasan: tables[1]! };
};

test('a row for each place, with typed cells', async () => {
  const { sheets, rekap } = await read();
  expect(sheets.map(({ name }) => name)).toEqual(['Rekap', 'Ringkasan']);
  const heading = recapColumns({ full: false }).map(({ name }) => name);
  expect(rekap[0]).toEqual(heading);
  const of = (row: number) => Object.fromEntries(heading.map((name, at) => [name, rekap[row]![at] ?? null]));
  expect(of(1)).toMatchObject({
    No: 1,
    'Kode wilayah': '62.01.02.2002',
    'NIP/NRP (tersamar)': '••••••••••••••1001',
    Status: 'Sudah',
    'Waktu tanda tangan': new Date('2026-11-23T09:11:00Z'),
    'Nomor dokumen': '800/1/IKRAR/BKBP/XI/2026',
    'Kode verifikasi': '7K3F-9QXM-2DAB',
  });
  expect(of(2)).toMatchObject({ Status: 'Belum', 'Waktu tanda tangan': null, 'Nomor dokumen': null });
  expect(of(3)).toMatchObject({ No: null, 'Nama dan gelar': '=1+1' });
  expect(sheets[0]!.cells!.get('1,11')!.style!.numFmt).toContain('"WIB"');
  expect(sheets[0]!.cells!.get('1,13')!.style!.numFmt).toBe('@');
});

test('in full where it is asked, and numbered where rows are of several lists', async () => {
  const { rekap } = await read({ full: true, counted: true });
  expect(rekap[0]![8]).toBe('NIP/NRP');
  expect(rekap[1]![8]).toBe('198609262015051001');
  expect(rekap.slice(1).map(([no]) => no)).toEqual([1, 2, 3]);
});

test('the second sheet says how many, per kecamatan and in total, when, and by whom', async () => {
  const { sheets, ringkasan } = await read();
  const told = ringkasan.map((row) => row.filter((cell) => cell !== null));
  expect(told.slice(0, 7)).toEqual([
    ['Rekap ikrar netralitas'],
    ['Penyelenggara', recapAbout.organizer],
    ['Kegiatan', recapAbout.title],
    ['Isi berkas', 'Seluruh daftar'],
    ['Dicetak', new Date('2026-11-27T10:05:00Z')],
    ['Oleh', 'Rina Contoh'],
    ['Daftar publik', recapAbout.address],
  ]);
  expect(sheets[1]!.cells!.get('4,1')!.style!.numFmt).toContain('"WIB"');
  expect(told.slice(8, 13)).toEqual([
    ['Kecamatan', 'Kode', 'Wajib', 'Sudah', 'Diwakili', 'Belum', 'Dicabut', 'Persen'],
    ['Kotawaringin Barat', '62.01', 2, 0, '–', 2, 0, 0],
    ['Kumai', '62.01.01', 17, 15, '–', 1, 1, 0.882],
    ['Arut Selatan', '62.01.02', 1300, 1300, '–', 0, 0, 1],
    ['Jumlah', 1319, 1315, '–', 3, 1, 0.997],
  ]);
  expect(told.slice(13).flat()).toEqual(['Diwakili: belum dicatat di layanan ini.', ...recapAbout.notes]);
});
