/**
 * Berkas daftar: the list as a CSV file that an office keeps in its spreadsheet. Shown by test/roster/roster-file.test.ts.
 *
 *     No;Kode wilayah;Kecamatan;Desa/Kelurahan;Unsur;Gelar depan;Nama;Gelar belakang;Jabatan;NIP/NRP;Pangkat/Gol;Unit kerja
 *     1;62.01.01.2008;Kumai;Sungai Kapitan;kepala desa;H.;Contoh Nama;S.Sos., M.AP.;Kepala Desa;;;
 *
 * Columns in any order, headings in any letter case. `No`, `Kecamatan` and `Desa/Kelurahan` are for the eye: they must
 * not contradict the code. A column that is left out leaves what the list has.
 */
import { type CsvFault, type CsvRow, formatCsv, parseCsv } from '../lib/csv.ts';
import { type Area, pathIn, shortName } from '../wilayah/area.ts';
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

export type RosterText =
  | { ok: true; rows: RosterRow[]; unknown: string[]; encoding: 'utf-8' | 'windows-1252' }
  | { ok: false; code: RosterFault; row: number | null; column: Column | null };

/** Headings alike but for letter case, spaces and the dots of abbreviations. */
const plain = (heading: string): string => heading.toLowerCase().replace(/[\s._]+/gu, '');
const BY_HEADING = new Map(COLUMNS.map((column) => [plain(column), column]));

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
  const [head, ...body] = file.rows as [CsvRow, ...CsvRow[]];

  const places: { column: Column; at: number }[] = [];
  const unknown: string[] = [];
  for (const [at, heading] of head.cells.entries()) {
    const column = BY_HEADING.get(plain(heading));
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
  if (body.length === 0) return refuse('rows-missing');

  const rows = body.map(({ row, cells }) => ({
    row,
    cells: Object.fromEntries(places.map(({ column, at }) => [column, cells[at] ?? ''])),
  }));
  return { ok: true, rows, unknown, encoding: file.encoding };
}

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
