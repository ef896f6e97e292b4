-- The counts change in the statement that gives an entry its place in the ledger, so the two can't differ. With it the
-- pledge is on the public list, and its paper is due, which names that place; unless its data were erased before.
-- What is kept and shown as the time of a pledge or a withdrawal is that of its entry.
CREATE OR REPLACE FUNCTION tally_placed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  WITH signed AS (
    SELECT g.hash, g.kegiatan_id, g.wilayah, g.wilayah_nama, g.nama, g.nama_lengkap, g.jabatan, g.kode, g.at,
      p.at AS placed_at
    FROM placed p JOIN signature g ON g.leaf_id = p.id
    WHERE p.log_index IS NOT NULL
  ), withdrawn AS (
    SELECT g.kegiatan_id, g.wilayah, w.hash, w.at, p.at AS placed_at
    FROM placed p JOIN withdrawal w ON w.leaf_id = p.id JOIN signature g ON g.hash = w.hash
    WHERE p.log_index IS NOT NULL
  ), shown AS (
    SELECT s.* FROM signed s WHERE NOT EXISTS (SELECT 1 FROM erasure e WHERE e.hash = s.hash)
  ), listed AS (
    INSERT INTO listing (hash, kegiatan_id, wilayah, wilayah_nama, nama, nama_lengkap, jabatan, kode, at, words)
    SELECT s.hash, s.kegiatan_id, s.wilayah, s.wilayah_nama, s.nama, s.nama_lengkap, s.jabatan, s.kode, s.placed_at,
      search_fold(s.nama || ' ' || split_part(s.wilayah_nama, ',', 1))
    FROM shown s
  ), due AS (
    INSERT INTO document_due (hash) SELECT s.hash FROM shown s ON CONFLICT DO NOTHING
  ), signed_at AS (
    UPDATE signature g SET at = s.placed_at FROM signed s WHERE g.hash = s.hash AND s.at < s.placed_at
  ), withdrawn_at AS (
    UPDATE withdrawal w SET at = s.placed_at FROM withdrawn s WHERE w.hash = s.hash AND s.at < s.placed_at
  )
  INSERT INTO tally (kegiatan_id, wilayah, sudah)
  SELECT c.kegiatan_id, wilayah_hitung(c.wilayah), sum(c.more) FROM (
    SELECT s.kegiatan_id, s.wilayah, 1 AS more FROM signed s
    UNION ALL SELECT w.kegiatan_id, w.wilayah, -1 FROM withdrawn w
  ) c
  GROUP BY 1, 2 HAVING sum(c.more) <> 0
  -- In the order of import_roster, so that the two can't wait crosswise.
  ORDER BY 1, 2
  ON CONFLICT (kegiatan_id, wilayah) DO UPDATE SET sudah = tally.sudah + excluded.sudah;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER leaf_placed AFTER UPDATE ON leaf
REFERENCING NEW TABLE AS placed FOR EACH STATEMENT EXECUTE FUNCTION tally_placed();
