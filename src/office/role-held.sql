-- Whether somebody has a role: not over, not taken away; begun, or to come. Of one event, or of all, nobody has it twice.
CREATE OR REPLACE FUNCTION role_held(r officer_role) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT r.ended_at IS NULL AND (r.sampai IS NULL OR r.sampai > clock_timestamp())
$$;
