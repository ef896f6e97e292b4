-- Whether an officer had a role when somebody came (`since`), in force or to come: this row, or one that it continues. Neither a change of
-- it since nor a day that is still to come makes it newer: `at` says on whose word it stands, and `sejak` when it begins. One that was
-- ended and given again since counts as the one they had.
CREATE OR REPLACE FUNCTION role_before(r officer_role, since timestamptz) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM officer_role p
    WHERE p.officer_id = r.officer_id AND p.peran = r.peran AND p.kegiatan_id IS NOT DISTINCT FROM r.kegiatan_id
      AND least(p.at, p.sejak) <= since AND role_held(p, since))
$$;
