-- Compare-and-swap: publishes a checkpoint if `previous` is still the size of the current one (null: there is none). Returns
-- whether it did. Whoever publishes takes the row of the tree, so that of several at once one wins.
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
  INSERT INTO checkpoint (size, root, note) VALUES (next_size, next_root, next_note);
  RETURN true;
END $$;
