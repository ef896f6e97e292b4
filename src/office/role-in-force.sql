-- Whether a role lets anybody do anything now: held, and begun. `as_of`: then (role-held.sql).
CREATE OR REPLACE FUNCTION role_in_force(r officer_role, as_of timestamptz DEFAULT NULL) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT role_held(r, as_of) AND r.sejak <= coalesce(as_of, clock_timestamp())
$$;
