-- State of an event: 'disiapkan', 'dibuka' or 'ditutup', from its last row.
CREATE OR REPLACE FUNCTION tahap_kegiatan(kegiatan text) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT coalesce(
    (SELECT t.tahap FROM kegiatan_tahap t WHERE t.kegiatan_id = kegiatan ORDER BY t.id DESC LIMIT 1),
    'disiapkan')
$$;
