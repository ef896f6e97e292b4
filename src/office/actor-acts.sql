-- Whether who acts still may: an officer of this organiser with the role that they act in, for all of it or for this event.
-- `actor`: {id, organizer, peran} (office/officer.ts). The officer's row is held until the caller commits: whoever removes them,
-- or takes the role away, waits, so that nothing is written in the name of one who may not. `own`: what is the officer's own
-- (office/may.ts), whatever the role is for.
CREATE OR REPLACE FUNCTION actor_acts(actor jsonb, organizer text, event text DEFAULT NULL, own boolean DEFAULT false) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
  IF actor->>'organizer' IS DISTINCT FROM organizer OR NOT officer_acts((actor->>'id')::uuid, organizer) THEN RETURN false; END IF;
  -- In a statement of its own: one that waits for a row sees the others as they were before it waited.
  RETURN EXISTS (
    SELECT 1 FROM officer_role r
    WHERE r.officer_id = (actor->>'id')::uuid AND r.peran = actor->>'peran'
      AND (own OR r.kegiatan_id IS NULL OR r.kegiatan_id = event) AND role_in_force(r));
END $$;
