-- The latest pledge of a place, the one that no other replaces, and whether it stands: no row if there is none. Those
-- before it were withdrawn. A set, so that a query takes it in as if it were written there. Each function that asks whether a
-- place has signed asks here.
CREATE OR REPLACE FUNCTION last_pledge(who uuid) RETURNS TABLE (hash bytea, stands boolean)
LANGUAGE sql STABLE AS $$
  SELECT g.hash, w.hash IS NULL FROM signature g LEFT JOIN withdrawal w ON w.hash = g.hash
  WHERE g.person_id = who AND NOT EXISTS (SELECT 1 FROM signature n WHERE n.person_id = who AND n.replaces = g.hash)
$$;
