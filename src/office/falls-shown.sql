-- What `falls_with` finds, as one line: what a page has shown of it, so that an act on what was shown can be told from one on more
-- (office/falls-unseen.sql). First when that was, in microseconds; then a mark of each thing.
CREATE OR REPLACE FUNCTION falls_shown(who uuid, role bigint, until timestamptz, keys bytea[]) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT concat_ws(' ', floor(extract(epoch FROM now()) * 1000000), string_agg(f.mark, ' ' ORDER BY f.mark COLLATE "C"))
  FROM falls_with(who, role, until, keys) f
$$;
