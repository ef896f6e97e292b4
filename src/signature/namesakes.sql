-- Of these names those that, in whatever dress, somebody else bears on a list of each organiser that the ledger has: with another number,
-- or at another place without one.
CREATE OR REPLACE FUNCTION namesakes(offices text[], place text, names text[], number text) RETURNS TABLE (organizer_id text, nama text)
LANGUAGE sql STABLE AS $$
  WITH other AS MATERIALIZED (
    SELECT DISTINCT k.organizer_id, c[5] AS nama
    FROM kegiatan k JOIN roster_version v ON v.kegiatan_id = k.id, string_to_table(v.isi, E'\n') AS line, string_to_array(line, E'\t') AS c
    WHERE k.organizer_id = ANY (offices) AND roster_entered(v) AND c[5] <> '' AND CASE
      WHEN c[3] = number AND number <> '' THEN false
      WHEN place IN (c[1] || ' ' || c[2], c[1] || ' ' || c[3]) THEN c[3] <> '' AND number <> ''
      ELSE true END
  )
  SELECT DISTINCT o.organizer_id, n.nama FROM other o JOIN unnest(names) AS n (nama) ON search_fold(n.nama) = search_fold(o.nama)
$$;
