-- A name, and the others under which lists have had the same person: those with the same NIP, and, of one without, at the same
-- place a name so like it that it may be an earlier spelling. `surely`: without those.
CREATE OR REPLACE FUNCTION roster_names(place text, name text, number text, surely boolean) RETURNS text[]
LANGUAGE sql STABLE AS $$
  SELECT array_agg(n.nama) FROM (
    SELECT name AS nama WHERE name <> ''
    UNION
    SELECT l.nama FROM roster_lines(place, number) l
    WHERE l.nip = number AND number <> ''
      OR NOT surely AND l.here AND (l.nip = '' OR number = '') AND names_alike(l.nama, name)) n
$$;
