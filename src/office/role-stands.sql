-- Whether a role waits for nobody's word but the clock's: it has begun, or whoever gave it still stands behind it
-- (office/stands-behind.sql).
CREATE OR REPLACE FUNCTION role_stands(r officer_role) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT r.sejak <= clock_timestamp() OR stands_behind(r."by", r.spki, r.at, r.sampai, true)
$$;
