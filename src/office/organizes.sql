-- Since when an officer holds all of the organiser without a gap: `sejak` of the role of penyelenggara that is in force, whatever was
-- changed of it since (office/change-role.sql), or on whose word it stands now (`at`, office/give-penyelenggara.sql). Null: they don't.
-- What they asked for before that, they asked for in another one, also where only the clock ended it. `as_of`: then (role-held.sql).
CREATE OR REPLACE FUNCTION organizes(officer uuid, as_of timestamptz DEFAULT NULL) RETURNS timestamptz
LANGUAGE sql STABLE AS $$
  SELECT min(r.sejak) FROM officer_role r JOIN officer o ON o.id = r.officer_id
  WHERE r.officer_id = organizes.officer AND r.peran = 'penyelenggara' AND r.kegiatan_id IS NULL AND role_in_force(r, as_of)
    AND (o.removed_at IS NULL OR o.removed_at > as_of)
$$;
