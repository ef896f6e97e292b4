-- Records of the audit trail about somebody: what officers did with a place while they held it, by the version of the list that was in
-- force, which the record's row names; about a place of theirs under their name; and a reason that names them. Who holds it now says
-- nothing: officers, and the service, may write that. `sure`: nobody else's. The others may be: the order of record and list isn't told by
-- more than clocks that disagree, somebody else of that name is on the same organiser's lists, they aren't, or the name is only like theirs,
-- or one word.
-- A longer name that has theirs in it is another's. What was done to officers and events is not theirs: nobody's own trail ends with
-- their pledge.
CREATE OR REPLACE FUNCTION person_records(place text, name text, number text)
RETURNS TABLE (id bigint, organizer_id text, kegiatan_id text, sure boolean)
LANGUAGE sql STABLE AS $$
  WITH line AS MATERIALIZED (
    SELECT * FROM held_lines(place, name, number)
  ), office AS MATERIALIZED (
    SELECT DISTINCT l.organizer_id FROM line l WHERE l.same
  ), held AS MATERIALIZED (
    SELECT l.*, t.earliest, t.latest, t.until_earliest, t.until_latest
    FROM line l JOIN (SELECT e.kegiatan_id, r.* FROM (SELECT DISTINCT o.kegiatan_id FROM line o) e, roster_times(e.kegiatan_id) r) t
      ON t.kegiatan_id = l.kegiatan_id AND t.versi = l.versi
  ), called AS MATERIALIZED (
    SELECT DISTINCT h.nama FROM held h WHERE h.same UNION SELECT name WHERE name <> ''
  ), shared AS MATERIALIZED (
    SELECT n.* FROM namesakes(ARRAY(SELECT o.organizer_id FROM office o), place, ARRAY(SELECT c.nama FROM called c), number) n
  ), record AS MATERIALIZED (
    SELECT r.id, r.organizer_id, r.organizer_id IN (SELECT o.organizer_id FROM office o) AS listed, r.kegiatan_id, r.versi, r.isi, r.tindakan, r.at, p.kegiatan_id AS event, p.tempat,
      -- Earlier releases kept the time of a record in whole seconds.
      r.at + CASE WHEN r.at = date_trunc('second', r.at) THEN interval '1 second' ELSE interval '0' END AS at_latest
    FROM riwayat r LEFT JOIN person p ON p.id::text = substring(r.isi FROM E'\\nperihal ([0-9a-f-]{36})\\n')
      AND EXISTS (SELECT FROM kegiatan k WHERE k.id = p.kegiatan_id AND k.organizer_id = r.organizer_id)
    WHERE (r.organizer_id IN (SELECT o.organizer_id FROM line o) OR r.isi ~ E'\\nsesudah alasan ') AND r.isi <> ''
      AND r.tindakan NOT LIKE ALL (ARRAY['petugas-%', 'kegiatan-%', 'data-hapus'])
  ), known AS (
    -- By which of their names each could call them then: the one that they signed under, and those that a list had.
    SELECT r.id, c.nama, c.nama = name OR EXISTS (
        SELECT FROM held h WHERE h.same AND h.nama = c.nama AND CASE
          WHEN r.versi IS NOT NULL AND h.kegiatan_id = r.kegiatan_id THEN h.versi <= r.versi ELSE h.latest <= r.at END) AS then
    FROM record r CROSS JOIN called c
  ), found AS (
    SELECT r.id, r.organizer_id, r.kegiatan_id, CASE
        WHEN r.versi IS NOT NULL AND h.kegiatan_id = r.kegiatan_id THEN h.same AND h.versi = r.versi
        ELSE h.same AND h.latest <= r.at AND coalesce(r.at_latest <= h.until_earliest, true) END AS sure
    FROM record r JOIN held h ON h.kegiatan_id = r.event AND r.tempat = ANY (h.places)
      AND CASE WHEN r.versi IS NOT NULL AND h.kegiatan_id = r.kegiatan_id THEN h.versi = r.versi
        ELSE h.earliest <= r.at_latest AND coalesce(r.at < h.until_latest, true) END
    UNION ALL
    SELECT r.id, r.organizer_id, r.kegiatan_id, k.then
      -- Another number is another's.
      AND NOT (number <> '' AND r.isi ~ E'\\n(?:sebelum|sesudah) nip ' AND r.isi !~ (E'\\n(?:sebelum|sesudah) nip ' || mask_nip(number) || E'[ \\n]'))
    FROM record r JOIN known k ON k.id = r.id
    WHERE r.listed AND (r.tempat = place OR EXISTS (SELECT FROM held h WHERE h.same AND h.kegiatan_id = r.event AND r.tempat = ANY (h.places)))
      AND EXISTS (
        SELECT FROM regexp_matches(r.isi, E'\\n(?:sebelum|sesudah) nama ([^\\n]+)', 'g') m WHERE search_fold(m[1]) = search_fold(k.nama))
    UNION ALL
    SELECT r.id, r.organizer_id, r.kegiatan_id, r.listed AND (names_person(w.why, '{}', number) OR k.then AND k.nama LIKE '% %'
      AND NOT EXISTS (SELECT FROM shared s WHERE s.organizer_id = r.organizer_id AND s.nama = k.nama))
    FROM record r JOIN known k ON k.id = r.id CROSS JOIN LATERAL substring(r.isi FROM E'\\nsesudah alasan ([^\\n]+)') w (why)
    WHERE r.tindakan LIKE 'daftar-%' AND names_person(w.why, ARRAY[k.nama], number)
  )
  SELECT f.id, f.organizer_id, f.kegiatan_id, bool_or(coalesce(f.sure, false)) FROM found f GROUP BY 1, 2, 3
$$;
