/**
 * Berkas daftar: the list as an office keeps it in its spreadsheet, a workbook or CSV. Shown by test/roster/roster-file.test.ts.
 *
 *     No;Kode wilayah;Kecamatan;Desa/Kelurahan;Unsur;Gelar depan;Nama;Gelar belakang;Jabatan;NIP/NRP;Pangkat/Gol;Unit kerja
 *     1;62.01.01.2008;Kumai;Sungai Kapitan;kepala desa;H.;Contoh Nama;S.Sos., M.AP.;Kepala Desa;;;
 *
 * Columns in any order, under the headings that column.ts knows or that an officer has told the meaning of. Text that has no column is a
 * complaint of its row. Beside a code `Kecamatan` and `Desa/Kelurahan` must not contradict it; without one they tell the place
 * (place-by-name.ts). A column that is left out leaves what the list has. What people put around a list (titles above the
 * headings, numbers of columns, a section, a sum, a signature block) is left out, and told.
 */
import {
  type CsvFault,
  type Encoding,
  formatCsv,
  joinsRows,
  parseCsv,
  SEPARATORS,
  type Separator,
} from '../lib/csv.ts';
import { mendTwiceEncoded } from '../lib/misread.ts';
import type { Unsur } from '../naskah/wording.ts';
import { addressOf, columnLetters, type TableRow } from '../sheet/table.ts';
import { type Area, pathIn, readKode, shortName } from '../wilayah/area.ts';
import { isAround, isSection, MONTH, withoutEmptyWord } from './cell.ts';
import { type Column, columnOf, guessColumn, plain, ROSTER_COLUMNS, underHeadings } from './column.ts';
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
export type StrayComplaint =
  | 'cell-lines'
  | 'cell-no-heading'
  | 'cell-was-number'
  | 'cell-formula'
  | 'row-above'
  | 'row-shifted'
  | 'nip-twice'
  | 'kecamatan-unknown'
  | 'place-unknown'
  | 'place-several';
export type StrayQuestion = 'column-unread' | 'file-letters' | 'place-near';

/** One row as it was typed. */
export interface RosterRow {
  /** As the spreadsheet counts it. */
  row: number;
  cells: Partial<Record<Column, string>>;
  /** Of this row; the first row has also what isn't of any. */
  strays?: readonly Stray[];
  /** Columns that nobody typed: a form brought back what the list has, or keeps it unseen. */
  untouched?: readonly Column[];
  /** The unsur is that of the place: kepala desa, or lurah. */
  unsurOfPlace?: boolean;
  /** The kecamatan that a row above names, where this one names none. */
  section?: string;
}

/** What a file holds: a sheet of a workbook, or text. */
export interface RosterTable {
  /** The sheet's; null for text. */
  name: string | null;
  rows: TableRow[];
  /** Rows with text that the sheet doesn't show; they are read. */
  hiddenRows: number;
  /** By what text was parted; null for a sheet. */
  separator: Separator | null;
  encoding: Encoding;
  twice: boolean;
}

/** How an officer reads a table, where its own headings don't say it. */
export interface TableReading {
  /** Headings that an officer has told the meaning of, as `plain` makes them; null: a column that isn't used. */
  headings: ReadonlyMap<string, Column | null>;
  /** The row of the headings, if it isn't found. */
  head: number | null;
  /** Everybody's, where there is no column for it; 'tempat': by the place, kepala desa or lurah. */
  unsur: Unsur | 'tempat' | null;
}
export const AS_IT_SAYS: TableReading = { headings: new Map(), head: null, unsur: null };

/** Which column of a table is which of ours; places from 0. */
export type Places = readonly { column: Column; at: number }[];

export type RosterFault = CsvFault | 'column-missing' | 'column-twice' | 'rows-missing' | 'rows-nobody';

/** A row that lists nobody. */
export interface LeftOut {
  row: number;
  /** Its beginning. */
  text: string;
  why: 'above' | 'headings' | 'numbers' | 'nobody';
}

export type RosterText =
  | {
      ok: true;
      rows: RosterRow[];
      leftOut: LeftOut[];
      unknown: string[];
      encoding: Encoding;
      /** Of `headings`, which is which of ours. */
      places: Places;
      headings: string[];
    }
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

/** Which of ours a heading means: as an officer has told, else as we know it. Null: none, and that is known. */
export const meaningOf = (heading: string, { headings }: TableReading): Column | null | undefined => {
  const told = headings.get(plain(heading));
  return told === undefined ? columnOf(heading) : told;
};

/**
 * Where the headings stand: the first row that has all that must be there, else the one with the most of ours, else the one with the
 * most that may be meant for ours, else the first.
 */
function headingsAt(rows: readonly TableRow[], reading: TableReading): number {
  if (reading.head !== null) {
    return Math.max(
      0,
      rows.findIndex(({ row }) => row === reading.head),
    );
  }
  let best = { at: 0, ours: 1, near: 1 };
  for (const [at, { cells }] of rows.slice(0, SEARCHED).entries()) {
    const meant = cells.map((cell) => meaningOf(cell, reading));
    const ours = new Set(meant.filter(Boolean));
    if (REQUIRED.every((column) => ours.has(column))) return at;
    const near = new Set(
      cells.map((cell, n) => meant[n] ?? guessColumn(cell.slice(0, 60), [])).filter(Boolean),
    ).size;
    if (ours.size > best.ours) best = { at, ours: ours.size, near };
    else if (best.ours === 1 && near > best.near) best = { ...best, at, near };
  }
  return best.at;
}

const hasAll = (row: TableRow): boolean => {
  const ours = new Set(row.cells.map(columnOf));
  return REQUIRED.every((column) => ours.has(column));
};

/** By what parts the headings, where the rows below them are parted otherwise. */
function partedByHeadings(bytes: Uint8Array): ReturnType<typeof parseCsv> {
  const file = parseCsv(bytes, LIMITS);
  if (!file.ok || hasAll(file.rows[headingsAt(file.rows, AS_IT_SAYS)]!)) return file;
  for (const separator of SEPARATORS) {
    if (separator === file.separator) continue;
    const other = parseCsv(bytes, LIMITS, separator);
    if (other.ok && hasAll(other.rows[headingsAt(other.rows, AS_IT_SAYS)]!)) return other;
  }
  return file;
}

/** Text as a table. */
export function openText(
  bytes: Uint8Array,
): { ok: true; table: RosterTable } | { ok: false; code: CsvFault; row: number | null } {
  const file = partedByHeadings(bytes);
  if (!file.ok) return file;
  const { rows, separator, encoding, twice } = file;
  return { ok: true, table: { name: null, rows, hiddenRows: 0, separator, encoding, twice } };
}

/** A list in text, as its headings say it. */
export function parseRoster(bytes: Uint8Array): RosterText {
  const file = openText(bytes);
  return file.ok ? readTable(file.table, AS_IT_SAYS) : { ...file, column: null, headings: [] };
}

/** What is missing so that a row says who, where and in which office. */
function missingOf(places: Places, reading: TableReading): Column | undefined {
  const has = (column: Column): boolean => places.some((place) => place.column === column);
  const told: Partial<Record<Column, boolean>> = {
    'Kode wilayah': has('Desa/Kelurahan') || has('Kecamatan'),
    Unsur: reading.unsur !== null,
  };
  return REQUIRED.find((column) => !has(column) && !told[column]);
}

export interface Headings {
  /** Its place among the rows. */
  start: number;
  head: TableRow;
  /** Whether they stand in two rows. */
  two: boolean;
  /** By column, from 0; empty for one that has none. */
  headings: string[];
}

/** What stands over the columns. */
export function readHeadings({ rows }: RosterTable, reading: TableReading): Headings {
  const start = headingsAt(rows, reading);
  const head = rows[start]!;
  const below = rows[start + 1];
  const meaning = (heading: string): Column | null | undefined => meaningOf(heading, reading);
  const both = below && below.row === head.row + 1 ? underHeadings(head.cells, below.cells, meaning) : null;
  const headings = (both ?? head.cells).map((heading) => heading.replace(/\s+/g, ' ').trim().slice(0, 60));
  return { start, head, two: both !== null, headings };
}

export function readTable(file: RosterTable, reading: TableReading): RosterText {
  const refuse = (
    code: RosterFault,
    column: Column | null = null,
    row: number | null = null,
    headings: string[] = [],
  ): RosterText => ({ ok: false, code, row, column, headings });
  const { separator } = file;
  const { start, head, two, headings } = readHeadings(file, reading);
  const meaning = (heading: string): Column | null | undefined => meaningOf(heading, reading);
  // A quote left open above the list, or in its headings, has eaten rows.
  const eaten = file.rows
    .slice(0, start + 1)
    .find(({ cells }) => separator !== null && cells.some((cell) => joined(cell, separator)));
  if (eaten) return refuse('csv-quotes', null, eaten.row);
  const read = headings.filter((heading) => heading !== '');
  const places: { column: Column; at: number }[] = [];
  /** A second column of numbers: NIP of some, NRP of others. */
  let secondNumber = -1;
  const unread: number[] = [];
  const unused: number[] = [];
  for (const [at, heading] of headings.entries()) {
    const column = meaning(heading);
    if (!column) {
      if (heading !== '') (column === null ? unused : unread).push(at);
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
  const missing = missingOf(places, reading);
  if (missing) return refuse('column-missing', missing, head.row, read);

  /** Where a number in place of a text isn't what was typed. */
  const spoiled = new Set([
    ...places.filter(({ column }) => column === 'NIP/NRP' || column === 'Kode wilayah').map(({ at }) => at),
    ...(secondNumber < 0 ? [] : [secondNumber]),
  ]);
  const coded = places.some(({ column }) => column === 'Kode wilayah');
  const rows: RosterRow[] = [];
  const leftOut: LeftOut[] = [];
  const strays: Stray[] = [];
  /** Rows of people, with all their cells. */
  const kept: { given: RosterRow; cells: readonly string[] }[] = [];
  const doubtful = file.encoding === 'windows-1252' || file.encoding === 'mac-roman';
  const letters: { row: number; text: string }[] = [];
  /** Below a list stands who signs it: from its date on nobody is listed who has neither number nor code. */
  let closed = false;
  /** `KECAMATAN KUMAI` over its villages, or beside the first of them. */
  let section: string | undefined;
  /** Whether headings of ours stand above those that were taken. */
  let headed = false;
  for (const [at, one] of file.rows.entries()) {
    const { row, cells } = one;
    if (at === start) continue;
    if (at < start) {
      // A title has no code and no number of its own.
      const filled = cells.filter((cell) => cell.trim() !== '');
      const person =
        hasCode(cells) ||
        cells.some((cell) => /^\d{18}$/.test(cell.trim())) ||
        // Below headings of another list.
        (headed && filled.length > 1 && !isCounted(filled));
      headed ||= new Set(cells.map((cell) => meaning(cell)).filter(Boolean)).size > 1;
      if (person) strays.push({ row, column: 'Baris', value: textOf(cells), code: 'row-above', detail: '' });
      else leftOut.push({ row, text: textOf(cells), why: 'above' });
      continue;
    }
    const given: RosterRow = { row, cells: {} };
    for (const { column, at } of places) given.cells[column] = cells[at] ?? '';
    const numbers = secondNumber < 0 ? [] : joinNumbers(given, cells[secondNumber] ?? '');
    const seen = two && at === start + 1 ? 'headings' : whyLeftOut(cells, given);
    // Without codes a place is told by its name: who has one is somebody.
    const found = seen === 'nobody' && !coded && namesPlace(given) ? null : seen;
    if (found === 'headings') closed = false;
    closed ||= found === 'nobody' && cells.some((cell) => cell.length <= LINE && CLOSES.test(cell));
    const why = found === null && closed && isUnnumbered(given) && !hasCode(cells) ? 'nobody' : found;
    if (why === 'empty') continue;
    if (why !== null) {
      if (separator !== null && cells.some((cell) => joined(cell, separator)))
        return refuse('csv-quotes', null, row);
      leftOut.push({ row, text: textOf(cells), why });
      const named = cells.flatMap((cell) => (cell.length <= LINE && SECTION.exec(cell)?.[1]) || []);
      if (named.length > 0) section = named[0];
      continue;
    }
    const kecamatan = withoutEmptyWord(given.cells.Kecamatan ?? '').trim();
    if (kecamatan !== '') section = kecamatan;
    else if (section !== undefined) given.section = section;
    const shifted: Stray = { row, column: 'Baris', value: textOf(cells), code: 'row-shifted', detail: '' };
    const own =
      coded && isShifted(cells, given)
        ? [shifted]
        : [...straysOf(row, cells, headings, separator), ...unsure(one, headings, spoiled), ...numbers];
    if (reading.unsur === 'tempat') given.unsurOfPlace = true;
    else if (reading.unsur !== null) given.cells.Unsur ??= reading.unsur;
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
  // Also of what isn't used: a remark like "meninggal" is asked about in each file.
  for (const at of [...unread, ...unused]) {
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
  const unknown = [...unread, ...unused].sort((a, b) => a - b).map((at) => headings[at]!);
  return { ok: true, rows, leftOut, unknown, encoding: file.encoding, places, headings };
}

/** `Pangkalan Bun, 1 November 2026`, `Mengetahui`: what begins the block for a signature. */
const CLOSES = new RegExp(
  `,?\\s*\\d{1,2} ${MONTH} \\d{4}\\s*$|^\\s*(?:mengetahui|menyetujui)(?=$|[^\\p{L}])`,
  'iu',
);

/** Longer cells are no line of a heading or a signature. */
const LINE = 100;
const SECTION = /^\s*(?:[ivx\d]+[.)]\s*)?(?:kecamatan|kec\.?|distrik)\s*:?\s+(\p{L}.*?)\s*$/iu;

const isUnnumbered = ({ cells }: RosterRow): boolean =>
  ['No', 'Kode wilayah', 'Unsur', 'Desa/Kelurahan'].every(
    (column) => withoutEmptyWord(cells[column as Column] ?? '').trim() === '',
  );

/** Whether a desa or kelurahan is named, and not what stands around a list. */
function namesPlace({ cells }: RosterRow): boolean {
  const desa = withoutEmptyWord(cells['Desa/Kelurahan'] ?? '').trim();
  return /\p{L}/u.test(desa) && !isAround(desa.replace(/^(?:desa|kelurahan)\s+/i, ''));
}

/** Cells of a sheet that don't say what was typed: a number where text is due has lost its digits, a formula was never calculated. */
function unsure(
  { row, cells, numbers = [], formulas = [] }: TableRow,
  headings: readonly string[],
  spoiled: ReadonlySet<number>,
): Stray[] {
  const stray = (at: number, code: 'cell-was-number' | 'cell-formula'): Stray => ({
    ...{ row, column: headings[at] || `Kolom ${columnLetters(at)}`, value: cells[at] ?? '', code },
    detail: addressOf(row, at),
  });
  return [
    ...formulas.filter((at) => headings[at]).map((at) => stray(at, 'cell-formula')),
    ...numbers.filter((at) => spoiled.has(at)).map((at) => stray(at, 'cell-was-number')),
  ];
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
  separator: Separator | null,
): Stray[] {
  const found: Stray[] = [];
  const short = headings.length - cells.length;
  for (const [at, cell] of cells.entries()) {
    if (cell === '') continue;
    const stray = (code: Stray['code']): void => {
      found.push({ row, column: headings[at] || `Kolom ${at + 1}`, value: cell, code, detail: '' });
    };
    // A quote within one row takes as many cells as are missing.
    const taken =
      separator !== null && short > 0 && cell.includes(separator) ? cell.split(separator).length - 1 : 0;
    if (separator !== null && (joinsRows(cell, separator) || (taken > 0 && taken === short)))
      stray('cell-lines');
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
  const ours = Object.entries(given.cells).filter(([, cell]) => cell.trim() !== '');
  if (ours.length > 1 && ours.every(([column, cell]) => columnOf(cell) === column)) return 'headings';
  return !hasCode(cells) && isSection(given.cells, filled) ? 'nobody' : null;
}

const textOf = (cells: readonly string[]): string =>
  cells
    .map((cell) => cell.trim())
    .filter((cell) => cell !== '')
    .join(' · ')
    .slice(0, 100);

/** The pair of `parseRoster`: with BOM, as an office's spreadsheet opens it. */
export const formatRoster = (entries: readonly RosterEntry[], areas: ReadonlyMap<string, Area>): string =>
  formatCsv([ROSTER_COLUMNS, ...rosterCells(entries, areas)]);

/** Under ROSTER_COLUMNS. Names of areas come from `areas`. */
export function rosterCells(entries: readonly RosterEntry[], areas: ReadonlyMap<string, Area>): string[][] {
  return entries.map((entry, at) => {
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
}

/** The headings alone. */
export const formatTemplate = (): string => formatCsv([ROSTER_COLUMNS]);
