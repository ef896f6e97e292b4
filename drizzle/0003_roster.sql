-- Opening of an event and import of a list: each one statement for its caller. Shown by test/roster/.

-- A number from the organiser's pattern: `800/{urut}/IKRAR/BKBP/{bulan romawi}/{tahun}`.
-- The pair of renderNomor in src/kegiatan/event.ts; a test holds them equal.
CREATE FUNCTION nomor_dari_pola(pola text, tanggal date, urut integer) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT replace(replace(replace(replace(pola,
    '{bulan romawi}', to_char(tanggal, 'FMRM')),
    '{bulan}', to_char(tanggal, 'MM')),
    '{tahun}', to_char(tanggal, 'YYYY')),
    '{urut}', urut::text)
$$;
--> statement-breakpoint

-- Numbers the places of an event that have none, after the greatest so far. The caller holds the event's row.
CREATE FUNCTION number_places(kegiatan_seen text, pola text, tanggal date) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  numbered integer;
BEGIN
  WITH waiting AS (
    SELECT p.id, (SELECT coalesce(max(g.urut), 0) FROM person g WHERE g.kegiatan_id = kegiatan_seen)
      + row_number() OVER (
        ORDER BY p.wilayah COLLATE "C", p.unsur COLLATE "C", p.nama COLLATE "C", p.tempat COLLATE "C") AS urut
    FROM person p WHERE p.kegiatan_id = kegiatan_seen AND p.urut IS NULL
  )
  UPDATE person SET urut = w.urut, nomor = nomor_dari_pola(pola, tanggal, w.urut::integer)
  FROM waiting w WHERE person.id = w.id;
  GET DIAGNOSTICS numbered = ROW_COUNT;
  RETURN numbered;
END $$;
--> statement-breakpoint

-- Opens an event and numbers its places for good. `pola` may hold `{urut}` alone or the whole pattern.
-- Outcome: 'opened', 'already-open' or 'event-unknown'.
CREATE FUNCTION open_event(kegiatan_seen text, officer uuid, pola text)
RETURNS TABLE (outcome text, numbered integer)
LANGUAGE plpgsql AS $$
DECLARE
  event kegiatan%ROWTYPE;
BEGIN
  -- Imports take the same row, so no place is numbered twice. Signatures don't wait for it.
  SELECT * INTO event FROM kegiatan k WHERE k.id = kegiatan_seen FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN QUERY SELECT 'event-unknown', 0;
    RETURN;
  END IF;
  IF tahap_kegiatan(event.id) = 'dibuka' THEN
    RETURN QUERY SELECT 'already-open', 0;
    RETURN;
  END IF;
  INSERT INTO kegiatan_tahap (kegiatan_id, tahap, by) VALUES (event.id, 'dibuka', officer);
  RETURN QUERY SELECT 'opened', number_places(event.id, coalesce(pola, event.nomor_pola), event.tanggal);
END $$;
