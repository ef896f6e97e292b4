import { expect, test } from 'vitest';
import {
  isErrorValue,
  isSection,
  isZero,
  saysNobody,
  withoutEmptyWord,
  wordsComplaint,
} from '../../src/roster/cell.ts';

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
  expect(
    ['Kosong', '(Kosong)', 'NIHIL.', 'belum ada', 'Blm. terisi', 'N/A', 's.d.a.', '(TRUE)'].every(saysNobody),
  ).toBe(true);
  expect(
    [
      'Nihilia',
      'Kosongan',
      'Ada',
      'Nani',
      'Lowongan Contoh',
      'Nadia',
      'Salah',
      'Naufal',
      'Idemi',
      'Xaverius',
      'Sdama',
      'Akan Budi',
      'Isidorus',
      'Prosesia',
      'Terlampirno',
      'Batalia',
      'Totalia',
      'Honoria',
    ].some(saysNobody),
  ).toBe(false);
});

test.each([
  ...[
    'Menyusul',
    'Data menyusul',
    'Akan ditunjuk',
    'Ditentukan kemudian',
    'TBA',
    'Menunggu penunjukan',
    'Terlampir',
  ],
  ...[
    'Isi nama',
    'Hapus',
    'Kosongkan',
    'Pending',
    'Lihat SK',
    'Sesuai SK',
    'Unknown',
    'Undefined',
    'Anonim',
    'Batal',
  ],
  ...['Coret', 'Proses PAW', 'Rangkap', 'Dirangkap', 'Jumlah', 'Total', 'Mengetahui', 'Hormat kami', 'dkk'],
  ...['dan seterusnya', 'Kepala Dinas (kosong)', 'Kepala Dinas (non aktif)', 'Camat (menyusul)'],
])('%j is no office, no rank and no unit', (typed) => {
  for (const dressed of [typed, typed.toUpperCase(), typed.toLowerCase()]) {
    expect(wordsComplaint(dressed, 'words')?.code).toBe('cell-nobody');
    expect(wordsComplaint(dressed, 'rank')?.code).toBe('cell-nobody');
  }
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

// One reader, whatever the column.
test.each([
  ['TRUE', 'cell-nobody'],
  ['idem', 'cell-nobody'],
  ['"', 'cell-nobody'],
  ["''", 'cell-nobody'],
  ['〃', 'cell-nobody'],
  ['BELUM ADA', 'cell-nobody'],
  ['=A1', 'cell-edge'],
  ['+62', 'cell-edge'],
  ['-S.Sos', 'cell-edge'],
  ['#REF!', 'cell-error'],
  ['0', 'cell-zero'],
  ['12/Nov', 'cell-date'],
  ['Mar-04', 'cell-date'],
  ['3/4', 'cell-date'],
  ['<b>', 'cell-marks'],
  ['A;B', 'cell-marks'],
  ['()', 'cell-letters'],
  ['Con\u200btoh', 'hidden-character'],
  ['Contoh 😀', 'undrawable'],
] as const)('%j is %s in each column of words', (cell, code) => {
  for (const kind of ['title', 'rank', 'words'] as const) {
    expect([kind, wordsComplaint(cell, kind)?.code]).toEqual([kind, code]);
  }
});

test.each([
  ...[
    'Kepala Desa',
    'Penata Tk. I (III/d)',
    'IX',
    "Ka'bah",
    'Kasi Pem. & Trantib',
    'S.Sos., M.AP.',
    'Drs. H.',
    'III/d',
  ],
  ...[
    'Staf (Bid. 2)',
    'Maret Contoh',
    'Desember',
    'Kepala Desa (PAW)',
    'Kepala Bidang Data',
    'Penata (Gol. III)',
  ],
])('%j is words', (cell) => {
  for (const kind of ['title', 'rank', 'words'] as const) expect(wordsComplaint(cell, kind)).toBeNull();
});

test('the grade of a PPPK is a number', () => {
  expect(wordsComplaint('9', 'rank')).toBeNull();
  expect(wordsComplaint('9', 'words')?.code).toBe('cell-letters');
});
