-- Whether an officer acts for this organiser. The row is held until the caller commits: whoever removes the officer waits,
-- so that nothing is written in the name of one who was removed before.
CREATE OR REPLACE FUNCTION officer_acts(who uuid, organizer text) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM officer o WHERE o.id = who AND o.organizer_id = organizer AND o.removed_at IS NULL FOR SHARE;
  RETURN FOUND;
END $$;
