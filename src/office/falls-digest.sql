-- What `falls_with` finds, as one value: what a page has shown of it is compared with what there is when a role is changed or ended.
-- Empty: nothing.
CREATE OR REPLACE FUNCTION falls_digest(who uuid, role bigint, until timestamptz, key_spki bytea) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT coalesce(encode(sha256(convert_to(
    string_agg(f.apa || ' ' || f.id, E'\n' ORDER BY f.apa COLLATE "C", f.id COLLATE "C"), 'UTF8')), 'hex'), '')
  FROM falls_with(who, role, until, key_spki) f
$$;
