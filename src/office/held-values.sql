-- What the audit trail says of all roles that an officer has when they are removed: as of one (office/role-values.sql), with the event that
-- it is for; of several, one after the other, `-` where one says nothing.
CREATE OR REPLACE FUNCTION held_values(officer uuid) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT coalesce(jsonb_object_agg(v.name, v.said), '{}') FROM (
    SELECT n.name, string_agg(coalesce(r.said->>n.name, '-'), '; ' ORDER BY r.id) AS said
    FROM (
      SELECT r.id, role_values(r) || jsonb_strip_nulls(jsonb_build_object('kegiatan', r.kegiatan_id)) AS said
      FROM officer_role r WHERE r.officer_id = held_values.officer AND role_held(r)
    ) r, unnest(ARRAY['peran', 'kegiatan', 'lembaga', 'jabatan', 'mulai', 'sampai']) n (name)
    GROUP BY n.name HAVING bool_or(r.said ? n.name)
  ) v
$$;
