import { beforeAll, describe, expect, test } from 'vitest';
import { utf8 } from '../../src/lib/bytes.ts';
import { formatCsv } from '../../src/lib/csv.ts';
import { pack } from '../../src/lib/pack.ts';
import { guessColumn } from '../../src/roster/column.ts';
import * as headings from '../../src/roster/headings.ts';
import {
  formatBook,
  mendCell,
  openBook,
  parseBook,
  type RosterBook,
  readBook,
  readingOf,
  toMend,
} from '../../src/roster/roster-book.ts';
import { AS_IT_SAYS, type RosterText } from '../../src/roster/roster-file.ts';
import { openHouse } from '../house.ts';
import { found, type Office } from '../office/office.ts';
import { type SheetOf, workbookOf } from '../sheet/workbook-of.ts';

const book = async (sheets: Record<string, SheetOf | SheetOf['rows']>): Promise<RosterBook> => {
  const opened = await openBook('daftar.xlsx', workbookOf(sheets));
  if (!opened.ok) throw new Error(opened.code);
  return opened.book;
};
type Read = Extract<RosterText, { ok: true }>;
const read = (given: RosterBook, reading = AS_IT_SAYS): Read => {
  const text = readBook(given, reading);
  if (!text.ok) throw new Error(`${text.code} ${text.column} ${text.row}`);
  return text;
};
const HEAD = ['NO', 'KODE WILAYAH', 'KECAMATAN', 'DESA/KELURAHAN', 'UNSUR', 'NAMA', 'JABATAN', 'NIP/NRP'];

describe('a sheet in the manner of offices', () => {
  const rows: SheetOf['rows'] = [
    ['DAFTAR KEPALA DESA SE-KABUPATEN KOTAWARINGIN BARAT'],
    ['TAHUN 2026'],
    [],
    HEAD,
    [1, 2, 3, 4, 5, 6, 7, 8],
    ['I', null, 'KECAMATAN KUMAI'],
    [1, '62.01.01.2001', 'KUMAI', 'SUNGAI CABANG', 'KEPALA DESA', 'CONTOH SATU', 'Kepala Desa', '-'],
    [
      2,
      '62.01.01.2002',
      null,
      'TELUK PULAI',
      'KEPALA DESA',
      'CONTOH DUA',
      'Pj. Kepala Desa',
      '198609262015051001',
    ],
    [null, null, 'JUMLAH', null, null, 2],
    [],
    [null, null, null, null, null, 'Pangkalan Bun, 1 November 2026'],
    [null, null, null, null, null, 'KEPALA BADAN,'],
    [null, null, null, null, null, 'Drs. CONTOH KABAN, M.Si.'],
    [null, null, null, null, null, 'NIP. 196809261990031001'],
  ];
  test('is read as a person reads it, and what is left out is told', async () => {
    const { rows: people, leftOut } = read(await book({ Daftar: { rows, merges: ['A1:H1', 'C7:C8'] } }));
    expect(people.map(({ row, cells }) => [row, cells.Nama, cells.Kecamatan, cells['NIP/NRP']])).toEqual([
      [7, 'CONTOH SATU', 'KUMAI', '-'],
      [8, 'CONTOH DUA', 'KUMAI', '198609262015051001'],
    ]);
    expect(leftOut.map(({ row, why }) => `${row} ${why}`)).toEqual([
      ...['1 above', '2 above', '5 numbers', '6 nobody', '9 nobody'],
      ...['11 nobody', '12 nobody', '13 nobody', '14 nobody'],
    ]);
  });
  test('below its date who has a number or a code is somebody all the same', async () => {
    const more: SheetOf['rows'] = [
      ...rows,
      [3, '62.01.01.2003', null, null, 'KEPALA DESA', 'CONTOH TIGA', null, null],
      [4, null, 'KUMAI', 'BUMI HARJO', 'KEPALA DESA', 'CONTOH EMPAT', null, null],
    ];
    expect(read(await book({ Daftar: more })).rows.map(({ cells }) => cells.Nama)).toContain('CONTOH TIGA');
    expect(read(await book({ Daftar: more })).rows.map(({ cells }) => cells.Nama)).toContain('CONTOH EMPAT');
  });
});

test.each([
  ['an NIP', 7, 198609262015051000, 'NIP/NRP', 'H2'],
  ['an area code', 1, 62.01, 'KODE WILAYAH', 'B2'],
  ['a code of ten digits', 1, 6201012001, 'KODE WILAYAH', 'B2'],
])('%s in a number cell is refused with its address', async (_, at, number, column, address) => {
  const cells: (string | number)[] = [
    1,
    '62.01',
    '',
    '',
    'ASN',
    'CONTOH SATU',
    'Analis',
    '198609262015051001',
  ];
  cells[at] = number;
  const [one] = read(await book({ A: [HEAD, cells] })).rows;
  expect(one!.strays).toMatchObject([{ code: 'cell-was-number', column, detail: address }]);
  cells[at] = String(number);
  expect(read(await book({ A: [HEAD, cells] })).rows[0]!.strays).toBeUndefined();
});

test('a formula without its value is refused with its address', async () => {
  const formula = { xml: '<c r="REF"><f>VLOOKUP(A2,X:Y,2)</f></c>' };
  const [one] = read(await book({ A: [HEAD, [1, '62.01.01.2001', '', '', 'kades', formula, '', '']] })).rows;
  expect(one!.strays).toMatchObject([{ code: 'cell-formula', column: 'NAMA', detail: 'F2' }]);
});

test('tabs, pipes and UTF-16 are read, and what has only separators does not count', async () => {
  const text = (separator: string) =>
    ['No', 'Kode wilayah', 'Unsur', 'Nama', '', ''].join(separator) +
    `\r\n${['1', '62.01.01.2001', 'kades', 'CONTOH', '', ''].join(separator)}\r\n${separator.repeat(40)}\r\n`;
  for (const bytes of [
    utf8(text('\t')),
    utf8(text('|')),
    new Uint8Array(Buffer.from(`\ufeff${text('\t')}`, 'utf16le')),
  ]) {
    const opened = await openBook('daftar.txt', bytes);
    expect(opened.ok && read(opened.book).rows.map(({ cells }) => cells.Nama)).toEqual(['CONTOH']);
  }
});

describe('headings of their own', () => {
  const rows: SheetOf['rows'] = [
    ['Urutan', 'Kec', 'Wilayah Kerja', 'Pejabat Kades Definitif', 'Keterangan Lain'],
    [1, 'KUMAI', 'SUNGAI CABANG', 'CONTOH SATU', 'x'],
  ];
  const told: RosterBook['headings'] = [
    ['wilayahkerja', 'Desa/Kelurahan'],
    ['pejabatkadesdefinitif', 'Nama'],
    ['keteranganlain', null],
  ];
  test('are told once', async () => {
    expect(readBook(await book({ A: rows }), AS_IT_SAYS)).toMatchObject({
      ok: false,
      code: 'column-missing',
      column: 'Unsur',
    });
    const given = { ...(await book({ A: rows })), headings: told, unsur: 'tempat' as const };
    const text = read(given, readingOf(given, new Map()));
    expect(text.rows).toMatchObject([
      {
        cells: { Kecamatan: 'KUMAI', 'Desa/Kelurahan': 'SUNGAI CABANG', Nama: 'CONTOH SATU' },
        unsurOfPlace: true,
      },
    ]);
    // What isn't used was said so: nobody is asked.
    expect(text.rows[0]!.strays).toBeUndefined();
    expect(text.unknown).toEqual(['Urutan', 'Keterangan Lain']);
  });
  test('and remembered; the last word stands', async () => {
    const given = { ...(await book({ A: rows })), unsur: 'kepala desa' as const };
    const reading = readingOf(given, new Map(told));
    expect(read(given, reading).rows[0]!.cells).toMatchObject({ Nama: 'CONTOH SATU', Unsur: 'kepala desa' });
    const anew = { ...given, headings: [['pejabatkadesdefinitif', null]] as RosterBook['headings'] };
    expect(readBook(anew, readingOf(anew, new Map(told)))).toMatchObject({ ok: false, column: 'Nama' });
  });
  test('the row of the headings can be told', async () => {
    const given = {
      ...(await book({ A: [['Nama', 'Unsur', 'Kode'], ['x'], ...rows] })),
      head: 3,
      headings: told,
    };
    expect(readBook(given, readingOf(given, new Map()))).toMatchObject({
      ok: false,
      row: 3,
      column: 'Unsur',
    });
  });
  test.each([
    ['NAMA-NAMA KEPALA DESA', [], 'Nama'],
    ['Jabatan/Unsur', [], 'Jabatan'],
    ['Desa / Kel. Binaan', [], 'Desa/Kelurahan'],
    ['Gelar Depan Pejabat', [], 'Gelar depan'],
    ['Kolom1', ['62.01.01.2001', '6201012002', ''], 'Kode wilayah'],
    ['Kolom2', ['19860926 201505 1 001', '198609262015051001'], 'NIP/NRP'],
    ['Kolom3', ['ASN', 'Polri'], 'Unsur'],
    ['Kolom4', ['x'], null],
  ] as const)('%s is guessed', (heading, texts, column) => {
    expect(guessColumn(heading, texts)).toBe(column);
  });
});

describe('on the spot', () => {
  const HIDDEN = 'CON\u202eTOH';
  const given = () => book({ A: [HEAD, [1, 62.01, '', '', 'ASN', HIDDEN, 'Analis', '198609262015051001']] });
  test('a cell that is typed anew is text, and one of a number must be', async () => {
    const one = await given();
    const row = () => one.tables[0]!.rows[1]!;
    expect([toMend(row(), 1), toMend(row(), 5)]).toEqual(['', 'CONTOH']);
    mendCell(one, 2, 1, '');
    expect(row()).toMatchObject({ numbers: [0, 1] });
    mendCell(one, 2, 1, '62.01');
    mendCell(one, 2, 5, 'CONTOH');
    mendCell(one, 2, 9, 'di luar');
    mendCell(one, 99, 1, 'x');
    expect(row()).toMatchObject({
      numbers: [0],
      cells: ['1', '62.01', '', '', 'ASN', 'CONTOH', 'Analis', '198609262015051001', '', 'di luar'],
    });
    expect(read(await given()).rows[0]!.strays).toHaveLength(1);
  });
  test('a row that is struck out is not read', async () => {
    const one = { ...(await given()), struck: [2] };
    expect(readBook(one, AS_IT_SAYS)).toMatchObject({ ok: false, code: 'rows-missing' });
  });
});

describe('nobody is lost', () => {
  const CODELESS = ['Kecamatan', 'Desa', 'Nama'];
  const byPlace = { ...AS_IT_SAYS, unsur: 'tempat' as const };
  const names = async (rows: SheetOf['rows']) => {
    const text = read(await book({ A: rows }), byPlace);
    return [
      text.rows.map(({ cells }) => cells.Nama),
      text.rows.flatMap(({ strays = [] }) => strays.map(({ code }) => code)),
    ];
  };
  test('a formula that was never calculated stays a complaint until it is typed', async () => {
    const formula = { xml: '<c r="REF"><f>A1</f></c>' };
    const one = await book({ A: [HEAD, [1, '62.01.01.2001', '', '', 'kades', formula, '', '']] });
    const row = one.tables[0]!.rows[1]!;
    expect(toMend(row, 5)).toBe('');
    mendCell(one, 2, 5, '');
    expect(read(one).rows[0]!.strays).toMatchObject([{ code: 'cell-formula' }]);
    mendCell(one, 2, 5, 'CONTOH');
    expect(read(one).rows[0]).toMatchObject({ cells: { Nama: 'CONTOH' } });
    expect(read(one).rows[0]!.strays).toBeUndefined();
  });
  test('above the headings of a second list in one sheet', async () => {
    const rows: SheetOf['rows'] = [
      ['A. KEPALA DESA'],
      ['No', 'Kecamatan', 'Desa', 'Nama'],
      [1, 'KUMAI', 'SUNGAI KAPITAN', 'CONTOH SATU'],
      ['B. LURAH'],
      ['No', 'Kecamatan', 'Kelurahan', 'Nama', 'NIP', 'Pangkat'],
      [1, 'KUMAI', 'CANDI', 'CONTOH DUA', '', ''],
    ];
    expect(await names(rows)).toEqual([['CONTOH DUA'], ['row-above']]);
  });
  test('below a date, where nothing but a place tells who is listed', async () => {
    const page: SheetOf['rows'] = [
      CODELESS,
      ['KUMAI', 'SUNGAI KAPITAN', 'CONTOH SATU'],
      [null, 'Pangkalan Bun, 1 November 2026'],
      [null, null, 'Drs. CONTOH KABAN'],
    ];
    const [listed] = await names([...page, CODELESS, ['KUMAI', 'CANDI', 'CONTOH DUA']]);
    expect(listed).toEqual(['CONTOH SATU', 'CONTOH DUA']);
    expect((await names([...page, ['KUMAI', 'CANDI', 'CONTOH DUA']]))[0]).toEqual([
      'CONTOH SATU',
      'CONTOH DUA',
    ]);
  });
  test('an office without a name, or with one that begins as a sum does', async () => {
    const rows: SheetOf['rows'] = [
      CODELESS,
      ['KUMAI', 'BATU BELAMAN', null],
      ['KUMAI', 'Desa SUNGAI TENDANG', 'SUMBER REJEKI'],
      [null, 'JUMLAH', '2'],
    ];
    expect((await names(rows))[0]).toEqual(['', 'SUMBER REJEKI']);
  });
  test('a remark in a column that isn’t used is asked about in each file', async () => {
    const head = [...HEAD, 'Keterangan Lain'];
    const rows: SheetOf['rows'] = [
      head,
      [1, '62.01.01.2001', '', '', 'kades', 'CONTOH SATU', '', '', 'meninggal dunia'],
      [2, '62.01.01.2002', '', '', 'kades', 'CONTOH DUA', '', '', ''],
    ];
    const given = {
      ...(await book({ A: rows })),
      headings: [['keteranganlain', null]] as RosterBook['headings'],
    };
    const text = read(given, readingOf(given, new Map()));
    expect(text.rows[0]!.strays).toMatchObject([{ code: 'column-unread', column: 'Keterangan Lain' }]);
  });
  test('two lines of a cell are two words', async () => {
    const one = await book({
      A: [HEAD, [1, '62.01', '', '', 'ASN', 'BUDI\nSANTOSO', 'Analis', '198609262015051001']],
    });
    expect(toMend(one.tables[0]!.rows[1]!, 5)).toBe('BUDI SANTOSO');
  });
  test('all rows struck out are no list', async () => {
    const one = {
      ...(await book({ A: [HEAD, [1, '62.01.01.2001', '', '', 'kades', 'x']] })),
      struck: [1, 2],
    };
    expect(readBook(one, AS_IT_SAYS)).toMatchObject({ ok: false, code: 'rows-missing' });
  });
});

describe('from form to form', () => {
  test('it comes back as it was', async () => {
    const one = await book({ A: [HEAD, [1, '62.01.01.2001', '', '', 'kades', 'x']], B: [['y']] });
    expect(await parseBook(await formatBook(one))).toEqual(one);
  });
  test.each<[string, (whole: RosterBook) => unknown]>([
    ['nothing', () => ({})],
    ['no table', (whole) => ({ ...whole, tables: [] })],
    [
      'a row of no number',
      (whole) => ({ ...whole, tables: [{ ...whole.tables[0], rows: [{ row: 0, cells: [] }] }] }),
    ],
    ['a column of none', (whole) => ({ ...whole, headings: [['nama', 'Lain']] })],
  ])('%s is none', async (_, change) => {
    const whole = await book({ A: [['x']] });
    const packed = (value: unknown) => pack(utf8(JSON.stringify(value)));
    expect(await parseBook(await packed(whole))).toEqual(whole);
    expect(await parseBook(await packed(change(whole)))).toBeNull();
  });
  test('nor is more than a file can hold', async () => {
    expect(await parseBook(await pack(new Uint8Array(25_000_000)))).toBeNull();
  });
});

test('more rows than one list may have, over all sheets', async () => {
  const rows = Array.from({ length: 10_001 }, () => ['x']);
  expect(await openBook('a.xlsx', workbookOf({ A: rows, B: rows }))).toMatchObject({
    ok: false,
    code: 'workbook-rows',
  });
});

test('a file of text is a book too', async () => {
  const opened = await openBook(
    'x'.repeat(200),
    utf8(formatCsv([HEAD, ['1', '62.01.01.2001', '', '', 'kades', 'x']])),
  );
  expect(opened).toMatchObject({
    ok: true,
    book: { name: 'x'.repeat(100), tables: [{ name: null, separator: ';' }] },
  });
});

describe('what an organiser remembers', () => {
  const opened = openHouse();
  let office: Office;
  let other: Office;
  beforeAll(async () => {
    const house = await opened;
    office = await found(house, { nama: 'Kantor Judul' });
    other = await found(house, { nama: 'Kantor Lain' });
  });
  test('is its own, and the last word', async () => {
    const { db } = await opened;
    await headings.remember(db, office.organizerId, office.officerId, [
      ['pejabat', 'Nama'],
      ['keteranganlain', null],
      // Of a row of people that was taken for headings.
      ['budisantoso', 'Nama'],
    ]);
    await headings.remember(db, office.organizerId, office.officerId, [
      ['pejabat', 'Nama'],
      ['pejabat', 'Jabatan'],
    ]);
    await headings.remember(db, office.organizerId, office.officerId, []);
    expect(await headings.remembered(db, office.organizerId)).toEqual(
      new Map([
        ['pejabat', 'Jabatan'],
        ['keteranganlain', null],
      ]),
    );
    expect(await headings.remembered(db, other.organizerId)).toEqual(new Map());
  });
});
