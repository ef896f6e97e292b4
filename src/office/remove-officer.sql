-- Takes an officer's way in: sessions end, links given out but not used lapse. Never the last one of an organiser: those
-- who remove at the same time take turns at the organiser's row. Outcome: 'removed', 'officer-unknown' or 'officer-last'.
CREATE OR REPLACE FUNCTION remove_officer(organizer text, officer_seen uuid, by_officer uuid) RETURNS text
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM organizer o WHERE o.id = organizer FOR UPDATE;
  -- Whoever was removed while waiting may no longer remove.
  IF NOT EXISTS (
    SELECT 1 FROM officer o WHERE o.id = by_officer AND o.organizer_id = organizer AND o.removed_at IS NULL
  ) OR NOT EXISTS (
    SELECT 1 FROM officer o WHERE o.id = officer_seen AND o.organizer_id = organizer AND o.removed_at IS NULL
  ) THEN RETURN 'officer-unknown'; END IF;
  IF (SELECT count(*) FROM officer o WHERE o.organizer_id = organizer AND o.removed_at IS NULL) = 1
  THEN RETURN 'officer-last'; END IF;

  UPDATE officer SET removed_at = now(), removed_by = by_officer WHERE id = officer_seen;
  UPDATE officer_session SET ended_at = now() WHERE officer_id = officer_seen AND ended_at IS NULL;
  UPDATE officer_invitation SET expires_at = now()
  WHERE used_at IS NULL AND expires_at > now() AND (created_by = officer_seen OR officer_id = officer_seen);
  RETURN 'removed';
END $$;
