/**
 * CSV as spreadsheets in Indonesia write and read it (RFC 4180 with a semicolon). Shown by test/lib/csv.test.ts.
 *
 *     <BOM>No;Nama;NIP
 *     1;Contoh Nama;'198609262015051001
 *     2;"Nama; dengan titik koma";'=1+1
 *
 * Printed: UTF-8 with BOM, semicolon, CRLF. A cell that a spreadsheet would run as a formula, or read as a number, a time
 * or a date and so spoil, begins with an apostrophe; reading takes exactly that apostrophe away again.
 */
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';

const BOM = '\ufeff';

// A formula: = + - @, TAB, CR, LF and the full-width forms, also behind spaces. Digits alone, or parted as in a date, a
// time or an area code: 007, 62.01, 62.01.01, 1986-09-26, 12/11, 198609262015051001, 1E5.
const RUN_AS_FORMULA = /^\s*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
const READ_AS_NUMBER = /^\d{1,4}(?:[./:-]\d{1,4}){1,2}$|^0\d+$|^\d{12,}$|^\d+(?:[.,]\d+)?E[+-]?\d+$/i;
const MARKED = /^'+/;

const needsMark = (cell: string): boolean => RUN_AS_FORMULA.test(cell) || READ_AS_NUMBER.test(cell);

/** The cell as text for every spreadsheet. */
export const markCell = (cell: string): string => (needsMark(cell.replace(MARKED, '')) ? `'${cell}` : cell);

/** The pair of `markCell`. An apostrophe that belongs to a name stays. */
export const unmarkCell = (cell: string): string =>
  cell.startsWith("'") && needsMark(cell.replace(MARKED, '')) ? cell.slice(1) : cell;

/** Rows without the BOM, for a part of a file. */
export const formatCsvRows = (rows: readonly (readonly string[])[]): string =>
  stringify(
    rows.map((row) => row.map(markCell)),
    // A lone CR or LF is not the line end it was told, so the library would leave it bare.
    { delimiter: ';', record_delimiter: '\r\n', quoted_match: /[\r\n]/ },
  );

export const formatCsv = (rows: readonly (readonly string[])[]): string => BOM + formatCsvRows(rows);

export type CsvFault =
  | 'csv-archive'
  | 'csv-binary'
  | 'csv-bytes'
  | 'csv-rows'
  | 'csv-cells'
  | 'csv-quotes'
  | 'csv-empty';

export interface CsvLimits {
  bytes: number;
  rows: number;
  /** Cells in one row. */
  cells: number;
}

export interface CsvRow {
  /** As a spreadsheet counts: the first row of the file is 1, empty rows count. */
  row: number;
  cells: string[];
}

export type CsvText =
  | { ok: true; rows: CsvRow[]; separator: ',' | ';'; encoding: 'utf-8' | 'windows-1252' }
  | { ok: false; code: CsvFault; row: number | null };

/** Reads hostile bytes. Rows without any text are left out. Either separator, BOM or none, CRLF, LF or CR. */
export function parseCsv(bytes: Uint8Array, limits: CsvLimits): CsvText {
  const refuse = (code: CsvFault, row: number | null = null): CsvText => ({ ok: false, code, row });
  if (bytes.length > limits.bytes) return refuse('csv-bytes');
  if (isArchive(bytes)) return refuse('csv-archive');
  if (bytes.includes(0)) return refuse('csv-binary');
  const { text, encoding } = decode(bytes);
  const body = text.replace(/^sep=[,;]\r?\n/i, '\n');
  const separator = separatorOf(body);

  let records: string[][];
  try {
    records = parse(body, {
      delimiter: separator,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: true,
      max_record_size: 100_000,
      // One more than allowed, so that a longer file shows.
      to: limits.rows + 1,
    });
  } catch (error) {
    return refuse('csv-quotes', lineOf(error));
  }
  if (records.length > limits.rows) return refuse('csv-rows');

  const rows: CsvRow[] = [];
  for (const [at, record] of records.entries()) {
    if (record.length > limits.cells) return refuse('csv-cells', at + 1);
    if (record.some((cell) => cell.trim() !== '')) rows.push({ row: at + 1, cells: record.map(unmarkCell) });
  }
  return rows.length === 0 ? refuse('csv-empty') : { ok: true, rows, separator, encoding };
}

/** ZIP (XLSX, ODS), the old Excel container, gzip, 7z, RAR, PDF. */
function isArchive(bytes: Uint8Array): boolean {
  const begins = (...magic: number[]): boolean => magic.every((byte, at) => bytes[at] === byte);
  return (
    begins(0x50, 0x4b) ||
    begins(0xd0, 0xcf, 0x11, 0xe0) ||
    begins(0x1f, 0x8b) ||
    begins(0x37, 0x7a, 0xbc, 0xaf) ||
    begins(0x52, 0x61, 0x72, 0x21) ||
    begins(0x25, 0x50, 0x44, 0x46)
  );
}

/** UTF-8 if it is valid, with or without BOM; else Windows-1252, which any bytes are. */
function decode(bytes: Uint8Array): { text: string; encoding: 'utf-8' | 'windows-1252' } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'windows-1252' };
  }
}

/** Whichever stands more often in the first line that has text, outside quotes. */
function separatorOf(text: string): ',' | ';' {
  // Found from its first letter: an expression for the whole line would try a line of separators from each of them.
  const at = Math.max(text.search(/[^\s,;]/), 0);
  const from = Math.max(text.lastIndexOf('\n', at), text.lastIndexOf('\r', at)) + 1;
  const head = (/^[^\r\n]*/.exec(text.slice(from))?.[0] ?? '').replace(/"[^"]*"/g, '');
  return head.split(',').length > head.split(';').length ? ',' : ';';
}

function lineOf(error: unknown): number | null {
  const lines = (error as { lines?: unknown }).lines;
  return typeof lines === 'number' ? lines : null;
}
