-- The text of an entry. `fields` are its lines between `jenis` and `waktu`; `moment`: its time. The pair of src/ledger/leaf.ts.
CREATE OR REPLACE FUNCTION leaf_entry(jenis text, fields text[], moment timestamptz) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT E'ikrar/catatan@v1\njenis ' || jenis || E'\n' || array_to_string(fields, E'\n') || E'\nwaktu ' || ikrar_time(moment) || E'\n'
$$;
