import { expect, test } from 'vitest';
import { differing, speakOfPeople } from '../../src/roster/unread.ts';

const column = (...texts: string[]) => texts.map((text, at) => ({ row: at + 2, text }));

test.each([
  ['Status', ['Pj', 'Aktif']],
  ['Status', ['Tersangka']],
  ['Keterangan', ['', 'Meninggal dunia']],
  ['KET', ['diberhentikan per 1 Mei']],
  ['Keterangan', ['SITI']],
  ['Catatan', ['diganti Siti']],
  ['Pj', ['SITI BARU']],
  ['Plt', ['v', 'SITI BARU']],
  ['Pejabat', ['SITI']],
  ['Periode', ['2020-2026', 'Pj. sejak 2025']],
  ['Masa jabatan', ['2020-2026']],
  ['Lain', ['H. Budi, S.Sos.']],
  ['Alamat', ['Jl. Mawar', 'almarhum']],
  ['GOL', ['III/d']],
  // Of remarks all that isn't known to be quiet.
  ['Keterangan', ['lihat SK']],
  ['Ket.', ['sudah lansia']],
  ['Catatan', ['dipanggil polisi', 'dipanggil polisi']],
  ['Keterangan', ['Deklarasi Netralitas', 'Deklarasi Netralitas']],
  // Under whatever heading.
  ['Nama Istri/Suami', ['SITI', 'Pj. sejak 2025']],
  ['Golongan Darah', ['O', 'meninggal']],
  ['Golongan', ['III/d']],
  ['Status', ['Kawin']],
])('%s with %j speaks about people', (heading, texts) => {
  expect(speakOfPeople(heading, column(...texts))).toBe(true);
});

test.each([
  ['Status', ['Sudah', 'Belum', 'Dicabut', 'AKTIF', 'Definitif']],
  ['Keterangan', ['', '-', 'hadir', 'PNS', 'non PNS', 'ada', 'Aktif', 'OK', '12', '2026']],
  ['Keterangan', ['Dicabut 2026-11-23 09.30 WIB: diberhentikan']],
  ['Keterangan', ['Ikrar 7K3F-9QXM-2DAB atas nama BUDI LAMA dicabut 2026-11-23 09.30 WIB: pindah']],
  ['Golongan Darah', ['O', 'AB', 'B+']],
  ['Gol. Darah', ['O']],
  ['Kode Pos', ['74181']],
  ['Kode BPS', ['6201060008']],
  ['Nama Bank', ['Bank Kalteng', 'BRI']],
  ['Nama Ibu Kandung', ['SITI AMINAH', 'RATNA SARI']],
  ['Nama Istri/Suami', ['SITI AMINAH']],
  ['Status Perkawinan', ['Kawin', 'Belum Kawin', 'Cerai Hidup']],
  ['Pend. Terakhir', ['SMA Negeri', 'S1 Hukum', 'SLTA']],
  ['NIP/NRP (tersamar)', ['••••••••••••••1001', '']],
  ['Kode verifikasi', ['7K3F-9QXM-2DAB']],
  ['Nomor dokumen', ['800/17/IKRAR/BKBP/XI/2026']],
  ['Jenis', ['desa', 'kelurahan', 'OPD']],
  ['No HP', ['081234567890']],
  ['Alamat', ['Pangkalan Bun', 'Jalan Merdeka']],
  ['Tempat lahir', ['Pangkalan Bun']],
  ['Agama', ['Islam']],
  ['Jumlah penduduk', ['1200']],
])('%s with %j does not', (heading, texts) => {
  expect(speakOfPeople(heading, column(...texts))).toBe(false);
});

test('each different text is shown with its rows', () => {
  expect(differing(column('2020-2026', '2020-2026', '-', '2020-2026', '2020-2026', 'Pj. sejak 2025'))).toBe(
    '2020-2026 (baris 2, 3, 5, dan 1 lagi)\nPj. sejak 2025 (baris 7)',
  );
});

test('what can’t be seen is shown, a long number is not', () => {
  expect(differing(column('NIP 198609262015051001', '2020-2026'))).toBe(
    'NIP ••••••••••••••1001 (baris 2)\n2020-2026 (baris 3)',
  );
  expect(differing(column('x\u202ey'))).toBe('x[U+202E]y (baris 2)');
});
