-- Whether somebody has a role: not over, not taken away; begun, or to come. Of one event, or of all, nobody has it twice. `as_of`:
-- had it then, as far as the rows tell; null: now, and what has ended is over whatever a clock says.
CREATE OR REPLACE FUNCTION role_held(r officer_role, as_of timestamptz DEFAULT NULL) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT (r.ended_at IS NULL OR coalesce(r.ended_at > as_of, false))
    AND (r.sampai IS NULL OR r.sampai > coalesce(as_of, clock_timestamp()))
$$;
