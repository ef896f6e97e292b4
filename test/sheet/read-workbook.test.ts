import { writeXlsx } from 'hucre/xlsx';
import { describe, expect, test } from 'vitest';
import type { Bytes } from '../../src/lib/bytes.ts';
import { looksWorkbook, readWorkbook, type WorkbookSheet } from '../../src/sheet/read-workbook.ts';
import { type Around, packParts, partsOf, type SheetOf, workbookOf } from './workbook-of.ts';

const LIMITS = { rows: 50, cells: 10 };
const read = async (bytes: Bytes): Promise<WorkbookSheet[]> => {
  const book = await readWorkbook(bytes, LIMITS);
  if (!book.ok) throw new Error(`${book.code} ${book.sheet} ${book.row}`);
  return book.sheets;
};
const cellsIn = async (rows: SheetOf['rows'], around: Around = {}): Promise<string[][]> =>
  (await read(workbookOf({ Daftar: rows }, around)))[0]!.rows.map(({ cells }) => cells);

test('what another library writes is read, kind by kind', async () => {
  const bytes = await writeXlsx({
    sheets: [
      {
        name: 'Daftar & isi',
        rows: [
          ['NO', 'NAMA', 'NIP', 'Tanggal', 'Benar'],
          [1, 'Contoh <Satu> é', '198609262015051001', new Date(Date.UTC(2026, 10, 27)), true],
          [2, "O'Contoh\nDua", 198609262015051000, new Date(Date.UTC(2026, 10, 27, 8, 30)), null],
        ],
      },
      { name: 'Sembunyi', rows: [['rahasia']], hidden: true },
      { name: 'Kosong', rows: [] },
    ],
  });
  expect(await readWorkbook(new Uint8Array(bytes), LIMITS)).toEqual({
    ok: true,
    hidden: ['Sembunyi'],
    sheets: [
      {
        name: 'Daftar & isi',
        hiddenRows: 0,
        rows: [
          { row: 1, cells: ['NO', 'NAMA', 'NIP', 'Tanggal', 'Benar'] },
          {
            row: 2,
            cells: ['1', 'Contoh <Satu> é', '198609262015051001', '2026-11-27', 'TRUE'],
            numbers: [0, 3],
          },
          {
            row: 3,
            cells: ['2', "O'Contoh\nDua", '198609262015051000', '2026-11-27 08:30'],
            numbers: [0, 2, 3],
          },
        ],
      },
    ],
  });
});

describe('a cell', () => {
  test.each<[string, string, string]>([
    ['a shared text', '<c r="REF" t="s"><v>0</v></c>', 'bersama'],
    ['rich text, without how it is read aloud', '<c r="REF" t="s"><v>1</v></c>', 'tebal dan tipis'],
    ['what XML does not hold', '<c r="REF" t="s"><v>2</v></c>', 'a\rb'],
    ['text of a formula', '<c r="REF" t="str"><f>A1&amp;"x"</f><v>hasil</v></c>', 'hasil'],
    ['a number of a formula', '<c r="REF"><f>SUM(A1:A2)</f><v>7</v></c>', '7'],
    ['an error', '<c r="REF" t="e"><v>#N/A</v></c>', '#N/A'],
    ['no', '<c r="REF" t="b"><v>0</v></c>', 'FALSE'],
    [
      'entities and numbers of letters',
      '<c r="REF" t="str"><v>&lt;&#x1F600;&#233;&apos;</v></c>',
      "<\u{1f600}é'",
    ],
    ['CDATA', '<c r="REF" t="str"><v><![CDATA[<b>]]></v></c>', '<b>'],
    ['a date by its own format', '<c r="REF" s="2"><v>46353.5</v></c>', '2026-11-27 12:00'],
    ['money is no date', '<c r="REF" s="3"><v>46353</v></c>', '46353'],
    ['a date as ISO has it', '<c r="REF" t="d"><v>2026-11-27</v></c>', '2026-11-27'],
    ['the last day of February 1900', '<c r="REF" s="1"><v>59</v></c>', '1900-02-28'],
    ['the first of March 1900', '<c r="REF" s="1"><v>61</v></c>', '1900-03-01'],
  ])('%s', async (_, xml, text) => {
    const strings =
      '<si><t>bersama</t></si><si><r><t>tebal </t></r><r><rPr><b/></rPr><t>dan tipis</t></r><rPh sb="0" eb="1"><t>x</t></rPh></si><si><t>a_x000D_b</t></si>';
    const formats = ['[$-421]dd mmmm yyyy hh:mm', '"Rp"#,##0;[Red]\\-"hari"#,##0'];
    expect(await cellsIn([[{ xml }]], { strings, formats })).toEqual([[text]]);
  });

  test('whose format is longer than any is no date, and takes no time', async () => {
    expect(
      await cellsIn([[{ xml: '<c r="REF" s="2"><v>46353</v></c>' }]], { formats: ['['.repeat(100_000)] }),
    ).toEqual([['46353']]);
  });

  test('counts days from 1904 where the workbook does', async () => {
    expect(await cellsIn([[{ xml: '<c r="REF" s="1"><v>44891</v></c>' }]], { since1904: true })).toEqual([
      ['2026-11-27'],
    ]);
  });

  test('whose formula was never calculated says so', async () => {
    const [sheet] = await read(
      workbookOf({ A: [['x', { xml: '<c r="REF"><f>VLOOKUP(A1,B:C,2)</f></c>' }]] }),
    );
    expect(sheet!.rows).toEqual([{ row: 1, cells: ['x', ''], formulas: [1] }]);
  });

  test('without an address follows the one before; a row too', async () => {
    const parts = partsOf({ A: [['x']] });
    parts['xl/worksheets/sheet1.xml'] = parts['xl/worksheets/sheet1.xml']!.replace(
      /<row.*<\/row>/,
      '<row><c t="str"><v>a</v></c><c t="str"><v>b</v></c></row><row><c r="C2" t="str"><v>c</v></c></row>',
    );
    expect((await read(packParts(parts)))[0]!.rows).toEqual([
      { row: 1, cells: ['a', 'b'] },
      { row: 2, cells: ['', '', 'c'] },
    ]);
  });
});

test('what has no text does not count: rows and columns left by formatting', async () => {
  const bare = { xml: '<c r="REF" s="1"/>' };
  const rows = [['a', ' ', bare], ...Array.from({ length: 200 }, () => Array(120).fill(bare)), ['b']];
  expect((await read(workbookOf({ A: rows })))[0]!.rows).toEqual([
    { row: 1, cells: ['a'] },
    { row: 202, cells: ['b'] },
  ]);
});

test('a merged area says what it says in each of its rows', async () => {
  const rows = [
    ['KUMAI', 'a'],
    [null, 'b'],
    ['tidak tampak', 'c'],
    ['lain', 'd'],
  ];
  expect(
    (await read(workbookOf({ A: { rows, merges: ['A1:A3', 'A4:B4'] } })))[0]!.rows.map(({ cells }) => cells),
  ).toEqual([
    ['KUMAI', 'a'],
    ['KUMAI', 'b'],
    ['KUMAI', 'c'],
    ['lain', 'd'],
  ]);
});

test('hidden rows are read and counted, hidden sheets are named', async () => {
  const book = await readWorkbook(
    workbookOf({ A: { rows: [['a'], ['b']], hiddenRows: [2] }, B: { rows: [['x']], state: 'veryHidden' } }),
    LIMITS,
  );
  expect(book).toMatchObject({ ok: true, hidden: ['B'], sheets: [{ name: 'A', hiddenRows: 1 }] });
});

test('names with a prefix, strict names, and UTF-16 are the same workbook', async () => {
  const parts = partsOf({ A: [['x']] });
  const prefixed = parts['xl/worksheets/sheet1.xml']!.replaceAll(/<(\/?)(?=[a-z])/g, '<$1s:')
    .replace('xmlns=', 'xmlns:s=')
    .replace('schemas.openxmlformats.org/spreadsheetml/2006/main', 'purl.oclc.org/ooxml/spreadsheetml/main');
  const wide = Buffer.from(`\ufeff${prefixed.replace('UTF-8', 'UTF-16')}`, 'utf16le');
  expect((await read(packParts({ ...parts, 'xl/worksheets/sheet1.xml': wide })))[0]!.rows).toEqual([
    { row: 1, cells: ['x'] },
  ]);
});

describe('is refused', () => {
  const changed = (name: string, change: (xml: string) => string): Uint8Array => {
    const parts = partsOf({ Daftar: [['a', 'b'], ['c']] });
    return packParts({ ...parts, [name]: change(parts[name] ?? '') });
  };
  const sheet = (change: (xml: string) => string): Uint8Array => changed('xl/worksheets/sheet1.xml', change);
  const container = (text: string): Uint8Array =>
    new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, ...new Uint8Array(600), ...Buffer.from(text, 'utf16le')]);

  test.each<[string, () => Uint8Array, string]>([
    ['a password', () => container('EncryptedPackage'), 'workbook-locked'],
    ['the older format', () => container('Workbook'), 'file-xls'],
    ['.xlsb', () => changed('xl/workbook.bin', () => 'x'), 'file-xlsb'],
    ['.ods', () => packParts({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet' }), 'file-ods'],
    ['a letter', () => packParts({ '[Content_Types].xml': '', 'word/document.xml': '' }), 'file-docx'],
    ['a ZIP of files', () => packParts({ 'a.csv': 'x' }), 'file-archive'],
    ['macros', () => changed('xl/vbaProject.bin', () => 'x'), 'workbook-macros'],
    ['macros of the old kind', () => changed('xl/macrosheets/sheet1.xml', () => 'x'), 'workbook-macros'],
    [
      'links to other workbooks',
      () => changed('xl/externalLinks/externalLink1.xml', () => 'x'),
      'workbook-links',
    ],
    ['a query', () => changed('xl/connections.xml', () => 'x'), 'workbook-links'],
    [
      'a DTD',
      () => sheet((xml) => xml.replace('<worksheet', '<!DOCTYPE x [<!ENTITY a "b">]><worksheet')),
      'archive-broken',
    ],
    ['an entity of its own', () => sheet((xml) => xml.replace('>a<', '>&a;<')), 'archive-broken'],
    ['letter zero', () => sheet((xml) => xml.replace('>a<', '>&#0;<')), 'archive-broken'],
    ['XML that ends early', () => sheet((xml) => xml.slice(0, -20)), 'archive-broken'],
    ['no XML', () => sheet(() => 'x'), 'archive-broken'],
    ['elements without end', () => sheet((xml) => xml.replace('<is>', '<is>'.repeat(40))), 'archive-broken'],
    ['a cell of another row', () => sheet((xml) => xml.replace('r="B1"', 'r="B2"')), 'archive-broken'],
    ['one cell twice', () => sheet((xml) => xml.replace('r="B1"', 'r="A1"')), 'archive-broken'],
    ['a row twice', () => sheet((xml) => xml.replace('<row r="2">', '<row r="1">')), 'archive-broken'],
    [
      'a shared text that is not there',
      () => sheet((xml) => xml.replace(/<c r="A1".*?<\/c>/, '<c r="A1" t="s"><v>5</v></c>')),
      'archive-broken',
    ],
    [
      'no number',
      () => sheet((xml) => xml.replace(/<c r="A1".*?<\/c>/, '<c r="A1"><v>1x</v></c>')),
      'archive-broken',
    ],
    [
      'no sheet where one is named',
      () => changed('xl/_rels/workbook.xml.rels', (xml) => xml.replace('sheet1.xml', 'x.xml')),
      'archive-broken',
    ],
    [
      'no workbook',
      () => changed('_rels/.rels', (xml) => xml.replace('officeDocument"', 'x"')),
      'archive-broken',
    ],
    [
      'one sheet under two names',
      () =>
        changed('xl/workbook.xml', (xml) =>
          xml.replace('</sheets>', '<sheet name="B" sheetId="2" r:id="rId1"/></sheets>'),
        ),
      'archive-broken',
    ],
    [
      'more sheets than an office has',
      () => workbookOf(Object.fromEntries(Array.from({ length: 61 }, (_, n) => [`${n}`, [['x']]]))),
      'archive-entries',
    ],
    [
      'more rows over all sheets',
      () =>
        workbookOf({
          A: Array.from({ length: 30 }, () => ['x']),
          B: Array.from({ length: 30 }, () => ['x']),
        }),
      'workbook-rows',
    ],
    [
      'an element without end',
      () => sheet((xml) => xml.replace('<row ', `<row ${'a="b" '.repeat(50_000)}`)),
      'archive-broken',
    ],
    [
      'a text without end',
      () => sheet((xml) => xml.replace('>a<', `>${'&amp;'.repeat(60_000)}<`)),
      'archive-broken',
    ],
    ['nothing in it', () => workbookOf({ A: [[' ']] }), 'workbook-empty'],
    ['more rows', () => workbookOf({ A: Array.from({ length: 51 }, () => ['x']) }), 'workbook-rows'],
    ['more columns', () => workbookOf({ A: [Array(11).fill('x')] }), 'workbook-cells'],
    [
      'shared texts over 8 MB',
      () => workbookOf({ A: [['x']] }, { strings: `<si><t>${'x'.repeat(8_000_000)}</t></si>` }),
      'workbook-strings',
    ],
    [
      'a long text in many cells',
      () =>
        workbookOf(
          { A: Array.from({ length: 20 }, () => Array(10).fill({ xml: '<c r="REF" t="s"><v>0</v></c>' })) },
          { strings: `<si><t>${'x'.repeat(100_000)}</t></si>` },
        ),
      'archive-unpacked',
    ],
  ])('%s', async (_, make, code) => {
    const book = await readWorkbook(new Uint8Array(make()), LIMITS);
    expect(book.ok ? 'ok' : book.code).toBe(code);
  });

  test('with its place', async () => {
    expect(
      await readWorkbook(workbookOf({ A: [['x']], 'Daftar 2': [[], Array(11).fill('x')] }), LIMITS),
    ).toEqual({
      ...{ ok: false, code: 'workbook-cells', sheet: 'Daftar 2', row: 2 },
    });
  });
});

test('what begins otherwise is no workbook', async () => {
  expect(looksWorkbook(workbookOf({ A: [['x']] }))).toBe(true);
  expect(looksWorkbook(new TextEncoder().encode('No;Nama'))).toBe(false);
});
