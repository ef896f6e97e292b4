-- Writes a record of the audit trail, within the statement that does what it tells of: both are there, or neither is. `actor`: as in
-- office/officer.ts; without `id` it is the installation, without `peran` nobody acts in a role. Of `sebelum` and `sesudah` only what
-- differs is kept. Returns the record's id. Whatever it is told is kept for as long as the trail: no secret, no key, no number.
-- It acts for its owner (SECURITY DEFINER): the service's role may only read the trail (src/rights.ts), so that whatever is in it is a
-- text of ours, with its digest and the database's time.
CREATE OR REPLACE FUNCTION record_act(actor jsonb, tindakan text, kegiatan text, perihal text, dasar text,
  sebelum jsonb DEFAULT '{}', sesudah jsonb DEFAULT '{}') RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  moment timestamptz := date_trunc('second', clock_timestamp());
  nama text;
  written text;
  new_id bigint;
BEGIN
  IF actor->>'id' IS NOT NULL THEN
    SELECT o.nama INTO STRICT nama FROM officer o WHERE o.id = (actor->>'id')::uuid;
  END IF;
  written := format_record(jsonb_build_object(
    'waktu', ikrar_time(moment), 'penyelenggara', actor->>'organizer', 'petugas', actor->>'id',
    'nama', nama, 'peran', actor->>'peran',
    'tindakan', tindakan, 'kegiatan', kegiatan, 'perihal', perihal, 'dasar', dasar,
    'sebelum', (SELECT coalesce(jsonb_object_agg(e.key, e.value), '{}') FROM jsonb_each_text(sebelum) e
      WHERE e.value IS DISTINCT FROM sesudah->>e.key),
    'sesudah', (SELECT coalesce(jsonb_object_agg(e.key, e.value), '{}') FROM jsonb_each_text(sesudah) e
      WHERE e.value IS DISTINCT FROM sebelum->>e.key),
    'acak', replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '')));
  INSERT INTO riwayat (organizer_id, officer_id, tindakan, kegiatan_id, isi, sha256, at)
  VALUES (actor->>'organizer', (actor->>'id')::uuid, tindakan, kegiatan, written, sha256(convert_to(written, 'UTF8')), moment)
  RETURNING id INTO new_id;
  RETURN new_id;
END $$;
