-- Adds to the sums of an area and of all around it. The country's row comes first, so two callers can't wait crosswise.
CREATE OR REPLACE FUNCTION area_tally_add(kode text, more_wajib integer, more_sudah integer) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO area_tally AS a (wilayah, wajib, sudah)
  SELECT left(kode, n), more_wajib, more_sudah FROM unnest(ARRAY[0, 2, 5, 8]) AS n
  WHERE n <= length(kode) AND (more_wajib <> 0 OR more_sudah <> 0)
  ORDER BY n
  ON CONFLICT (wilayah) DO UPDATE SET wajib = a.wajib + excluded.wajib, sudah = a.sudah + excluded.sudah
$$;
