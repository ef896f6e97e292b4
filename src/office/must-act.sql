-- Stops a statement of an officer who was removed while it was on its way, or whose role was taken away: SQLSTATE IK403, which
-- the office's pages answer as they answer a session that has ended (pages/errors.tsx). For writes with outcomes of their
-- own about something else. `actor`: {id, organizer, peran} (office/officer.ts); `event`: what a role for one event must be for.
CREATE OR REPLACE FUNCTION must_act(actor jsonb, organizer text, event text DEFAULT NULL) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
  IF actor_acts(actor, organizer, event) THEN RETURN true; END IF;
  RAISE EXCEPTION 'the officer does not act for this organiser' USING ERRCODE = 'IK403';
END $$;
