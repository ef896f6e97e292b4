-- Whether a role lets anybody do anything now: held, and begun.
CREATE OR REPLACE FUNCTION role_in_force(r officer_role) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT role_held(r) AND r.sejak <= clock_timestamp()
$$;
