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
import { fromMacRoman, looksMacRoman, looksTwiceEncoded } from './misread.ts';

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
  | 'file-xlsx'
  | 'file-xls'
  | 'file-docx'
  | 'file-image'
  | 'file-html'
  | 'file-pdf'
  | 'file-archive'
  | 'csv-binary'
  | 'csv-bytes'
  | 'csv-rows'
  | 'csv-cells'
  | 'csv-quotes'
  | 'csv-long'
  | 'csv-empty';

export interface CsvLimits {
  bytes: number;
  /** With text in them. */
  rows: number;
  /** Cells in one row, up to the last one with text. */
  cells: number;
}

export interface CsvRow {
  /** As a spreadsheet counts: the first row of the file is 1, empty rows count. */
  row: number;
  cells: string[];
}

export const SEPARATORS = [';', ',', '\t', '|'] as const;
export type Separator = (typeof SEPARATORS)[number];
export type Encoding = 'utf-8' | 'utf-16' | 'windows-1252' | 'mac-roman';

export type CsvText =
  | {
      ok: true;
      rows: CsvRow[];
      separator: Separator;
      encoding: Encoding;
      /** Letters in it look like UTF-8 twice over. */
      twice: boolean;
    }
  | { ok: false; code: CsvFault; row: number | null };

/**
 * Reads hostile bytes. What has no text doesn't count: neither rows nor cells at their ends. BOM or none; CRLF, LF or CR. `parted`: by
 * what, if that is known.
 */
export function parseCsv(bytes: Uint8Array, limits: CsvLimits, parted?: Separator): CsvText {
  const refuse = (code: CsvFault, row: number | null = null): CsvText => ({ ok: false, code, row });
  if (bytes.length > limits.bytes) return refuse('csv-bytes');
  const other = otherFormat(bytes);
  if (other) return refuse(other);
  const { text, encoding } = decode(bytes);
  if (text.includes('\0')) return refuse('csv-binary');
  if (MARKUP.test(text.slice(0, 1000))) return refuse('file-html');
  const declared = /^sep=([,;\t|])\r?\n/i.exec(text)?.[1] as Separator | undefined;
  const body = declared === undefined ? text : text.slice('sep=;'.length);
  const separator = parted ?? declared ?? separatorOf(body);

  const rows: CsvRow[] = [];
  let row = 0;
  let wide: number | null = null;
  try {
    parse(body, {
      delimiter: separator,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: true,
      max_record_size: 100_000,
      on_record: (record: string[]) => {
        row++;
        const last = record.findLastIndex((cell) => cell.trim() !== '');
        if (last < 0) return null;
        if (last >= limits.cells) wide ??= row;
        const cells = record.length > limits.cells ? record.slice(0, last + 1) : record;
        rows.push({ row, cells: cells.map(unmarkCell) });
        if (rows.length > limits.rows || wide !== null) throw new Enough();
        return null;
      },
    });
  } catch (error) {
    if (wide !== null) return refuse('csv-cells', wide);
    if (rows.length > limits.rows) return refuse('csv-rows');
    // The row that was begun and not ended: a quote left open takes all that follows.
    return refuse(
      (error as { code?: unknown }).code === 'CSV_MAX_RECORD_SIZE' ? 'csv-long' : 'csv-quotes',
      row + 1,
    );
  }
  return rows.length === 0
    ? refuse('csv-empty')
    : { ok: true, rows, separator, encoding, twice: looksTwiceEncoded(text) };
}

/**
 * What a quote has joined that may have been parted: a line break between two texts, or with a separator beside it. A ditto mark
 * takes all rows up to the next one into its cell.
 */
export const joinsRows = (cell: string, separator: Separator): boolean =>
  /[\r\n]/.test(cell) && (cell.includes(separator) || /[\r\n]/.test(cell.trim()));

/** Stops reading: there is more than is allowed. */
class Enough extends Error {}

/** What a web page or a spreadsheet saved as one begins with, whatever the file is called. */
const MARKUP = /^\s*(?:<\?xml|<!--|<!doctype|<html|<head|<body|<table|<meta|<style|mime-version:)/i;

/** Bytes that are another format: ZIP (XLSX, DOCX, ODS), the old Excel container, gzip, 7z, RAR, PDF, a picture. */
function otherFormat(bytes: Uint8Array): CsvFault | null {
  const begins = (...magic: number[]): boolean => magic.every((byte, at) => bytes[at] === byte);
  if (begins(0x50, 0x4b)) {
    // Names of a ZIP's members stand before each, and all together at its end; whichever comes first, or is left.
    const names = new TextDecoder('latin1').decode(bytes);
    if (/xl\/(?:workbook|worksheets|_rels|styles|sharedStrings)/.test(names)) return 'file-xlsx';
    if (/word\/(?:document|_rels|styles|settings)/.test(names)) return 'file-docx';
    return names.includes('[Content_Types].xml') && !names.includes('ppt/') ? 'file-xlsx' : 'file-archive';
  }
  if (begins(0xd0, 0xcf, 0x11, 0xe0)) return 'file-xls';
  if (begins(0x25, 0x50, 0x44, 0x46)) return 'file-pdf';
  const isBox = bytes.length > 12 && new TextDecoder('latin1').decode(bytes.slice(4, 8)) === 'ftyp';
  // JPEG, PNG, GIF, WebP, HEIC.
  if (begins(0xff, 0xd8, 0xff) || begins(0x89, 0x50, 0x4e, 0x47) || begins(0x47, 0x49, 0x46, 0x38) || isBox) {
    return 'file-image';
  }
  if (begins(0x52, 0x49, 0x46, 0x46) && bytes[8] === 0x57) return 'file-image';
  if (begins(0x1f, 0x8b) || begins(0x37, 0x7a, 0xbc, 0xaf) || begins(0x52, 0x61, 0x72, 0x21)) {
    return 'file-archive';
  }
  return null;
}

/** UTF-16 if its BOM says so (Excel's "Unicode Text"); UTF-8 if it is valid; else of a Mac or of Windows, which any bytes are. */
function decode(bytes: Uint8Array): { text: string; encoding: Encoding } {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) {
    return { text: new TextDecoder('utf-16le').decode(bytes), encoding: 'utf-16' };
  }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    return { text: new TextDecoder('utf-16be').decode(bytes), encoding: 'utf-16' };
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
  } catch {
    return looksMacRoman(bytes)
      ? { text: fromMacRoman(bytes), encoding: 'mac-roman' }
      : { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'windows-1252' };
  }
}

/**
 * The one that stands in the most of the first lines, outside quotes: titles above a list have none, names have commas here and
 * there. Among equals the one that stands most often in one line.
 */
function separatorOf(text: string): Separator {
  // Found from its first letter: an expression for the whole line would try a line of separators from each of them.
  const at = Math.max(text.search(/[^\s,;|]/), 0);
  const from = Math.max(text.lastIndexOf('\n', at), text.lastIndexOf('\r', at)) + 1;
  const lines = text
    .slice(from, from + 50_000)
    .replace(/"[^"]*"/g, '')
    .split(/[\r\n]+/, 50);
  const found = SEPARATORS.map((separator) => {
    const counts = lines.map((line) => line.split(separator).length - 1).filter((count) => count > 0);
    return { separator, lines: counts.length, most: Math.max(0, ...counts) };
  });
  return found.reduce((best, one) =>
    one.lines > best.lines || (one.lines === best.lines && one.most > best.most) ? one : best,
  ).separator;
}
