-- Numbers the places on the list of an event that have none, after the greatest so far. The caller holds the event's row.
CREATE OR REPLACE FUNCTION number_places(kegiatan_seen text, pola text, tanggal date) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  numbered integer;
BEGIN
  WITH waiting AS (
    SELECT p.id, (SELECT coalesce(max(g.urut), 0) FROM person g WHERE g.kegiatan_id = kegiatan_seen)
      + row_number() OVER (
        ORDER BY p.wilayah COLLATE "C", p.unsur COLLATE "C", p.nama COLLATE "C", p.tempat COLLATE "C") AS urut
    FROM person p WHERE p.kegiatan_id = kegiatan_seen AND p.urut IS NULL
      AND NOT EXISTS (SELECT FROM roster_removal r WHERE r.person_id = p.id AND r.ended_at IS NULL)
  )
  UPDATE person SET urut = w.urut, nomor = nomor_dari_pola(pola, tanggal, w.urut::integer)
  FROM waiting w WHERE person.id = w.id;
  GET DIAGNOSTICS numbered = ROW_COUNT;
  RETURN numbered;
END $$;
