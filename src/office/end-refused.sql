-- Why an officer may not end what an officer or the installation (`made_by` null) has made: a link, a request; out of a session, or by a
-- confirmation that is refused. One rule for all of it. Whether they act at all, whoever calls has asked. `credential`: the passkey that
-- the session was opened with, or that confirms; `made_with`: the one that signed for it. Null: they may. Else 'officer-removed' (that
-- passkey is), 'officer-stranger' (nobody known knows them, and somebody known, or the installation, made it), 'key-unowned' (neither it
-- nor the session is surely theirs: office/officer-key-owned.sql) or 'officer-fresh' (it was there before them).
CREATE OR REPLACE FUNCTION end_refused(actor jsonb, credential bytea, made_by uuid, made_with bytea, made_at timestamptz) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
  who uuid := (actor->>'id')::uuid;
  organizer text := actor->>'organizer';
  others boolean := made_by IS DISTINCT FROM who;
  signed_in_with bytea;
BEGIN
  SELECT c.spki INTO signed_in_with FROM officer_credential c WHERE c.id = credential AND c.officer_id = who AND c.ended_at IS NULL;
  IF NOT FOUND THEN RETURN 'officer-removed'; END IF;
  IF others AND (made_by IS NULL OR officer_known(made_by)) AND who NOT IN (SELECT known_organizers(organizer)) THEN RETURN 'officer-stranger'; END IF;
  -- What may be another's passkey ends nothing but its own.
  IF made_with IS DISTINCT FROM signed_in_with AND NOT officer_key_owned(who, signed_in_with) THEN RETURN 'key-unowned'; END IF;
  IF others AND made_at < fresh_since(who, signed_in_with) THEN RETURN 'officer-fresh'; END IF;
  RETURN NULL;
END $$;
