-- Queues an entry and returns the id of its row. `fields` are its lines between `jenis` and `waktu`. The text, and what is
-- refused, are the pair of src/ledger/leaf.ts; test/ledger/integrate.test.ts holds them equal. The check takes no query:
-- each signature waits for it. `moment`: its time. For those who act for the owner alone (src/rights.ts): the service's role, and
-- whoever has taken it over, comes by append-leaf.sql.
CREATE OR REPLACE FUNCTION put_leaf(jenis text, fields text[], moment timestamptz) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  lines text := array_to_string(fields, E'\n') || E'\n';
  text_of_entry text := leaf_entry(jenis, fields, moment);
  new_id bigint;
BEGIN
  -- As many lines as fields: none of them is two, and none is nothing.
  IF (jenis IN ('tanda-tangan', 'pencabutan', 'segel', 'naskah', 'daftar', 'berita-acara', 'kunci', 'riwayat')
    AND lines ~ E'^([a-z][a-z-]* [!-~]+( [!-~]+)*\n)+$' AND length(lines) - length(replace(lines, E'\n', '')) = cardinality(fields)
    AND octet_length(text_of_entry) <= 65535) IS NOT TRUE THEN
    RAISE EXCEPTION 'not an entry: % %', jenis, fields USING ERRCODE = 'check_violation';
  END IF;
  INSERT INTO leaf (entry, hash, at)
  VALUES (text_of_entry, leaf_hash(text_of_entry), moment)
  RETURNING id INTO new_id;
  RETURN new_id;
END $$;
