/**
 * Rekap: one row per place with its number on the list, as Kesbangpol, Bawaslu and BKPSDM pass it on. Shown by test/export/recap.test.ts.
 *
 *     No;Kode wilayah;Kecamatan;Desa/Kelurahan;Jenis;Nama dan gelar;Jabatan;Unsur;NIP/NRP;…
 *     1;62.01.01.2008;Kumai;Sungai Kapitan;desa;H. Contoh Nama, S.Sos.;Kepala Desa;kepala desa;;…
 */
import { formatSortable, type Zona } from '../lib/zone.ts';
import type { Unsur } from '../naskah/wording.ts';
import { maskNip } from '../roster/person.ts';
import { formatCode } from '../statement/code.ts';

export const RECAP_COLUMNS = [
  'No',
  'Kode wilayah',
  'Kecamatan',
  'Desa/Kelurahan',
  'Jenis',
  'Nama dan gelar',
  'Jabatan',
  'Unsur',
  'NIP/NRP (tersamar)',
  'Pangkat/Gol',
  'Status',
  'Waktu tanda tangan',
  'Cara',
  'Nomor dokumen',
  'Kode verifikasi',
  'Keterangan',
] as const;

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

/** NIP shows its last four digits alone. `no`: where rows are of several lists, in place of the number on one. */
export function recapCells(row: RecapRow, no: number | null): string[] {
  const { signed, withdrawn } = row;
  const remarks = [
    row.keterangan,
    signed && withdrawn && `Dicabut ${formatSortable(withdrawn.at, signed.zona)}: ${withdrawn.alasan}`,
  ];
  return [
    String(no ?? row.urut ?? ''),
    row.wilayah,
    row.kecamatan,
    row.desa,
    jenisOf(row),
    row.nama,
    row.jabatan,
    row.unsur,
    maskNip(row.nip),
    row.pangkat,
    withdrawn ? 'Dicabut' : signed ? 'Sudah' : 'Belum',
    signed ? formatSortable(signed.at, signed.zona) : '',
    signed ? 'kunci sandi' : '',
    signed?.nomor ?? '',
    signed ? formatCode(signed.kode) : '',
    remarks.filter(Boolean).join('. '),
  ];
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
