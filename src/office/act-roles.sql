-- In which roles an officer may do what is recorded: as `ROLES_FOR` (office/may.ts) says, which the test compares. Any, of what is their own.
CREATE OR REPLACE FUNCTION act_roles(tindakan text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN tindakan = 'daftar-lihat' THEN ARRAY['penyelenggara', 'petugas', 'pengawas']
    WHEN tindakan LIKE 'kartu-%' THEN ARRAY['penyelenggara', 'petugas']
    WHEN tindakan IN ('rekap-unduh', 'riwayat-unduh') THEN ARRAY['penyelenggara', 'pengawas']
    WHEN act_own(tindakan) THEN ARRAY['penyelenggara', 'petugas', 'pengawas', 'saksi', 'piket']
    ELSE ARRAY['penyelenggara'] END
$$;
