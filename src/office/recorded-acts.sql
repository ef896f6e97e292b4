-- The codes of what is recorded: those of `RECORDED_ACTS` (office/record.ts), which the test compares.
CREATE OR REPLACE FUNCTION recorded_acts() RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT ARRAY['masuk', 'masuk-ditolak', 'keluar', 'keluar-semua', 'kegiatan-buat', 'kegiatan-ubah', 'kegiatan-naskah', 'kegiatan-buka',
    'kegiatan-tutup', 'naskah-tambah', 'daftar-impor', 'daftar-ubah', 'daftar-lihat', 'kartu-buat', 'kartu-ganti', 'kartu-unduh',
    'kartu-tampil', 'rekap-unduh', 'pencabutan-ajukan', 'pencabutan-setujui', 'pencabutan-batalkan', 'data-hapus', 'riwayat-unduh',
    'tindakan-ditolak', 'penyelenggara-undang', 'petugas-undang', 'petugas-tautan-kunci', 'petugas-tambah-kunci', 'petugas-akhiri-kunci', 'petugas-keluarkan', 'petugas-jamin',
    'petugas-beri-peran', 'petugas-ubah-peran', 'petugas-akhiri-peran', 'petugas-periksa', 'petugas-masuk', 'petugas-kunci-tautan', 'petugas-akhiri-tautan']
$$;
