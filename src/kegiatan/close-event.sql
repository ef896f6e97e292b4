-- Closes an organiser's event. Outcome: 'closed', 'event-unknown' or 'event-not-open': not opened, or closed before.
CREATE OR REPLACE FUNCTION close_event(event_id text, actor jsonb) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  organizer text := actor->>'organizer';
BEGIN
  -- The lock waits for signatures that are being written, so that none appears once it is said that the event is closed; and whoever
  -- closes it at the same time sees below that it is.
  PERFORM FROM kegiatan k WHERE k.id = event_id AND k.organizer_id = organizer FOR UPDATE;
  IF NOT FOUND THEN RETURN 'event-unknown'; END IF;
  PERFORM must_act(actor, organizer, event_id);
  IF tahap_kegiatan(event_id) <> 'dibuka' THEN RETURN 'event-not-open'; END IF;
  -- The time after the lock: whoever signed while this waited did so before.
  INSERT INTO kegiatan_tahap (kegiatan_id, tahap, by, at) VALUES (event_id, 'ditutup', (actor->>'id')::uuid, clock_timestamp());
  PERFORM record_act(actor, 'kegiatan-tutup', event_id, NULL, 'sesi', '{"tahap": "dibuka"}', '{"tahap": "ditutup"}');
  RETURN 'closed';
END $$;
