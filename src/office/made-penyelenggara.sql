-- The change that made a penyelenggara of one who was an officer before; null for who came as one, and for who isn't one: a gift that
-- is to come, never began or has ended made nobody anything. What was changed of the role since (`ubah-peran`) neither. `as_of`: then (role-held.sql).
CREATE OR REPLACE FUNCTION made_penyelenggara(officer uuid, as_of timestamptz DEFAULT NULL) RETURNS bigint
LANGUAGE sql STABLE AS $$
  SELECT max(v.id) FROM officer_change v
  WHERE v.officer_id = made_penyelenggara.officer AND v.tindakan = 'beri-peran' AND v.peran = 'penyelenggara'
    AND coalesce(v.at <= as_of, true) AND organizes(made_penyelenggara.officer, as_of) IS NOT NULL
$$;
