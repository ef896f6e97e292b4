-- Since when an officer holds all of the organiser: when the role of penyelenggara that is in force was given. Null: they don't.
CREATE OR REPLACE FUNCTION organizes(officer uuid) RETURNS timestamptz
LANGUAGE sql STABLE AS $$
  SELECT min(r.at) FROM officer_role r JOIN officer o ON o.id = r.officer_id
  WHERE r.officer_id = organizes.officer AND r.peran = 'penyelenggara' AND r.kegiatan_id IS NULL AND role_in_force(r)
    AND o.removed_at IS NULL
$$;
