-- Whether an officer acts for this organiser, and with this passkey of theirs. Both rows are held until the caller commits.
CREATE OR REPLACE FUNCTION officer_signs(who uuid, organizer text, key_spki bytea) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
  IF NOT officer_acts(who, organizer) THEN RETURN false; END IF;
  PERFORM FROM officer_credential c WHERE c.officer_id = who AND c.spki = key_spki AND c.ended_at IS NULL FOR SHARE;
  RETURN FOUND;
END $$;
