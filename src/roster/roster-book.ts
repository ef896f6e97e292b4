/**
 * A file as an officer reads it, step by step: the sheet that has the list, the meaning of its headings, cells that were mended. It is
 * carried from form to form, so that nothing is kept before all of it goes in. Shown by test/roster/roster-book.test.ts.
 */
import * as z from 'zod/mini';
import type { Bytes } from '../lib/bytes.ts';
import { utf8, utf8Text } from '../lib/bytes.ts';
import type { CsvFault } from '../lib/csv.ts';
import { pack, unpack } from '../lib/pack.ts';
import { EVERY_HIDDEN } from '../lib/text.ts';
import { UNSUR } from '../naskah/wording.ts';
import { ARCHIVE_LIMITS } from '../sheet/archive.ts';
import { looksWorkbook, readWorkbook, type WorkbookFault } from '../sheet/read-workbook.ts';
import type { TableRow } from '../sheet/table.ts';
import { ROSTER_COLUMNS } from './column.ts';
import { LIMITS, openText, type RosterTable, readTable, type TableReading } from './roster-file.ts';

/** The largest file that is looked at; of text `LIMITS.bytes`. */
export const MOST_BYTES = ARCHIVE_LIMITS.bytes;
/** Of a book as JSON: as many letters as a workbook's cells may have, and what stands around them. */
const MOST_CARRIED = 24_000_000;

const whole = (least: number, most: number) => z.int().check(z.minimum(least), z.maximum(most));
const places = z.optional(z.array(whole(0, LIMITS.cells)).check(z.maxLength(LIMITS.cells)));
const table = z.object({
  name: z.nullable(z.string()),
  rows: z
    .array(
      z.object({
        row: whole(1, 1_048_576),
        cells: z.array(z.string()).check(z.maxLength(LIMITS.cells)),
        numbers: places,
        formulas: places,
      }),
    )
    .check(z.minLength(1), z.maxLength(LIMITS.rows)),
  hiddenRows: whole(0, LIMITS.rows),
  separator: z.nullable(z.enum([';', ',', '\t', '|'])),
  encoding: z.enum(['utf-8', 'utf-16', 'windows-1252', 'mac-roman']),
  twice: z.boolean(),
});
const book = z.object({
  /** As the file was called. */
  name: z.string().check(z.maxLength(100)),
  /** Until a sheet is chosen, all that have rows. */
  tables: z.array(table).check(z.minLength(1)),
  /** Sheets that the workbook doesn't show: they are left out. */
  hidden: z.array(z.string()),
  /** What the officer told of headings that we don't know, as `plain` makes them. */
  headings: z
    .array(z.tuple([z.string().check(z.maxLength(60)), z.nullable(z.enum(ROSTER_COLUMNS))]))
    .check(z.maxLength(LIMITS.cells)),
  /** The row of the headings, where it wasn't found. */
  head: z.nullable(whole(1, 1_048_576)),
  unsur: z.nullable(z.enum([...UNSUR, 'tempat'])),
  /** Rows that the officer has struck out. */
  struck: z.array(whole(1, 1_048_576)).check(z.maxLength(LIMITS.rows)),
});
export type RosterBook = z.infer<typeof book>;

export type BookFault = CsvFault | WorkbookFault;
export type OpenedBook =
  | { ok: true; book: RosterBook }
  /** Where it is, if it is in a sheet or a row. */
  | { ok: false; code: BookFault; sheet: string | null; row: number | null };

export async function openBook(name: string, bytes: Bytes): Promise<OpenedBook> {
  const around = { name: name.slice(0, 100), headings: [], head: null, unsur: null, struck: [] };
  if (!looksWorkbook(bytes)) {
    const text = openText(bytes);
    return text.ok
      ? { ok: true, book: { ...around, tables: [text.table], hidden: [] } }
      : { ok: false, code: text.code, sheet: null, row: text.row };
  }
  const read = await readWorkbook(bytes, LIMITS);
  if (!read.ok) return read;
  const rows = read.sheets.reduce((sum, sheet) => sum + sheet.rows.length, 0);
  if (rows > LIMITS.rows) return { ok: false, code: 'workbook-rows', sheet: null, row: null };
  const tables = read.sheets.map(
    (sheet): RosterTable => ({
      ...sheet,
      ...{ separator: null, encoding: 'utf-8', twice: false },
    }),
  );
  return { ok: true, book: { ...around, tables, hidden: read.hidden } };
}

/** For a hidden field. */
export const formatBook = (given: RosterBook): Promise<string> => pack(utf8(JSON.stringify(given)));

/** The pair of `formatBook`; null if it isn't one. */
export async function parseBook(text: string): Promise<RosterBook | null> {
  const bytes: Bytes | null = await unpack(text, MOST_CARRIED);
  if (!bytes) return null;
  try {
    return book.parse(JSON.parse(utf8Text(bytes)));
  } catch {
    return null;
  }
}

/** As the officer reads it; `remembered`: what an earlier file's headings were told to mean. */
export const readingOf = (
  { headings, head, unsur }: RosterBook,
  remembered: ReadonlyMap<string, (typeof ROSTER_COLUMNS)[number] | null>,
): TableReading => ({ headings: new Map([...remembered, ...headings]), head, unsur });

/** The one sheet that is read. */
export function readBook(given: RosterBook, reading: TableReading): ReturnType<typeof readTable> {
  const [one] = given.tables;
  const struck = new Set(given.struck);
  const rows = one!.rows.filter(({ row }) => !struck.has(row));
  if (rows.length === 0) return { ok: false, code: 'rows-missing', row: null, column: null, headings: [] };
  return readTable({ ...one!, rows }, reading);
}

/** Whether nobody knows what the cell says: a number in place of text, a formula that was never calculated. */
const isUnsure = ({ numbers, formulas }: TableRow, at: number): boolean =>
  Boolean(numbers?.includes(at) || formulas?.includes(at));

/** What an officer finds in a field to mend a cell. What nobody knows is typed anew, or stays as it is. */
export const toMend = (given: TableRow, at: number): string =>
  isUnsure(given, at) ? '' : (given.cells[at] ?? '').replace(/\s*[\r\n]+\s*/g, ' ').replace(EVERY_HIDDEN, '');

/** A cell as the officer has typed it anew: it is text then. `at`: the column, from 0. */
export function mendCell(given: RosterBook, row: number, at: number, text: string): void {
  const found = given.tables[0]!.rows.find((one) => one.row === row);
  if (!found || at >= LIMITS.cells || (text === '' && isUnsure(found, at))) return;
  while (found.cells.length <= at) found.cells.push('');
  found.cells[at] = text;
  for (const kind of ['numbers', 'formulas'] as const) {
    const left = found[kind]?.filter((one) => one !== at);
    if (left?.length) found[kind] = left;
    else delete found[kind];
  }
}
