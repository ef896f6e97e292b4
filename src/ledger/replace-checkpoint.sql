-- Compare-and-swap: publishes a checkpoint if `previous` is still the size of the current one (null: there is none). Returns
-- whether it did. Whoever publishes takes the row of the tree, so that of several at once one wins. What is published is a note of this
-- tree, by its size and root; whether it is signed the database can't tell.
CREATE OR REPLACE FUNCTION replace_checkpoint(previous bigint, next_size bigint, next_root bytea, next_note text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  tree_size bigint;
BEGIN
  PERFORM must_read_committed();
  SELECT t.size INTO STRICT tree_size FROM tree t WHERE t.id = 1 FOR UPDATE;
  IF next_size > tree_size OR next_size <= previous
    OR (SELECT max(c.size) FROM checkpoint c) IS DISTINCT FROM previous THEN
    RETURN false;
  END IF;
  IF next_root IS DISTINCT FROM coalesce(tree_root(next_size), sha256(''))
    OR next_note !~ ('^[^[:space:]+]+' || E'\n' || next_size || E'\n' || regexp_replace(encode(next_root, 'base64'), '([+/=])', E'[\\1]', 'g')
      || E'\n\n(?:— [^[:space:]+]+ [A-Za-z0-9+/]+={0,2}\n)+$')
  THEN RAISE EXCEPTION 'not a checkpoint of this tree' USING ERRCODE = 'check_violation'; END IF;
  INSERT INTO checkpoint (size, root, note) VALUES (next_size, next_root, next_note);
  RETURN true;
END $$;
