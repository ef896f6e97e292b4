-- Whether what is recorded may be the officer's own, whatever their role is for: their passkeys and links, what was asked for or given with
-- one that they ended, and what they were refused.
CREATE OR REPLACE FUNCTION act_own(tindakan text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT tindakan IN ('petugas-tautan-kunci', 'petugas-tambah-kunci', 'petugas-akhiri-kunci', 'petugas-akhiri-tautan', 'petugas-periksa',
    'petugas-akhiri-peran', 'pencabutan-batalkan', 'tindakan-ditolak')
$$;
