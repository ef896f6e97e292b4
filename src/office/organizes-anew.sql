-- Since when an officer holds all of the organiser on the word that it stands on now: `at`, or `sejak` where it began later. So somebody is
-- new as one of two when the installation makes theirs what was another's (office/give-penyelenggara.sql), though they held it without a
-- gap (office/organizes.sql): what they themselves have said goes on standing. `as_of`: then (role-held.sql).
CREATE OR REPLACE FUNCTION organizes_anew(officer uuid, as_of timestamptz DEFAULT NULL) RETURNS timestamptz
LANGUAGE sql STABLE AS $$
  SELECT min(greatest(r.at, r.sejak)) FROM officer_role r JOIN officer o ON o.id = r.officer_id
  WHERE r.officer_id = organizes_anew.officer AND r.peran = 'penyelenggara' AND r.kegiatan_id IS NULL AND role_in_force(r, as_of)
    AND (o.removed_at IS NULL OR o.removed_at > as_of)
$$;
