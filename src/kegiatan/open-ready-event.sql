-- Opens an organiser's event if it is ready. Outcome: 'opened', 'already-open', 'event-unknown', 'event-no-list',
-- 'event-no-wording' (an unsur on the list has none) or 'event-deadline-past'.
CREATE OR REPLACE FUNCTION open_ready_event(event_id text, actor jsonb, pola text) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  organizer text := actor->>'organizer';
  event kegiatan%ROWTYPE;
  before text;
  given integer;
  opened text;
BEGIN
  SELECT * INTO event FROM kegiatan k WHERE k.id = event_id AND k.organizer_id = organizer FOR NO KEY UPDATE;
  IF NOT FOUND THEN RETURN 'event-unknown'; END IF;
  PERFORM must_act(actor, organizer, event_id);
  IF NOT EXISTS (SELECT 1 FROM person p WHERE p.kegiatan_id = event_id
    AND NOT EXISTS (SELECT FROM roster_removal r WHERE r.person_id = p.id AND r.ended_at IS NULL)) THEN RETURN 'event-no-list'; END IF;
  IF EXISTS (
    SELECT 1 FROM person p WHERE p.kegiatan_id = event_id AND NOT EXISTS (
      SELECT 1 FROM kegiatan_naskah kn WHERE kn.kegiatan_id = event_id AND kn.unsur = p.unsur)
      AND NOT EXISTS (SELECT FROM roster_removal r WHERE r.person_id = p.id AND r.ended_at IS NULL)
  ) THEN RETURN 'event-no-wording'; END IF;
  IF event.batas <= clock_timestamp() THEN RETURN 'event-deadline-past'; END IF;
  before := tahap_kegiatan(event_id);
  SELECT o.numbered, o.outcome FROM open_event(event_id, (actor->>'id')::uuid, pola) o INTO given, opened;
  IF opened = 'opened' THEN
    PERFORM record_act(actor, 'kegiatan-buka', event_id, NULL, 'sesi', jsonb_build_object('tahap', before),
      jsonb_build_object('tahap', 'dibuka', 'nomor-baru', nullif(given, 0)));
  END IF;
  RETURN opened;
END $$;
