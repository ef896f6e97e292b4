-- Whether a role lets anybody do anything now: begun, not over, not taken away.
CREATE OR REPLACE FUNCTION role_in_force(r officer_role) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT r.ended_at IS NULL AND r.sejak <= clock_timestamp() AND (r.sampai IS NULL OR r.sampai > clock_timestamp())
$$;
