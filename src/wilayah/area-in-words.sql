-- `Sungai Kapitan, Kumai, Kotawaringin Barat, Kalimantan Tengah`: an area of the table and those around it, outwards. The pair of
-- describePath in src/wilayah/area.ts; test/wilayah/areas.test.ts holds them equal. A set of one row, so that a query takes it in.
CREATE OR REPLACE FUNCTION area_in_words(code text) RETURNS TABLE (words text)
LANGUAGE sql STABLE AS $$
  SELECT string_agg(
      CASE w.jenis WHEN 'kabupaten' THEN regexp_replace(w.nama, '^Kabupaten (Administrasi )?', '') ELSE w.nama END, ', '
      ORDER BY w.kode DESC)
  FROM wilayah w WHERE w.kode IN (code, left(code, 8), left(code, 5), left(code, 2))
$$;
