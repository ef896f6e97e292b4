/** What is written is read again by a library that has nothing of ours, nor of the one that packs it. */

import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { readXlsx } from 'hucre';
import { expect, test, vi } from 'vitest';
import { concat, utf8Text } from '../../src/lib/bytes.ts';
import { formatLocal, ZONES } from '../../src/lib/zone.ts';
import { type Cell, type CellRow, type WrittenSheet, writeWorkbook } from '../../src/sheet/write-workbook.ts';

async function* inBatches(rows: readonly CellRow[], each = 3): AsyncGenerator<readonly CellRow[]> {
  for (let at = 0; at < rows.length; at += each) yield rows.slice(at, at + each);
}

async function written(sheets: readonly WrittenSheet[]): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  for await (const piece of writeWorkbook(sheets)) pieces.push(piece);
  return concat(...pieces);
}
const partsOf = (file: Uint8Array): Record<string, string> =>
  Object.fromEntries(Object.entries(unzipSync(file)).map(([path, bytes]) => [path, utf8Text(bytes)]));

const columns = ['No', 'NIP', 'Nama', 'Waktu', 'Persen'].map((name) => ({ name, width: 12 }));
const sheet = (rows: readonly CellRow[], more: Partial<WrittenSheet> = {}): WrittenSheet => ({
  ...{ name: 'Rekap', columns, rows: inBatches(rows), ...more },
});

/** As another library reads it: below the heading. */
const read = async (sheets: readonly WrittenSheet[]) => readXlsx(await written(sheets), { readStyles: true });

test('cells come back as what they are: a number, a text, a date with its zone, a part', async () => {
  const at = new Date('2026-11-23T02:10:00Z');
  const book = await read([
    sheet([
      [17, '198609262015051001', 'Siti', { at, zona: 'WIB' }, { percent: 0.873 }],
      [null, '', 'Budi'],
    ]),
  ]);
  const [one] = book.sheets;
  expect(one!.name).toBe('Rekap');
  expect(one!.rows[0]).toEqual(['No', 'NIP', 'Nama', 'Waktu', 'Persen']);
  expect(one!.rows[1]).toEqual([17, '198609262015051001', 'Siti', new Date('2026-11-23T09:10:00Z'), 0.873]);
  expect([one!.rows[2]![0] ?? null, one!.rows[2]![1] ?? null, one!.rows[2]![2]]).toEqual([
    null,
    null,
    'Budi',
  ]);
  const cells = one!.cells!;
  const kind = (place: string) => [cells.get(place)!.type, cells.get(place)!.style?.numFmt];
  expect(['1,0', '1,1', '1,2', '1,3', '1,4'].map(kind)).toEqual([
    ['number', undefined],
    ['string', '@'],
    ['string', '@'],
    ['date', 'yyyy\\-mm\\-dd\\ hh"."mm\\ "WIB"'],
    ['number', '0.0%'],
  ]);
});

// What an office may have in a name, and what a spreadsheet would make of it.
const HOSTILE = [
  '=1+1',
  '+62',
  '@SUM(A1)',
  '-1',
  "'Aisyah",
  "=cmd|' /C calc'!A0",
  '\t=1',
  ' =1',
  '0',
  '007',
  '1E5',
  'TRUE',
  '62.01.01',
  '12/11',
  '198609262015051001',
  'a\nb',
  'a\r\nb',
  'a\rb',
  ' a ',
  '<b>&amp;"',
  '_x000D_',
  '_x0041_',
  '__x0041_',
  'Ma’ruf',
  '𠮷',
  ']]>',
  'A'.repeat(80),
];

test.each(HOSTILE)('%j comes back exactly, as a text that is never run', async (text) => {
  const file = await written([sheet([[1, text, text]])]);
  const book = await readXlsx(file);
  expect(book.sheets[0]!.rows[1]!.slice(1, 3)).toEqual([text, text]);
  for (const part of Object.values(partsOf(file))) expect(part).not.toMatch(/<f[ >]/);
});

test('what XML can’t hold is left out, and nothing else', async () => {
  const book = await read([
    sheet([[1, '\0a\u0001b\ud800c\udc00d\ufffe\uffff\u000b', 'x\ud83d\ude00\t\u0085\u2028y']]),
  ]);
  expect(book.sheets[0]!.rows[1]!.slice(1, 3)).toEqual(['abcd', 'x\ud83d\ude00\t\u0085\u2028y']);
});

test('a letter too many is left out where a cell would be too long', async () => {
  const book = await read([sheet([[1, 'x'.repeat(40_000), 'y']])]);
  expect(String(book.sheets[0]!.rows[1]![1]).length).toBe(32_767);
});

test('whatever the cells are, they come back: value and type', async () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((one) => one !== '');
  const instant = fc.integer({ min: 0, max: 35_000_000 }).map((minutes) => new Date(minutes * 60_000));
  const cell: fc.Arbitrary<Cell> = fc.oneof(
    text,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }).map((value) => value + 0),
    fc.record({ at: instant, zona: fc.constantFrom(...ZONES) }),
    fc.double({ noNaN: true, min: 0, max: 1 }).map((percent) => ({ percent })),
  );
  const row = fc.array(cell, { minLength: 1, maxLength: columns.length });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 8 }), async (rows) => {
      const found = (await read([sheet(rows)])).sheets[0]!.rows.slice(1);
      expect(found.map((cells) => cells.filter((one) => one !== null))).toEqual(
        rows.map((cells) =>
          cells.map((one) => {
            if (one === null || typeof one !== 'object') return one;
            return 'percent' in one ? one.percent : new Date(`${formatLocal(one.at, one.zona)}Z`);
          }),
        ),
      );
    }),
    { numRuns: 100 },
  );
});

test('the heading stays in sight and on each printed page, and columns have widths and a filter', async () => {
  const file = await written([
    sheet(
      [
        [1, 'a'],
        [2, 'b'],
      ],
      { filter: true },
    ),
    sheet([[3, 'c']], {
      name: 'Ringkasan',
      above: [['Judul'], ['Dicetak', 'hari ini']],
      below: [['Catatan']],
    }),
  ]);
  const parts = partsOf(file);
  const [first, second] = [1, 2].map((n) => parts[`xl/worksheets/sheet${n}.xml`]!);
  expect(first).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>');
  expect(first).toContain('<autoFilter ref="A1:E3"/>');
  expect(first).toContain(
    '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>',
  );
  expect(second).toContain('<pane ySplit="3" topLeftCell="A4" activePane="bottomLeft" state="frozen"/>');
  expect(second).not.toContain('autoFilter');
  expect(parts['xl/workbook.xml']).toContain(
    `<definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">'Rekap'!$A$1:$E$3</definedName>` +
      `<definedName name="_xlnm.Print_Titles" localSheetId="0">'Rekap'!$1:$1</definedName>` +
      `<definedName name="_xlnm.Print_Titles" localSheetId="1">'Ringkasan'!$3:$3</definedName>`,
  );
  const book = await readXlsx(file, { readStyles: true });
  expect(book.sheets.map(({ name }) => name)).toEqual(['Rekap', 'Ringkasan']);
  const [rekap, ringkasan] = book.sheets;
  expect(rekap!.columns!.map(({ width }) => width)).toEqual(columns.map(({ width }) => width));
  expect(rekap!.cells!.get('0,0')!.style!.font!.bold).toBe(true);
  expect(rekap!.cells!.get('1,1')!.style!.font?.bold ?? false).toBe(false);
  expect(ringkasan!.rows.map((row) => row.filter((one) => one !== null))).toEqual([
    ['Judul'],
    ['Dicetak', 'hari ini'],
    columns.map(({ name }) => name),
    [3, 'c'],
    ['Catatan'],
  ]);
});

test.each([
  [['Rekap [1]: a/b\\c?*'], ['Rekap 1 a b c']],
  [["'Ma'ruf'"], ["Ma'ruf"]],
  [
    ['', ' ', "''"],
    ['Lembar', 'Lembar (2)', 'Lembar (3)'],
  ],
  [
    ['Rekap', 'REKAP', 'rekap (2)'],
    ['Rekap', 'REKAP (2)', 'rekap (2) (2)'],
  ],
  [['History'], ['History (2)']],
  [['<&"\u0000>'], ['<&">']],
  [
    [`${'a'.repeat(30)} b`, 'a'.repeat(40), `${'a'.repeat(30)}😀`],
    ['a'.repeat(30), 'a'.repeat(31), `${'a'.repeat(27)} (2)`],
  ],
])('sheets that would be called %j are called so that programs take them', async (names, called) => {
  const file = await written(names.map((name) => sheet([[1]], { name, filter: true })));
  const book = await readXlsx(file);
  expect(book.sheets.map(({ name }) => name)).toEqual(called);
});

test('the same rows are the same file, whenever and wherever it is made', async () => {
  const made = () => written([sheet([[1, 'a', new Array(50).join('b')]])]);
  const file = await made();
  vi.useFakeTimers({ now: new Date('2031-02-03T04:05:06Z'), toFake: ['Date'] });
  try {
    expect(await made()).toEqual(file);
  } finally {
    vi.useRealTimers();
  }
});

test('a batch is asked for when the one before has left; who goes away ends the reading', async () => {
  let given = 0;
  let ended = false;
  const letters = () => Array.from({ length: 200 }, () => crypto.randomUUID()).join('');
  async function* endless(): AsyncGenerator<readonly CellRow[]> {
    try {
      for (;;) {
        given++;
        yield Array.from({ length: 20 }, (): CellRow => [letters(), letters()]);
      }
    } finally {
      ended = true;
    }
  }
  const pieces = writeWorkbook([sheet([], { rows: endless() })]);
  await pieces.next();
  const first = given;
  await pieces.next();
  expect(given - first).toBe(1);
  await pieces.return(undefined);
  expect([ended, given]).toEqual([true, first + 1]);
});

test('more rows than a sheet may have are no file', async () => {
  async function* many(): AsyncGenerator<readonly CellRow[]> {
    yield new Array<CellRow>(1_048_576);
  }
  await expect(written([sheet([], { rows: many() })])).rejects.toThrow('more rows than a sheet may have');
  await expect(written([sheet([[Number.NaN]])])).rejects.toThrow('no number');
});
