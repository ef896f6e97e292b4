-- Lines of any version of any list that name somebody: those of one place (`here`), and those with one NIP. `places`: the office's
-- place, and that of a person. Of versions that the ledger has, alone.
CREATE OR REPLACE FUNCTION roster_lines(place text, number text)
RETURNS TABLE (kegiatan_id text, versi integer, here boolean, places text[], nama text, nip text)
LANGUAGE sql STABLE AS $$
  SELECT v.kegiatan_id, v.versi, place IN (c[1] || ' ' || c[2], c[1] || ' ' || c[3]),
    ARRAY[c[1] || ' ' || c[2], c[1] || ' ' || c[3]], c[5], c[3]
  FROM roster_version v, string_to_table(v.isi, E'\n') AS line, string_to_array(line, E'\t') AS c
  -- Most lists have neither, and aren't parted into lines.
  WHERE (position(E'\t' || substring(place FROM '[^ ]+$') || E'\t' IN v.isi) > 0
      OR number <> '' AND position(E'\t' || number || E'\t' IN v.isi) > 0)
    AND roster_entered(v)
    AND c[5] <> '' AND (place IN (c[1] || ' ' || c[2], c[1] || ' ' || c[3]) OR number <> '' AND c[3] = number)
$$;
