-- Opens an event and numbers its places for good. `pola` may hold `{urut}` alone or the whole pattern.
-- Outcome: 'opened', 'already-open' or 'event-unknown'. Shown by test/roster/import-roster.test.ts.
CREATE OR REPLACE FUNCTION open_event(kegiatan_seen text, officer uuid, pola text)
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
  INSERT INTO kegiatan_tahap (kegiatan_id, tahap, by, at) VALUES (event.id, 'dibuka', officer, clock_timestamp());
  RETURN QUERY SELECT 'opened', number_places(event.id, coalesce(pola, event.nomor_pola), event.tanggal);
END $$;
