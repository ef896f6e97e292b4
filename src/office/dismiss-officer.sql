-- The installation itself removes an officer. Returns whether there was one of that id.
CREATE OR REPLACE FUNCTION dismiss_officer(officer text) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
  found_one officer%ROWTYPE;
  were_open bytea[];
BEGIN
  SELECT o.* INTO found_one FROM officer o WHERE o.id::text = dismiss_officer.officer;
  PERFORM FROM organizer g WHERE g.id = found_one.organizer_id FOR NO KEY UPDATE;
  PERFORM FROM withdrawal_request r WHERE r."by" = found_one.id AND r.ended_at IS NULL ORDER BY r.id FOR UPDATE;
  PERFORM FROM officer o WHERE o.id = found_one.id AND o.removed_at IS NULL FOR UPDATE;
  IF NOT FOUND THEN RETURN false; END IF;
  were_open := ARRAY(SELECT i.digest FROM open_links(found_one.organizer_id) i);
  PERFORM close_officer(found_one.id, NULL);
  INSERT INTO officer_change (organizer_id, tindakan, officer_id, nama, at)
  VALUES (found_one.organizer_id, 'keluarkan', found_one.id, found_one.nama, clock_timestamp());
  PERFORM record_act(jsonb_build_object('organizer', found_one.organizer_id), 'petugas-keluarkan', NULL,
    found_one.id || ' ' || found_one.nama, 'pengelola', held_values(found_one.id)
      || jsonb_build_object('tautan', count_ended_links(were_open)));
  PERFORM end_fallen(jsonb_build_object('organizer', found_one.organizer_id));
  RETURN true;
END $$;
