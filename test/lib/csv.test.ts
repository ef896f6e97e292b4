import fc from 'fast-check';
import { expect, test } from 'vitest';
import { utf8 } from '../../src/lib/bytes.ts';
import { formatCsv, markCell, parseCsv, unmarkCell } from '../../src/lib/csv.ts';

const LIMITS = { bytes: 1_000_000, rows: 1000, cells: 50 };
const read = (text: string) => {
  const file = parseCsv(utf8(text), LIMITS);
  return file.ok ? file.rows.map(({ cells }) => cells) : file.code;
};

// Whatever a cell may hold but a lone CR, which is a line end of its own to some spreadsheets.
const cell = fc
  .oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '=1+1',
      '+62',
      '-1',
      '@SUM(A1)',
      "'=1",
      "''=1",
      "'Abd",
      '62.01',
      '007',
      '198609262015051001',
      ' =1',
    ),
  )
  .map((text) => text.replaceAll('\u0000', '').replaceAll('\ufeff', '').toWellFormed());

test('what is printed is read again, cell by cell', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 2, maxLength: 6 }), { minLength: 1, maxLength: 8 }),
      (given) => {
        const rows = given.map((cells) => ['x', ...cells]);
        expect(read(formatCsv(rows))).toEqual(rows);
      },
    ),
    { numRuns: 300 },
  );
});

test('no printed cell begins with what a spreadsheet runs', () => {
  fc.assert(
    fc.property(
      cell,
      fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', ' =', '\uff1d', ''),
      (text, start) => {
        expect(markCell(start + text)).not.toMatch(/^\s*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/);
        expect(unmarkCell(markCell(start + text))).toBe(start + text);
      },
    ),
  );
});

test('printed for spreadsheets: BOM, semicolon, CRLF, numbers as text', () => {
  expect(
    formatCsv([['a', 'b;c', '"q"', '=1+1', '198609262015051001', '62.01.01', '62.01.01.2008', 'Contoh']]),
  ).toBe(`\ufeffa;"b;c";"""q""";'=1+1;'198609262015051001;'62.01.01;62.01.01.2008;Contoh\r\n`);
});

test.each([
  ['semicolon, CRLF', 'a;b\r\n1;2\r\n'],
  ['comma, LF', 'a,b\n1,2'],
  ['CR alone', 'a;b\r1;2\r'],
  ['BOM', '\ufeffa;b\n1;2'],
  ['the separator named', 'sep=;\r\na;b\r\n1;2'],
  ['empty rows between', '\n;;\na;b\n\n;\n1;2\n;;;\n'],
])('%s', (_, text) => {
  const rows = read(text) as string[][];
  expect(rows.map((cells) => cells.slice(0, 2))).toEqual([
    ['a', 'b'],
    ['1', '2'],
  ]);
});

test('titles with commas in a file of semicolons, and the reverse', () => {
  expect(read('Nama;Gelar\nContoh;S.Sos., M.AP., M.Si.')).toEqual([
    ['Nama', 'Gelar'],
    ['Contoh', 'S.Sos., M.AP., M.Si.'],
  ]);
  expect(read('Nama,Gelar\nContoh,"S.Sos., M.AP."')).toEqual([
    ['Nama', 'Gelar'],
    ['Contoh', 'S.Sos., M.AP.'],
  ]);
});

test('a line of separators alone, however long, is looked through once', () => {
  const limits = { bytes: 5_000_000, rows: 10, cells: 10 };
  const line = ';'.repeat(4_000_000);
  expect(parseCsv(utf8(line), limits)).toMatchObject({ ok: false });
  expect(parseCsv(utf8(`\r\n,,;\na,b\n1,2`), limits)).toMatchObject({ ok: true, separator: ',' });
});

test('rows are counted as the spreadsheet counts them', () => {
  const file = parseCsv(utf8('a;b\n\n1;2\n"x\ny";3\n4;5'), LIMITS);
  expect(file.ok && file.rows.map(({ row }) => row)).toEqual([1, 3, 4, 5]);
});

test('Windows-1252 is read where the bytes are not UTF-8', () => {
  const bytes = new Uint8Array([...utf8('Nama;x\nJos'), 0xe9, ...utf8(' d'), 0x92, ...utf8('Arc;y')]);
  const file = parseCsv(bytes, LIMITS);
  expect(file).toMatchObject({ ok: true, encoding: 'windows-1252' });
  expect(file.ok && file.rows[1]?.cells[0]).toBe('José d’Arc');
});

test('Mac OS Roman is told from Windows-1252', () => {
  const bytes = new Uint8Array([...utf8('Nama;x\nMA'), 0xd5, ...utf8('RUF;Jos'), 0x8e]);
  const file = parseCsv(bytes, LIMITS);
  expect(file).toMatchObject({ ok: true, encoding: 'mac-roman' });
  expect(file.ok && file.rows[1]?.cells).toEqual(['MA’RUF', 'José']);
});

/** A ZIP's beginning, a long first member, and its names at the end. */
const zipOf = (...names: string[]): Uint8Array<ArrayBuffer> =>
  new Uint8Array([0x50, 0x4b, 3, 4, ...new Uint8Array(9000), ...utf8(names.join('PK\x01\x02'))]);

test.each([
  ['file-xlsx', zipOf('docProps/app.xml', '[Content_Types].xml', 'xl/workbook.xml')],
  ['file-docx', zipOf('[Content_Types].xml', 'word/document.xml')],
  ['file-archive', zipOf('[Content_Types].xml', 'ppt/presentation.xml')],
  ['file-archive', zipOf('mimetype', 'content.xml')],
  ['file-image', new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16, ...utf8('JFIF')])],
  ['file-image', new Uint8Array([0x89, ...utf8('PNG\r\n')])],
  ['file-image', new Uint8Array([0, 0, 0, 24, ...utf8('ftypheic0000')])],
  ['file-archive', new Uint8Array([0x50, 0x4b, 3, 4, 0, 0])],
  ['file-xlsx', new Uint8Array([0x50, 0x4b, 3, 4, ...utf8('[Content_Types].xml'), 0, 0])],
  ['file-xls', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1])],
  ['file-archive', new Uint8Array([0x1f, 0x8b, 8, 0])],
  ['file-pdf', utf8('%PDF-1.7')],
  ['file-html', utf8('\ufeff\n<HTML><table><tr><td>1</td></tr></table>')],
  ['file-html', utf8('<?xml version="1.0"?><Workbook/>')],
  ['csv-binary', new Uint8Array([0x41, 0, 0x3b, 0])],
  ['csv-empty', utf8('\ufeff\r\n;;\r\n')],
  ['csv-empty', new Uint8Array()],
  ['csv-quotes', utf8('a;b\n"1;2\n3;4')],
  ['csv-bytes', new Uint8Array(1_000_001).fill(0x41)],
  ['csv-rows', utf8('a;b\n'.repeat(1001))],
  ['csv-cells', utf8(`a;b\n${';'.repeat(60)}x`)],
] as const)('%s is refused', (code, bytes) => {
  expect(parseCsv(bytes, LIMITS)).toMatchObject({ ok: false, code });
});

test('what has no text doesn’t count: neither rows nor cells', () => {
  const wide = `a;b${';'.repeat(500)}\n`;
  expect(read(`${wide}1;2${';'.repeat(500)}\n${`${';'.repeat(9)}\n`.repeat(2000)}`)).toEqual([
    ['a', 'b'],
    ['1', '2'],
  ]);
});

test.each([
  ['tabs', 'a\tb\n1\tS.Sos., M.AP., M.Si.\n'],
  ['pipes', 'a|b\n1|S.Sos., M.AP., M.Si.\n'],
  [
    'a title without separators above',
    'Kades, lurah, dan camat se-Kobar\na;b;c;d\n1;S.Sos., M.AP., M.Si.;x;y\n',
  ],
])('%s part cells', (_, text) => {
  expect((read(text) as string[][]).slice(-2).map((cells) => cells.slice(0, 2))).toEqual([
    ['a', 'b'],
    ['1', 'S.Sos., M.AP., M.Si.'],
  ]);
});

test('Excel’s Unicode Text, which is UTF-16', () => {
  const bytes = new Uint8Array([0xff, 0xfe, ...[...'a\tJosé\n1\t2'].flatMap((c) => [c.charCodeAt(0), 0])]);
  const file = parseCsv(bytes, LIMITS);
  expect(file).toMatchObject({ ok: true, encoding: 'utf-16', separator: '\t' });
  expect(file.ok && file.rows[0]?.cells).toEqual(['a', 'José']);
});

test('a stray quote within a cell spoils nothing else', () => {
  expect(read('a;b\nSoka"an;2')).toEqual([
    ['a', 'b'],
    ['Soka"an', '2'],
  ]);
});
