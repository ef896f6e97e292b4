-- What the lists in the ledger have of somebody: lines with their number, or at their place under their name (`same`), or there under
-- one so like it that it may be an earlier spelling, or somebody else; or under it with another number, which may have been mended since.
-- `now`: in the last version of that list.
CREATE OR REPLACE FUNCTION held_lines(place text, name text, number text)
RETURNS TABLE (organizer_id text, kegiatan_id text, versi integer, places text[], nama text, nip text, same boolean, now boolean)
LANGUAGE sql STABLE AS $$
  SELECT k.organizer_id, l.kegiatan_id, l.versi, l.places, l.nama, l.nip, s.same, l.versi = (
    SELECT v.versi FROM roster_version v WHERE v.kegiatan_id = l.kegiatan_id AND roster_entered(v) ORDER BY v.versi DESC LIMIT 1)
  FROM roster_lines(place, number) l JOIN kegiatan k ON k.id = l.kegiatan_id
  CROSS JOIN LATERAL (SELECT l.nip = number AND number <> ''
    OR l.here AND (l.nip = '' OR number = '') AND search_fold(l.nama) = search_fold(name) AND search_fold(name) <> '') s (same)
  WHERE s.same OR l.here AND (search_fold(l.nama) = search_fold(name) OR (l.nip = '' OR number = '') AND names_alike(l.nama, name))
$$;
