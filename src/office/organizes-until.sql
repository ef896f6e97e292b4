-- Until when an officer holds all of the organiser: 'infinity' for a role that ends when somebody ends it. Null: they don't, or not yet.
CREATE OR REPLACE FUNCTION organizes_until(officer uuid) RETURNS timestamptz
LANGUAGE sql STABLE AS $$
  SELECT max(coalesce(r.sampai, 'infinity')) FROM officer_role r JOIN officer o ON o.id = r.officer_id
  WHERE r.officer_id = organizes_until.officer AND r.peran = 'penyelenggara' AND r.kegiatan_id IS NULL AND role_in_force(r)
    AND o.removed_at IS NULL
$$;
