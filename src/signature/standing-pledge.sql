-- The pledge of a place that stands, or NULL: none, or all were withdrawn.
CREATE OR REPLACE FUNCTION standing_pledge(who uuid) RETURNS bytea
LANGUAGE sql STABLE AS $$
  SELECT last.hash FROM last_pledge(who) AS last WHERE last.stands
$$;
