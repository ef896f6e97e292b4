/** Dasar hukum: the laws our own wordings name. Each organiser must have them checked before use. */

export const DESA =
  'Undang-Undang Nomor 6 Tahun 2014 tentang Desa sebagaimana telah beberapa kali diubah, terakhir dengan Undang-Undang Nomor 3 Tahun 2024, Pasal 29 dan Pasal 30';
export const PEMILU =
  'Undang-Undang Nomor 7 Tahun 2017 tentang Pemilihan Umum sebagaimana telah diubah dengan Undang-Undang Nomor 7 Tahun 2023, Pasal 280 dan Pasal 282';
export const PEMILU_DESA =
  'Undang-Undang Nomor 7 Tahun 2017 tentang Pemilihan Umum sebagaimana telah diubah dengan Undang-Undang Nomor 7 Tahun 2023, Pasal 280, Pasal 282, dan Pasal 490';
export const PILKADA =
  'Undang-Undang Nomor 1 Tahun 2015 (pemilihan gubernur, bupati, dan wali kota) sebagaimana telah beberapa kali diubah, antara lain dengan Undang-Undang Nomor 10 Tahun 2016 dan terakhir dengan Undang-Undang Nomor 6 Tahun 2020, Pasal 70, Pasal 71, dan Pasal 188';
export const PUTUSAN_136 = 'Putusan Mahkamah Konstitusi Nomor 136/PUU-XXII/2024';
export const ASN: readonly string[] = [
  'Undang-Undang Nomor 20 Tahun 2023 tentang Aparatur Sipil Negara',
  'Peraturan Pemerintah Nomor 94 Tahun 2021 tentang Disiplin Pegawai Negeri Sipil',
  'Peraturan Pemerintah Nomor 42 Tahun 2004 tentang Pembinaan Jiwa Korps dan Kode Etik Pegawai Negeri Sipil',
  'Keputusan Bersama lima lembaga tanggal 22 September 2022: Menteri PANRB Nomor 2 Tahun 2022, Menteri Dalam Negeri Nomor 800-5474 Tahun 2022, Kepala BKN Nomor 246 Tahun 2022, Ketua KASN Nomor 30 Tahun 2022, dan Ketua Bawaslu Nomor 1447.1/PM.01/K.1/09/2022',
];
export const POLRI: readonly string[] = [
  'Undang-Undang Nomor 2 Tahun 2002 tentang Kepolisian Negara Republik Indonesia, Pasal 28',
  'Peraturan Pemerintah Nomor 2 Tahun 2003 tentang Peraturan Disiplin Anggota Kepolisian Negara Republik Indonesia',
  'Peraturan Kepolisian Negara Republik Indonesia Nomor 7 Tahun 2022 tentang Kode Etik Profesi dan Komisi Kode Etik Kepolisian Negara Republik Indonesia',
];
export const TNI: readonly string[] = [
  'Undang-Undang Nomor 34 Tahun 2004 tentang Tentara Nasional Indonesia sebagaimana telah diubah dengan Undang-Undang Nomor 3 Tahun 2025, Pasal 39',
];

export const WILLING =
  'Apabila saya melanggar pernyataan ini, saya bersedia menerima sanksi sesuai dengan ketentuan peraturan perundang-undangan.';
export const UNFORCED =
  'Pernyataan ini saya buat dengan sadar dan penuh tanggung jawab, tanpa paksaan dari pihak mana pun.';
