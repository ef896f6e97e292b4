-- An officer ends a link that nobody has used. Outcome: 'ended', 'link-ended' (used, ended before, or another organiser's),
-- 'officer-stranger' (nobody known knows who ends it, and somebody else made it), 'key-unowned' (neither it nor the session is surely the
-- officer's: office/officer-key-owned.sql) or 'officer-removed' (who acts, or the passkey that the session was opened with: `credential`).
CREATE OR REPLACE FUNCTION end_officer_link(actor jsonb, credential bytea, link bytea) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  who uuid := (actor->>'id')::uuid;
  organizer text := actor->>'organizer';
  signed_in_with bytea;
  ended officer_invitation%ROWTYPE;
BEGIN
  PERFORM FROM organizer g WHERE g.id = organizer FOR NO KEY UPDATE;
  SELECT c.spki INTO signed_in_with FROM officer_credential c WHERE c.id = credential AND c.officer_id = who AND c.ended_at IS NULL;
  IF NOT FOUND OR NOT actor_acts(actor, organizer) THEN RETURN 'officer-removed'; END IF;
  SELECT * INTO ended FROM officer_invitation i
  WHERE i.digest = link AND i.organizer_id = organizer AND i.used_at IS NULL AND i.ended_at IS NULL;
  IF NOT FOUND THEN RETURN 'link-ended'; END IF;
  IF ended.created_by IS DISTINCT FROM who AND who NOT IN (SELECT known_organizers(organizer)) THEN RETURN 'officer-stranger'; END IF;
  -- What may be another's passkey ends none but its own.
  IF ended.spki IS DISTINCT FROM signed_in_with AND NOT officer_key_owned(who, signed_in_with) THEN RETURN 'key-unowned'; END IF;
  UPDATE officer_invitation i SET ended_at = clock_timestamp() WHERE i.digest = link;
  INSERT INTO officer_change (organizer_id, tindakan, "by", officer_id, nama, at)
  VALUES (organizer, 'akhiri-tautan', who, ended.officer_id,
    coalesce((SELECT o.nama FROM officer o WHERE o.id = ended.officer_id), ended.nama, ''), clock_timestamp());
  PERFORM record_act(actor, 'petugas-akhiri-tautan', NULL, concat_ws(' ', ended.officer_id::text,
    coalesce((SELECT o.nama FROM officer o WHERE o.id = ended.officer_id), ended.nama)), 'sesi');
  RETURN 'ended';
END $$;
