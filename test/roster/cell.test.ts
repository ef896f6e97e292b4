import { expect, test } from 'vitest';
import { isErrorValue, isSection, isZero, saysNobody, withoutEmptyWord } from '../../src/roster/cell.ts';

test.each([
  ...['', ' ', '-', '–', '—', '―', '‐', '‑', '−', '﹣', '－', '--', '- -', '---', '_', '...', '…', '.'],
  ...["'-", '’–', '`-', '\u00a0', '\u200b', '\ufeff-', ' \u2003– ', '\u00ad', '─', '\u2060'],
])('%j is nothing', (cell) => {
  expect(withoutEmptyWord(cell)).toBe('');
});

test.each(['a', '-1', '0', 'H.', '(', '=-', 'Al-Amin', '/', "'", '–a'].filter((cell) => cell !== "'"))(
  '%j is something',
  (cell) => {
    expect(withoutEmptyWord(cell)).toBe(cell);
  },
);

test.each([
  ...['#N/A', '#REF!', '#VALUE!', '#NAME?', '#DIV/0!', '#NUM!', '#NULL!', '#SPILL!', '#CALC!', '#NAMA?'],
  ...['#¿NOMBRE?', '########', 'Err:502', 'err:508', '#GETTING_DATA'],
])('%j is an error of the spreadsheet', (cell) => {
  expect(isErrorValue(cell)).toBe(true);
});

test('a zero alone is a zero', () => {
  expect(['0', '00', '0,00', '0.0', "'0"].every(isZero)).toBe(true);
  expect(['1', '10', '0a', ''].some(isZero)).toBe(false);
});

test('words of nobody are no names, and names none of them', () => {
  expect(['Kosong', '(Kosong)', 'NIHIL.', 'belum ada', 'Blm. terisi', 'N/A'].every(saysNobody)).toBe(true);
  expect(['Nihilia', 'Kosongan', 'Ada', 'Nani', 'Lowongan Contoh', 'Nadia'].some(saysNobody)).toBe(false);
});

test.each([
  [{ Nama: '94' }, ['JUMLAH', '94'], true],
  [{ 'Kode wilayah': 'Sub Jumlah' }, ['Sub Jumlah', '7'], true],
  [{ 'Kode wilayah': 'KECAMATAN KUMAI' }, ['KECAMATAN KUMAI'], true],
  [{ Nama: 'Pangkalan Bun, 1 November 2026' }, ['Pangkalan Bun, 1 November 2026'], true],
  [{ Nama: 'Mengetahui:' }, ['Mengetahui:'], true],
  [{ Nama: 'NIP. 197001011990011001' }, ['NIP. 197001011990011001'], true],
  [{ No: '3', 'Desa/Kelurahan': 'Keraya' }, ['3', 'Keraya'], false],
  [{ Nama: 'Contoh Nama' }, ['Contoh Nama'], false],
  [{ 'Kode wilayah': '62.01.01.2001', Nama: '' }, ['62.01.01.2001'], false],
  [{ Unsur: 'ASN', Nama: '' }, ['ASN'], false],
] as const)('%j lists nobody: %s %s', (given, filled, nobody) => {
  expect(isSection(given, filled)).toBe(nobody);
});
