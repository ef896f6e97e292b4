/** Rows of a recap and what its file says of itself, invented. */
import type { RecapRow } from '../../src/export/recap.ts';
import type { RecapAbout } from '../../src/export/recap-workbook.ts';

const NAMES = ['Contoh Nama', 'Siti Contoh', "Ma'ruf Contoh", 'Ratna', 'Budi Santoso Contoh Panjang Sekali'];

export const recapRow = (at: number, given: Partial<RecapRow> = {}): RecapRow => ({
  urut: at,
  wilayah: `62.01.0${1 + (at % 6)}.${2001 + (at % 30)}`,
  kecamatan: [
    'Kumai',
    'Arut Selatan',
    'Kotawaringin Lama',
    'Arut Utara',
    'Pangkalan Lada',
    'Pangkalan Banteng',
  ][at % 6]!,
  desa: 'Sungai Kapitan',
  unsur: 'kepala desa',
  nama: `H. ${NAMES[at % NAMES.length]} ${at}, S.Sos., M.AP.`,
  jabatan: 'Kepala Desa',
  nip: at % 2 ? '198609262015051001' : '',
  pangkat: at % 2 ? 'Penata (III/c)' : '',
  signed:
    at % 3
      ? {
          at: new Date(Date.parse('2026-11-23T02:10:21Z') + at * 60_000),
          zona: 'WIB',
          nomor: `800/${at}/IKRAR/BKBP/XI/2026`,
          kode: '7K3F9QXM2DAB',
        }
      : null,
  withdrawn: null,
  keterangan: '',
  ...given,
});

export const recapAbout: RecapAbout = {
  organizer: 'Badan Kesatuan Bangsa dan Politik Kabupaten Kotawaringin Barat',
  title: 'Deklarasi Netralitas Kepala Desa se-Kotawaringin Barat',
  which: 'Seluruh daftar',
  printed: { at: new Date('2026-11-27T03:05:00Z'), zona: 'WIB' },
  by: 'Rina Contoh',
  address: 'https://ikrar.example/daftar/kegiatan/7h2kq0v9xa',
  counts: [
    { kode: '62.01', nama: 'Kotawaringin Barat', wajib: 2, sudah: 0, belum: 2, dicabut: 0 },
    { kode: '62.01.01', nama: 'Kumai', wajib: 17, sudah: 15, belum: 1, dicabut: 1 },
    { kode: '62.01.02', nama: 'Arut Selatan', wajib: 1300, sudah: 1300, belum: 0, dicabut: 0 },
  ],
  notes: ['NIP/NRP lengkap, untuk: verifikasi kepegawaian.'],
};

export async function* batchesOf(rows: readonly RecapRow[], each = 1000): AsyncGenerator<RecapRow[]> {
  for (let at = 0; at < rows.length; at += each) yield rows.slice(at, at + each);
}
