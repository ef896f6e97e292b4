-- Stops a statement of an officer who was removed while it was on its way: SQLSTATE IK403, which the office's pages answer as
-- they answer a session that has ended (pages/errors.tsx). For writes with outcomes of their own about something else.
CREATE OR REPLACE FUNCTION must_act(who uuid, organizer text) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
  IF officer_acts(who, organizer) THEN RETURN true; END IF;
  RAISE EXCEPTION 'the officer does not act for this organiser' USING ERRCODE = 'IK403';
END $$;
