import { expect, test } from 'vitest';
import type { RecapRow } from '../../src/export/recap.ts';
import { drawRecap, type RecapSize } from '../../src/export/recap-paper.ts';
import type { RecapAbout } from '../../src/export/recap-workbook.ts';
import { concat } from '../../src/lib/bytes.ts';
import { readPdf } from '../kertas/read-pdf.ts';
import { recapAbout, recapRow } from './recap-rows.ts';

async function drawn(
  rows: readonly RecapRow[],
  { size = 'a4', full = false, ...about }: Partial<RecapAbout> & { size?: RecapSize; full?: boolean } = {},
) {
  const pieces: Uint8Array[] = [];
  for await (const piece of drawRecap(rows, { ...recapAbout, ...about }, { size, full })) pieces.push(piece);
  return { bytes: concat(...pieces), pieces };
}
const read = async (...given: Parameters<typeof drawn>) => readPdf((await drawn(...given)).bytes);
const many = (count: number) => Array.from({ length: count }, (_, at) => recapRow(at + 1));
const textOf = (lines: readonly { text: string }[]) =>
  lines
    .map(({ text }) => text.trim())
    .join(' ')
    .replace(/ +/g, ' ');

test.each([
  ['a4', 841.89, 595.28],
  ['f4', 935.43, 609.45],
] as const)('%s lies across, and nothing stands outside its margins', async (size, width, height) => {
  const pdf = await read(many(120), { size });
  for (const page of pdf.document.getPages()) {
    expect(page.getWidth()).toBeCloseTo(width, 1);
    expect(page.getHeight()).toBeCloseTo(height, 1);
  }
  for (const { lines } of pdf.pages)
    for (const { x, y } of lines) {
      expect(x).toBeGreaterThan(30);
      expect(x).toBeLessThan(width - 30);
      expect(y).toBeGreaterThan(20);
      expect(y).toBeLessThan(height - 30);
    }
});

test('each place once and in order, under a heading on each sheet, with page x of y', async () => {
  const rows = many(852);
  const pdf = await read(rows);
  const lines = pdf.pages.flatMap((page) => page.lines);
  const numbers = pdf.pages.flatMap(({ lines }) => {
    const left = Math.min(...lines.map(({ x }) => x));
    return lines
      .filter(({ x, text }) => x < left + 22 && /^\d+ ?$/.test(text))
      .map(({ text }) => Number(text));
  });
  expect(numbers).toEqual(rows.map(({ urut }) => urut));
  expect(pdf.pages.length).toBeGreaterThan(20);
  for (const [at, { lines }] of pdf.pages.entries()) {
    const text = textOf(lines);
    expect(text).toContain(`Halaman ${at + 1} dari ${pdf.pages.length}`);
    if (at < pdf.pages.length - 2) expect(text).toContain('Kode wilayah Kecamatan');
  }
  expect(lines.some(({ text }) => /\d{12}/.test(text))).toBe(false);
});

test('letterhead, title, when and by whom; the summary, and where the head of the office signs', async () => {
  const pdf = await read(many(3));
  const text = textOf(pdf.pages.flatMap(({ lines }) => lines));
  for (const told of [
    'BADAN KESATUAN BANGSA DAN POLITIK KABUPATEN KOTAWARINGIN BARAT',
    'REKAP SELURUH DAFTAR',
    'Deklarasi Netralitas Kepala Desa se-Kotawaringin Barat',
    'Seluruh daftar: 3 baris. Dicetak Jumat, 27 November 2026 pukul 10.05 WIB oleh Rina Contoh.',
    'Ringkasan Kecamatan Kode Wajib Sudah Diwakili Belum Dicabut Persen',
    'Kumai 62.01.01 17 15 – 1 1 88,2%',
    'Jumlah 1.319 1.315 – 3 1 99,7%',
    '.............................., 27 November 2026 Kepala Badan Kesatuan Bangsa dan Politik',
    'NIP ....',
  ])
    expect(text).toContain(told);
  expect(pdf.pages.flatMap(({ qrs }) => qrs)).toEqual(['https://IKRAR.EXAMPLE/daftar/kegiatan/7h2kq0v9xa']);
  expect([pdf.lang, pdf.marked, pdf.displaysTitle]).toEqual(['id-ID', true, true]);
  expect(pdf.elements.filter(({ type }) => type === 'H1').map((one) => one.text.trim())).toEqual([
    'REKAP SELURUH DAFTAR',
  ]);
  expect(pdf.elements.find(({ type }) => type === 'Figure')!.alt).toBe(`Kode QR: ${recapAbout.address}`);
});

test('a chief of Bawaslu is its Ketua; without a public page there is no code', async () => {
  const pdf = await read(many(1), { organizer: 'Bawaslu Kabupaten Contoh', address: null });
  expect(textOf(pdf.pages.flatMap(({ lines }) => lines))).toContain('Ketua Bawaslu Kabupaten Contoh,');
  expect(pdf.pages.flatMap(({ qrs }) => qrs)).toEqual([]);
});

test('a long name wraps and is whole, and so is a remark that is higher than a sheet', async () => {
  const nama =
    'Prof. Dr. Ir. H. Muhammad Abdurrahman Wicaksono Kusumaningrat Suryaningprang, S.Sos., M.AP., Ph.D.';
  const keterangan = Array.from({ length: 900 }, (_, at) => `kata${at}`).join(' ');
  const pdf = await read([recapRow(1), recapRow(2, { nama, keterangan }), recapRow(3)]);
  const text = textOf(pdf.pages.flatMap(({ lines }) => lines.filter(({ mark }) => mark !== null)));
  for (const word of nama.split(' ')) expect(text).toContain(word);
  const found = [...text.matchAll(/kata(\d+)/g)].map(([, at]) => Number(at));
  expect(found).toEqual(Array.from({ length: 900 }, (_, at) => at));
});

test('a letter that no paper of ours can draw stops nothing', async () => {
  const pdf = await read([recapRow(1, { nama: 'Contoh 漢字', keterangan: 'a\nb\u0007' })], { by: '漢' });
  expect(textOf(pdf.pages.flatMap(({ lines }) => lines))).toContain('Contoh ??');
});

test('nothing at all is a file too', async () => {
  expect(textOf((await read([])).pages[0]!.lines)).toContain('0 baris');
});

test('it leaves in parts', async () => {
  const { pieces } = await drawn(many(852));
  expect(pieces.length).toBeGreaterThan(3);
});
