-- Who else the lists in the ledger have had at a place of somebody's (`there`), of whom number, or place and name, are given. `now`: in the
-- last version of that list.
CREATE OR REPLACE FUNCTION other_lines(there text, place text, name text, number text)
RETURNS TABLE (kegiatan_id text, nama text, nip text, now boolean)
LANGUAGE sql STABLE AS $$
  SELECT l.kegiatan_id, l.nama, l.nip, l.versi = (
    SELECT v.versi FROM roster_version v WHERE v.kegiatan_id = l.kegiatan_id AND roster_entered(v) ORDER BY v.versi DESC LIMIT 1)
  FROM roster_lines(there, '') l
  WHERE NOT (l.nip = number AND number <> '' OR there = place AND (l.nip = '' OR number = '') AND search_fold(l.nama) = search_fold(name))
$$;
