-- Queues an entry and returns the id of its row. `fields` are its lines between `jenis` and `waktu`. The text, and what is
-- refused, are the pair of src/ledger/leaf.ts; test/ledger/integrate.test.ts holds them equal. The check takes no query:
-- each signature waits for it. `moment`: its time. For those who act for the owner alone (src/rights.ts): the service's role, and
-- whoever has taken it over, comes by append-leaf.sql.
CREATE OR REPLACE FUNCTION put_leaf(jenis text, fields text[], moment timestamptz) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  text_of_entry text := 'ikrar/catatan@v1' || E'\n' || 'jenis ' || jenis || E'\n'
    || array_to_string(fields, E'\n') || E'\n' || 'waktu ' || ikrar_time(moment) || E'\n';
  valid boolean := coalesce(jenis IN
      ('tanda-tangan', 'pencabutan', 'segel', 'naskah', 'daftar', 'berita-acara', 'kunci', 'riwayat'), false)
    AND coalesce(cardinality(fields), 0) > 0 AND octet_length(text_of_entry) <= 65535;
  field text;
  new_id bigint;
BEGIN
  IF valid THEN
    FOREACH field IN ARRAY fields LOOP
      valid := valid AND coalesce(field ~ '^[a-z][a-z-]* [!-~]+( [!-~]+)*$', false);
    END LOOP;
  END IF;
  IF NOT valid THEN
    RAISE EXCEPTION 'not an entry: % %', jenis, fields USING ERRCODE = 'check_violation';
  END IF;
  INSERT INTO leaf (entry, hash, at)
  VALUES (text_of_entry, sha256(E'\\x00'::bytea || convert_to(text_of_entry, 'UTF8')), moment)
  RETURNING id INTO new_id;
  RETURN new_id;
END $$;
