/**
 * Rekap: one row per place with its number on the list, as Kesbangpol, Bawaslu and BKPSDM pass it on. Its columns are described once,
 * for CSV, workbook and paper. Shown by test/export/recap.test.ts.
 *
 *     No;Kode wilayah;Kecamatan;Desa/Kelurahan;Jenis;Nama dan gelar;Jabatan;Unsur;NIP/NRP;…
 *     1;62.01.01.2008;Kumai;Sungai Kapitan;desa;H. Contoh Nama, S.Sos.;Kepala Desa;kepala desa;;…
 */
import { formatPercent, formatSortable, type Zona } from '../lib/zone.ts';
import type { Unsur } from '../naskah/wording.ts';
import { maskNip } from '../roster/person.ts';
import type { Cell } from '../sheet/write-workbook.ts';
import { formatCode } from '../statement/code.ts';

export interface RecapRow {
  /** Place on the list: the number that the office's list, the cards and the document have. Null before there is one. */
  urut: number | null;
  wilayah: string;
  kecamatan: string;
  /** Of a desa or kelurahan; else empty. */
  desa: string;
  unsur: Unsur;
  /** With titles; empty while the office has no name. */
  nama: string;
  jabatan: string;
  nip: string;
  pangkat: string;
  /** Null while the place hasn't signed. */
  signed: { at: Date; zona: Zona; nomor: string; kode: string } | null;
  /** Since when and why what was signed no longer stands. */
  withdrawn: { at: Date; alasan: string } | null;
  keterangan: string;
}

/** How a row is told. */
export interface RecapTelling {
  /** Where rows are of several lists, in place of the number on one. */
  no: number | null;
  /** NIP and NRP in full; else the last four digits. */
  full: boolean;
}

/** A column of every form: what it is called, and what a row has there. */
export interface RecapColumn {
  name: string;
  /** In letters, as spreadsheets count. */
  width: number;
  /** Of the room between the margins of a paper, in parts; 0: it isn't on paper. */
  paper: number;
  value: (row: RecapRow, told: RecapTelling) => Cell;
}

const COLUMNS: readonly RecapColumn[] = [
  { name: 'No', width: 6, paper: 8, value: (row, { no }) => no ?? row.urut },
  { name: 'Kode wilayah', width: 15, paper: 20, value: ({ wilayah }) => wilayah },
  { name: 'Kecamatan', width: 20, paper: 20, value: ({ kecamatan }) => kecamatan },
  { name: 'Desa/Kelurahan', width: 22, paper: 25, value: ({ desa }) => desa },
  { name: 'Jenis', width: 11, paper: 0, value: jenisOf },
  { name: 'Nama dan gelar', width: 34, paper: 37, value: ({ nama }) => nama },
  { name: 'Jabatan', width: 26, paper: 22, value: ({ jabatan }) => jabatan },
  { name: 'Unsur', width: 13, paper: 14, value: ({ unsur }) => unsur },
  { name: 'NIP/NRP', width: 22, paper: 29, value: ({ nip }, { full }) => (full ? nip : maskNip(nip)) },
  { name: 'Pangkat/Gol', width: 20, paper: 18, value: ({ pangkat }) => pangkat },
  { name: 'Status', width: 10, paper: 12, value: statusOf },
  { name: 'Waktu tanda tangan', width: 21, paper: 18, value: ({ signed }) => signed },
  { name: 'Cara', width: 12, paper: 0, value: ({ signed }) => signed && 'kunci sandi' },
  { name: 'Nomor dokumen', width: 28, paper: 24, value: ({ signed }) => (signed ? signed.nomor : null) },
  { name: 'Kode verifikasi', width: 17, paper: 26, value: ({ signed }) => signed && formatCode(signed.kode) },
  { name: 'Keterangan', width: 44, paper: 28, value: remarksOf },
];

/** The heading of NIP and NRP says whether they are masked. */
export const recapColumns = ({ full }: Pick<RecapTelling, 'full'>): readonly RecapColumn[] =>
  COLUMNS.map((column) =>
    column.name === 'NIP/NRP' && !full ? { ...column, name: 'NIP/NRP (tersamar)' } : column,
  );

export const recapCells = (row: RecapRow, told: RecapTelling): Cell[] =>
  COLUMNS.map(({ value }) => value(row, told));

/** A cell as text, where there are no types. */
export function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell !== 'object') return String(cell);
  return 'percent' in cell ? formatPercent(cell.percent, 1) : formatSortable(cell.at, cell.zona);
}

function statusOf({ signed, withdrawn }: RecapRow): string {
  return withdrawn ? 'Dicabut' : signed ? 'Sudah' : 'Belum';
}

function remarksOf({ keterangan, signed, withdrawn }: RecapRow): string {
  const ended =
    signed && withdrawn && `Dicabut ${formatSortable(withdrawn.at, signed.zona)}: ${withdrawn.alasan}`;
  return [keterangan, ended].filter(Boolean).join('. ');
}

/** What another holder of the place had signed, and what became of it: under that one's name. */
export const formatBefore = (
  { nama, kode, at, alasan }: { nama: string; kode: string; at: Date; alasan: string },
  zona: Zona,
): string =>
  `Ikrar ${formatCode(kode)} atas nama ${nama || '(dihapus)'} dicabut ${formatSortable(at, zona)}${alasan && `: ${alasan}`}`;

/** Desa, kelurahan, kecamatan, or who they serve: an OPD (office of the region) or a satuan (unit). */
function jenisOf({ unsur, wilayah }: RecapRow): string {
  switch (unsur) {
    case 'kepala desa':
      return 'desa';
    case 'lurah/camat':
      return wilayah.length === 13 ? 'kelurahan' : 'kecamatan';
    case 'ASN':
      return 'OPD';
    default:
      return 'satuan';
  }
}
