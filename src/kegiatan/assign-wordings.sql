-- Says which wording each unsur reads, `wanted`: [{unsur, naskah, versi}]; an unsur that isn't named keeps none.
-- `seen`: the same, as whoever chooses saw it; not given: whatever stands.
-- Outcome: 'saved', 'event-unknown', 'event-changed' (it is no longer as it was seen), 'wording-unknown' (another organiser's, another unsur's or another regime's) or
-- 'wording-signed' (somebody of that unsur has signed the words that stand).
CREATE OR REPLACE FUNCTION assign_wordings(event_id text, actor jsonb, wanted jsonb, seen jsonb DEFAULT NULL) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  organizer text := actor->>'organizer';
  event kegiatan%ROWTYPE;
  before text;
BEGIN
  SELECT * INTO event FROM kegiatan k WHERE k.id = event_id AND k.organizer_id = organizer FOR UPDATE;
  IF NOT FOUND THEN RETURN 'event-unknown'; END IF;
  PERFORM must_act(actor, organizer, event_id);
  IF seen IS NOT NULL AND EXISTS (
    SELECT 1 FROM jsonb_to_recordset(seen) AS s(unsur text, naskah text, versi integer)
    FULL JOIN (SELECT * FROM kegiatan_naskah WHERE kegiatan_id = event_id) kn ON kn.unsur = s.unsur
    WHERE (s.naskah, s.versi) IS DISTINCT FROM (kn.naskah, kn.versi)
  ) THEN RETURN 'event-changed'; END IF;

  IF EXISTS (
    SELECT 1 FROM jsonb_to_recordset(wanted) AS w(unsur text, naskah text, versi integer)
    WHERE NOT EXISTS (
      SELECT 1 FROM naskah n
      WHERE n.id = w.naskah AND n.versi = w.versi AND n.unsur = w.unsur AND n.rezim IN (event.rezim, 'umum')
        AND (n.organizer_id IS NULL OR n.organizer_id = organizer))
  ) THEN RETURN 'wording-unknown'; END IF;

  IF EXISTS (
    SELECT 1 FROM kegiatan_naskah kn
    LEFT JOIN jsonb_to_recordset(wanted) AS w(unsur text, naskah text, versi integer) ON w.unsur = kn.unsur
    WHERE kn.kegiatan_id = event_id AND (w.naskah, w.versi) IS DISTINCT FROM (kn.naskah, kn.versi)
      AND EXISTS (SELECT 1 FROM signature g WHERE g.kegiatan_id = event_id AND g.unsur = kn.unsur)
  ) THEN RETURN 'wording-signed'; END IF;

  SELECT string_agg(kn.unsur || ' ' || kn.naskah || '/' || kn.versi, ', ' ORDER BY kn.unsur COLLATE "C") INTO before
  FROM kegiatan_naskah kn WHERE kn.kegiatan_id = event_id;
  DELETE FROM kegiatan_naskah kn
  WHERE kn.kegiatan_id = event_id
    AND kn.unsur NOT IN (SELECT w.unsur FROM jsonb_to_recordset(wanted) AS w(unsur text));
  INSERT INTO kegiatan_naskah (kegiatan_id, unsur, naskah, versi)
  SELECT event_id, w.unsur, w.naskah, w.versi
  FROM jsonb_to_recordset(wanted) AS w(unsur text, naskah text, versi integer)
  ON CONFLICT (kegiatan_id, unsur) DO UPDATE SET naskah = excluded.naskah, versi = excluded.versi;
  PERFORM record_act(actor, 'kegiatan-naskah', event_id, NULL, 'sesi', jsonb_build_object('naskah', before),
    (SELECT jsonb_build_object('naskah',
      string_agg(kn.unsur || ' ' || kn.naskah || '/' || kn.versi, ', ' ORDER BY kn.unsur COLLATE "C"))
    FROM kegiatan_naskah kn WHERE kn.kegiatan_id = event_id));
  RETURN 'saved';
END $$;
