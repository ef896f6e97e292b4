-- Cards under a name of somebody's, of places where a list of the same organiser has them. `sure`: nobody else's: none of another holder
-- of that place by the same name; or, of a name that is only like theirs, as before a corrected spelling, of none who holds it now or has
-- another number. `works`: the newest of its place, and the list has that name there still.
CREATE OR REPLACE FUNCTION person_cards(place text, name text, number text)
RETURNS TABLE (person_id uuid, version integer, kegiatan_id text, tempat text, sure boolean, works boolean)
LANGUAGE sql STABLE AS $$
  WITH line AS MATERIALIZED (
    SELECT * FROM held_lines(place, name, number)
  ), held AS MATERIALIZED (
    SELECT DISTINCT p.id, p.kegiatan_id, p.tempat FROM line l JOIN person p ON p.kegiatan_id = l.kegiatan_id AND p.tempat = ANY (l.places)
    WHERE l.organizer_id IN (SELECT s.organizer_id FROM line s WHERE s.same)
  ), other AS MATERIALIZED (
    SELECT h.tempat, o.* FROM (SELECT DISTINCT h.tempat FROM held h) h CROSS JOIN other_lines(h.tempat, place, name, number) o
  )
  SELECT i.person_id, i.version, h.kegiatan_id, h.tempat, NOT EXISTS (
      SELECT FROM other o WHERE o.kegiatan_id = h.kegiatan_id AND o.tempat = h.tempat AND search_fold(o.nama) = search_fold(i.nama)
        AND (n.exact OR o.now OR o.nip <> '' AND number <> '')),
    NOT EXISTS (SELECT FROM invitation w WHERE w.person_id = i.person_id AND w.version > i.version)
      AND (EXISTS (SELECT FROM line l WHERE l.now AND l.kegiatan_id = h.kegiatan_id AND h.tempat = ANY (l.places) AND l.nama = i.nama)
        OR EXISTS (SELECT FROM other o WHERE o.now AND o.kegiatan_id = h.kegiatan_id AND o.tempat = h.tempat AND o.nama = i.nama))
  FROM held h JOIN invitation i ON i.person_id = h.id
  CROSS JOIN LATERAL (SELECT h.tempat = place AND search_fold(i.nama) = search_fold(name) OR EXISTS (
    SELECT FROM line l WHERE l.same AND l.kegiatan_id = h.kegiatan_id AND h.tempat = ANY (l.places)
      AND search_fold(l.nama) = search_fold(i.nama))) n (exact)
  WHERE i.nama <> '' AND (n.exact OR h.tempat = place AND names_alike(i.nama, name))
$$;
