-- Whether a role waits for nobody's word but the clock's: it has begun, or whoever gave it, or changed it last to more than a part of what
-- was given, still stands behind it (office/stands-behind.sql). What has begun, and was made longer, stays like what was given so: the
-- question before a passkey is ended names it (`stays`, office/dependents.ts).
CREATE OR REPLACE FUNCTION role_stands(r officer_role) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT r.sejak <= clock_timestamp() OR stands_behind(r."by", r.spki, r.at, r.sampai, true)
$$;
