-- Whether a role may be of this event, or of all where it is null: as in SCOPE of office/role.ts.
CREATE OR REPLACE FUNCTION role_fits(peran text, kegiatan text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN peran IN ('penyelenggara', 'piket') THEN kegiatan IS NULL
    WHEN peran = 'petugas' THEN kegiatan IS NOT NULL
    ELSE peran IN ('pengawas', 'saksi') END
$$;
