/**
 * Berkas daftar: the list as a CSV file that an office keeps in its spreadsheet. Shown by test/roster/roster-file.test.ts.
 *
 *     No;Kode wilayah;Kecamatan;Desa/Kelurahan;Unsur;Gelar depan;Nama;Gelar belakang;Jabatan;NIP/NRP;Pangkat/Gol;Unit kerja
 *     1;62.01.01.2008;Kumai;Sungai Kapitan;kepala desa;H.;Contoh Nama;S.Sos., M.AP.;Kepala Desa;;;
 *
 * Columns in any order, headings in any letter case. `No`, `Kecamatan` and `Desa/Kelurahan` are for the eye: they must
 * not contradict the code. A column that is left out leaves what the list has. What people put around a list (titles above the
 * headings, numbers of columns, a section, a sum, a signature block) is left out, and told.
 */
import { type CsvFault, type CsvRow, type Encoding, formatCsv, parseCsv } from '../lib/csv.ts';
import { type Area, pathIn, shortName } from '../wilayah/area.ts';
import { isSection, withoutEmptyWord } from './cell.ts';
import type { Entry } from './person.ts';

export const COLUMNS = [
  'No',
  'Kode wilayah',
  'Kecamatan',
  'Desa/Kelurahan',
  'Unsur',
  'Gelar depan',
  'Nama',
  'Gelar belakang',
  'Jabatan',
  'NIP/NRP',
  'Pangkat/Gol',
  'Unit kerja',
] as const;
export type Column = (typeof COLUMNS)[number];

const REQUIRED: readonly Column[] = ['Kode wilayah', 'Unsur', 'Nama'];

/** Enough for the largest kabupaten with all its ASN, Polri and TNI; a file below either limit is read at once. */
export const LIMITS = { bytes: 5_000_000, rows: 20_000, cells: 100 };

/** One row as it was typed. */
export interface RosterRow {
  /** As the spreadsheet counts it. */
  row: number;
  cells: Partial<Record<Column, string>>;
}

export type RosterFault = CsvFault | 'column-missing' | 'column-twice' | 'rows-missing';

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
  | { ok: false; code: RosterFault; row: number | null; column: Column | null };

/** Headings alike but for letter case, spaces and the dots of abbreviations. */
const plain = (heading: string): string => heading.toLowerCase().replace(/[\s._]+/gu, '');
const BY_HEADING = new Map(COLUMNS.map((column) => [plain(column), column]));
const columnOf = (heading: string): Column | undefined =>
  heading.length > 60 ? undefined : BY_HEADING.get(plain(heading));

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

export function parseRoster(bytes: Uint8Array): RosterText {
  const refuse = (
    code: RosterFault,
    column: Column | null = null,
    row: number | null = null,
  ): RosterText => ({
    ok: false,
    code,
    row,
    column,
  });
  const file = parseCsv(bytes, LIMITS);
  if (!file.ok) return refuse(file.code, null, file.row);
  const start = headingsAt(file.rows);
  const head = file.rows[start]!;

  const places: { column: Column; at: number }[] = [];
  const unknown: string[] = [];
  for (const [at, heading] of head.cells.entries()) {
    const column = columnOf(heading);
    if (column === undefined) {
      if (heading.trim() !== '') unknown.push(heading.trim().slice(0, 60));
    } else if (places.some((place) => place.column === column)) {
      return refuse('column-twice', column, head.row);
    } else {
      places.push({ column, at });
    }
  }
  const missing = REQUIRED.find((column) => !places.some((place) => place.column === column));
  if (missing) return refuse('column-missing', missing, head.row);

  const rows: RosterRow[] = [];
  const leftOut: LeftOut[] = [];
  for (const [at, { row, cells }] of file.rows.entries()) {
    if (at === start) continue;
    const given: RosterRow = {
      row,
      cells: Object.fromEntries(places.map(({ column, at }) => [column, cells[at] ?? ''])),
    };
    const why = at < start ? 'above' : whyLeftOut(cells, given);
    if (why === null) rows.push(given);
    else if (why !== 'empty') leftOut.push({ row, text: textOf(cells), why });
  }
  return rows.length === 0
    ? refuse('rows-missing')
    : { ok: true, rows, leftOut, unknown, encoding: file.encoding };
}

/** Why a row below the headings lists nobody; null if it does. */
function whyLeftOut(cells: readonly string[], given: RosterRow): LeftOut['why'] | 'empty' | null {
  // A row of a list has a code: the look at the others is the dearer one.
  if (/\d\.\d/.test(given.cells['Kode wilayah'] ?? '')) return null;
  const filled = cells.map((cell) => withoutEmptyWord(cell).trim()).filter((cell) => cell !== '');
  if (filled.length === 0) return 'empty';
  if (filled.length >= 3 && filled.every((cell, at) => cell.replace(/[()]/g, '') === String(at + 1))) {
    return 'numbers';
  }
  if (REQUIRED.every((column) => columnOf(given.cells[column] ?? '') === column)) return 'headings';
  return isSection(given.cells, filled) ? 'nobody' : null;
}

const textOf = (cells: readonly string[]): string =>
  cells
    .map((cell) => cell.trim())
    .filter((cell) => cell !== '')
    .join(' · ')
    .slice(0, 100);

/** The pair of `parseRoster`: with BOM, as an office's spreadsheet opens it. Names of areas come from `areas`. */
export function formatRoster(entries: readonly Entry[], areas: ReadonlyMap<string, Area>): string {
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
    return COLUMNS.map((column) => cells[column]);
  });
  return formatCsv([COLUMNS, ...rows]);
}

/** The headings alone. */
export const formatTemplate = (): string => formatCsv([COLUMNS]);
