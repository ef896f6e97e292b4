/**
 * Berkas daftar: the list as a CSV file that an office keeps in its spreadsheet. Shown by test/roster/roster-file.test.ts.
 *
 *     No;Kode wilayah;Kecamatan;Desa/Kelurahan;Unsur;Gelar depan;Nama;Gelar belakang;Jabatan;NIP/NRP;Pangkat/Gol;Unit kerja
 *     1;62.01.01.2008;Kumai;Sungai Kapitan;kepala desa;H.;Contoh Nama;S.Sos., M.AP.;Kepala Desa;;;
 *
 * Columns in any order, under the headings that column.ts knows. Text that has no column is a complaint of its row. `No`, `Kecamatan` and `Desa/Kelurahan` are for the eye: they must
 * not contradict the code. A column that is left out leaves what the list has. What people put around a list (titles above the
 * headings, numbers of columns, a section, a sum, a signature block) is left out, and told.
 */
import {
  type CsvFault,
  type CsvRow,
  type Encoding,
  formatCsv,
  joinsRows,
  parseCsv,
  SEPARATORS,
  type Separator,
} from '../lib/csv.ts';
import { mendTwiceEncoded } from '../lib/misread.ts';
import { type Area, pathIn, readKode, shortName } from '../wilayah/area.ts';
import { isSection, withoutEmptyWord } from './cell.ts';
import { type Column, columnOf, ROSTER_COLUMNS, underHeadings } from './column.ts';
import { type RosterEntry, saysNoNip } from './person.ts';
import { differing, speakOfPeople } from './unread.ts';

const REQUIRED: readonly Column[] = ['Kode wilayah', 'Unsur', 'Nama'];

/** Enough for the largest kabupaten with all its ASN, Polri and TNI; a file below either limit is read at once. */
export const LIMITS = { bytes: 5_000_000, rows: 20_000, cells: 100 };

/** What can't be read as a cell of ours, or may be one. */
export interface Stray {
  row: number;
  /** The heading, or which column it is. */
  column: string;
  value: string;
  code: StrayComplaint | StrayQuestion;
  detail: string;
  /** Of a question: all that an answer is to. */
  content?: string;
}
export type StrayComplaint = 'cell-lines' | 'cell-no-heading' | 'row-above' | 'row-shifted' | 'nip-twice';
export type StrayQuestion = 'column-unread' | 'file-letters';

/** One row as it was typed. */
export interface RosterRow {
  /** As the spreadsheet counts it. */
  row: number;
  cells: Partial<Record<Column, string>>;
  /** Of this row; the first row has also what isn't of any. */
  strays?: readonly Stray[];
  /** Columns that nobody typed: a form brought back what the list has, or keeps it unseen. */
  untouched?: readonly Column[];
}

export type RosterFault = CsvFault | 'column-missing' | 'column-twice' | 'rows-missing' | 'rows-nobody';

/** A row that lists nobody. */
export interface LeftOut {
  row: number;
  /** Its beginning. */
  text: string;
  why: 'above' | 'headings' | 'numbers' | 'nobody';
}

export type RosterText =
  | { ok: true; rows: RosterRow[]; leftOut: LeftOut[]; unknown: string[]; encoding: Encoding }
  /** `row`: the one that was read as headings, or where the fault is. */
  | {
      ok: false;
      code: RosterFault;
      row: number | null;
      column: Column | null;
      /** What was read as headings, where that is the fault. */
      headings: string[];
    };

/** Titles above a list have fewer rows. */
const SEARCHED = 50;

/** Where the headings stand: the first row that has all that must be there, else the one with the most of ours, else the first. */
function headingsAt(rows: readonly CsvRow[]): number {
  let best = { at: 0, ours: 1 };
  for (const [at, { cells }] of rows.slice(0, SEARCHED).entries()) {
    const ours = new Set(cells.map(columnOf).filter((column) => column !== undefined));
    if (REQUIRED.every((column) => ours.has(column))) return at;
    if (ours.size > best.ours) best = { at, ours: ours.size };
  }
  return best.at;
}

const hasAll = (row: CsvRow): boolean => {
  const ours = new Set(row.cells.map(columnOf));
  return REQUIRED.every((column) => ours.has(column));
};

/** By what parts the headings, where the rows below them are parted otherwise. */
function partedByHeadings(bytes: Uint8Array): ReturnType<typeof parseCsv> {
  const file = parseCsv(bytes, LIMITS);
  if (!file.ok || hasAll(file.rows[headingsAt(file.rows)]!)) return file;
  for (const separator of SEPARATORS) {
    if (separator === file.separator) continue;
    const other = parseCsv(bytes, LIMITS, separator);
    if (other.ok && hasAll(other.rows[headingsAt(other.rows)]!)) return other;
  }
  return file;
}

export function parseRoster(bytes: Uint8Array): RosterText {
  const refuse = (
    code: RosterFault,
    column: Column | null = null,
    row: number | null = null,
    headings: string[] = [],
  ): RosterText => ({ ok: false, code, row, column, headings });
  const file = partedByHeadings(bytes);
  if (!file.ok) return refuse(file.code, null, file.row);
  const { separator } = file;
  const start = headingsAt(file.rows);
  const head = file.rows[start]!;
  // A quote left open above the list, or in its headings, has eaten rows.
  const eaten = file.rows
    .slice(0, start + 1)
    .find(({ cells }) => cells.some((cell) => joined(cell, separator)));
  if (eaten) return refuse('csv-quotes', null, eaten.row);

  const below = file.rows[start + 1];
  const two = below && below.row === head.row + 1 ? underHeadings(head.cells, below.cells) : null;
  const headings = (two ?? head.cells).map((heading) => heading.replace(/\s+/g, ' ').trim().slice(0, 60));
  const read = headings.filter((heading) => heading !== '');
  const places: { column: Column; at: number }[] = [];
  /** A second column of numbers: NIP of some, NRP of others. */
  let secondNumber = -1;
  const unread: number[] = [];
  for (const [at, heading] of headings.entries()) {
    const column = columnOf(heading);
    if (column === undefined) {
      if (heading !== '') unread.push(at);
      continue;
    }
    const other = places.find((place) => place.column === column);
    if (other && secondNumber < 0 && isNrp(headings[other.at]!) !== isNrp(heading)) {
      secondNumber = at;
      continue;
    }
    if (other) return refuse('column-twice', column, head.row, [headings[other.at]!, heading]);
    places.push({ column, at });
  }
  const missing = REQUIRED.find((column) => !places.some((place) => place.column === column));
  if (missing) return refuse('column-missing', missing, head.row, read);

  const rows: RosterRow[] = [];
  const leftOut: LeftOut[] = [];
  const strays: Stray[] = [];
  /** Rows of people, with all their cells. */
  const kept: { given: RosterRow; cells: readonly string[] }[] = [];
  const doubtful = file.encoding === 'windows-1252' || file.encoding === 'mac-roman';
  const letters: { row: number; text: string }[] = [];
  for (const [at, { row, cells }] of file.rows.entries()) {
    if (at === start) continue;
    if (at < start) {
      // A title has no code and no number of its own.
      const person = hasCode(cells) || cells.some((cell) => /^\d{18}$/.test(cell.trim()));
      if (person) strays.push({ row, column: 'Baris', value: textOf(cells), code: 'row-above', detail: '' });
      else leftOut.push({ row, text: textOf(cells), why: 'above' });
      continue;
    }
    const given: RosterRow = { row, cells: {} };
    for (const { column, at } of places) given.cells[column] = cells[at] ?? '';
    const numbers = secondNumber < 0 ? [] : joinNumbers(given, cells[secondNumber] ?? '');
    const why = two && at === start + 1 ? 'headings' : whyLeftOut(cells, given);
    if (why === 'empty') continue;
    if (why !== null) {
      if (cells.some((cell) => joined(cell, separator))) return refuse('csv-quotes', null, row);
      leftOut.push({ row, text: textOf(cells), why });
      continue;
    }
    const shifted: Stray = { row, column: 'Baris', value: textOf(cells), code: 'row-shifted', detail: '' };
    const own = isShifted(cells, given)
      ? [shifted]
      : [...straysOf(row, cells, headings, separator), ...numbers];
    if (own.length > 0) given.strays = own;
    if (doubtful || file.twice) {
      for (const column of Object.keys(given.cells) as Column[]) {
        const cell = given.cells[column]!;
        const text = mendTwiceEncoded(cell);
        if (text !== cell || (doubtful && /[^ -~]/.test(cell))) letters.push({ row, text });
        given.cells[column] = text;
      }
    }
    rows.push(given);
    // What a quote has joined says nothing yet.
    if (own.length === 0) kept.push({ given, cells });
  }
  if (letters.length > 0) {
    strays.push({
      ...{ row: head.row, column: 'Berkas', value: 'Seluruh berkas', code: 'file-letters' },
      detail: differing(letters),
      content: JSON.stringify(letters),
    });
  }
  for (const at of unread) {
    const texts = kept.map(({ given, cells }) => ({ row: given.row, text: cells[at] ?? '' }));
    if (!speakOfPeople(headings[at]!, texts)) continue;
    strays.push({
      ...{ row: head.row, column: headings[at]!, value: headings[at]!, code: 'column-unread' },
      detail: differing(texts),
      // Each cell beside who it is about.
      content: JSON.stringify(kept.map(({ given, cells }) => [given.row, placeIn(given), cells[at] ?? ''])),
    });
  }
  const [first] = rows;
  const [nobody] = leftOut.filter(({ why }) => why === 'nobody');
  if (!first) return nobody ? refuse('rows-nobody', null, nobody.row) : refuse('rows-missing');
  if (strays.length > 0) first.strays = [...strays, ...(first.strays ?? [])];
  const unknown = unread.map((at) => headings[at]!);
  return { ok: true, rows, leftOut, unknown, encoding: file.encoding };
}

const isNrp = (heading: string): boolean => /nrp/i.test(heading) && !/nip/i.test(heading);

/** One number of two columns; a complaint if both have one. */
function joinNumbers(given: RosterRow, second: string): Stray[] {
  const first = given.cells['NIP/NRP'] ?? '';
  const says = (cell: string): boolean => {
    const said = withoutEmptyWord(cell.trim());
    return said !== '' && !saysNoNip(said);
  };
  if (!says(second) || first.trim() === second.trim()) return [];
  if (says(first)) {
    return [{ row: given.row, column: 'NIP/NRP', value: '', code: 'nip-twice', detail: '' }];
  }
  given.cells['NIP/NRP'] = second;
  return [];
}

/** What tells a row's person apart. */
const placeIn = ({ cells }: RosterRow): string =>
  [cells['Kode wilayah'], cells.Unsur, cells['NIP/NRP']].join(' ');

/** The code of a village, in its dots or as ten digits; no date and no other number looks so. */
const VILLAGE = /(?<![\d.])\d\d\.\d\d\.\d\d\.\d{4}(?!\d)|(?<!\d)[1-9]\d{9}(?!\d)/;
const hasCode = (cells: readonly string[]): boolean =>
  cells.some((cell) => VILLAGE.test(cell) || (readKode(cell.trim())?.length ?? 0) >= 8);

/** Whether a row's code stands under another heading, or its cells are all in the one for codes. */
function isShifted(cells: readonly string[], given: RosterRow): boolean {
  const kode = given.cells['Kode wilayah'] ?? '';
  if (/\d/.test(kode)) return given.cells.Unsur === '' && VILLAGE.test(kode) && /\p{L}{3}/u.test(kode);
  return hasCode(cells);
}

/** Whole rows have got into one cell. */
const joined = (cell: string, separator: Separator): boolean =>
  cell.includes(separator) && joinsRows(cell, separator);

/** Text that has no column, and cells that a quote has joined. */
function straysOf(
  row: number,
  cells: readonly string[],
  headings: readonly string[],
  separator: Separator,
): Stray[] {
  const found: Stray[] = [];
  const short = headings.length - cells.length;
  for (const [at, cell] of cells.entries()) {
    if (cell === '') continue;
    const stray = (code: Stray['code']): void => {
      found.push({ row, column: headings[at] || `Kolom ${at + 1}`, value: cell, code, detail: '' });
    };
    // A quote within one row takes as many cells as are missing.
    const taken = short > 0 && cell.includes(separator) ? cell.split(separator).length - 1 : 0;
    if (joinsRows(cell, separator) || (taken > 0 && taken === short)) stray('cell-lines');
    else if (!headings[at] && withoutEmptyWord(cell).trim() !== '') stray('cell-no-heading');
  }
  return found;
}

const ROMAN = 'i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx'.split(' ');

/** Numbers or letters of columns: `1;2;3`, `(1);(2)`, `1.;2.`, `1;2;4`, `A;B;C`, `I;II;III`. */
function isCounted(filled: readonly string[]): boolean {
  const bare = filled.map((cell) => cell.replace(/[().\s]/g, '').toLowerCase());
  const rises = (numbers: readonly number[]): boolean =>
    numbers.every((number, at) => number > (at === 0 ? 0 : numbers[at - 1]!) && number <= filled.length + 5);
  return (
    rises(bare.map((cell) => (/^\d{1,2}$/.test(cell) ? Number(cell) : 0))) ||
    rises(bare.map((cell) => ROMAN.indexOf(cell) + 1)) ||
    bare.every((cell, at) => cell === String.fromCharCode(97 + at))
  );
}

/** Why a row below the headings lists nobody; null if it does. */
function whyLeftOut(cells: readonly string[], given: RosterRow): LeftOut['why'] | 'empty' | null {
  // A row of a list has a code: the look at the others is the dearer one.
  if (/\d\d\W?\d\d/.test(given.cells['Kode wilayah'] ?? '')) return null;
  const filled = cells.map((cell) => withoutEmptyWord(cell).trim()).filter((cell) => cell !== '');
  if (filled.length === 0) return 'empty';
  if (filled.length >= 3 && isCounted(filled)) return 'numbers';
  if (REQUIRED.every((column) => columnOf(given.cells[column] ?? '') === column)) return 'headings';
  return !hasCode(cells) && isSection(given.cells, filled) ? 'nobody' : null;
}

const textOf = (cells: readonly string[]): string =>
  cells
    .map((cell) => cell.trim())
    .filter((cell) => cell !== '')
    .join(' · ')
    .slice(0, 100);

/** The pair of `parseRoster`: with BOM, as an office's spreadsheet opens it. Names of areas come from `areas`. */
export function formatRoster(entries: readonly RosterEntry[], areas: ReadonlyMap<string, Area>): string {
  const rows = entries.map((entry, at) => {
    const path = pathIn(areas, entry.wilayah);
    const named = (test: (area: Area) => boolean): string => {
      const area = path.find(test);
      return area ? shortName(area) : '';
    };
    const cells: Record<Column, string> = {
      No: String(at + 1),
      'Kode wilayah': entry.wilayah,
      Kecamatan: named((area) => area.jenis === 'kecamatan'),
      'Desa/Kelurahan': named((area) => area.kode.length === 13),
      Unsur: entry.unsur,
      'Gelar depan': entry.gelarDepan,
      Nama: entry.nama,
      'Gelar belakang': entry.gelarBelakang,
      Jabatan: entry.jabatan,
      'NIP/NRP': entry.nip,
      'Pangkat/Gol': entry.pangkat,
      'Unit kerja': entry.unitKerja,
    };
    return ROSTER_COLUMNS.map((column) => cells[column]);
  });
  return formatCsv([ROSTER_COLUMNS, ...rows]);
}

/** The headings alone. */
export const formatTemplate = (): string => formatCsv([ROSTER_COLUMNS]);
