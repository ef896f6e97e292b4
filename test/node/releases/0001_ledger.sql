-- The ledger's two writes. Each is one statement for its caller, so a connection that dies leaves all of it or nothing.

INSERT INTO tree (id, size, root) VALUES (1, 0, sha256(''::bytea));
--> statement-breakpoint

-- Times in texts: UTC, whole seconds, as 2026-11-23T02:10:21Z.
CREATE FUNCTION ikrar_time(t timestamptz) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT to_char(date_trunc('second', t) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
$$;
--> statement-breakpoint

-- Queues an entry and returns the id of its row. `fields` are its lines between `jenis` and `waktu`.
-- The text, and what is refused, are the pair of src/ledger/leaf.ts; a test holds them equal.
CREATE FUNCTION append_leaf(jenis text, fields text[]) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  text_of_entry text := 'ikrar/catatan@v1' || E'\n' || 'jenis ' || jenis || E'\n'
    || array_to_string(fields, E'\n') || E'\n' || 'waktu ' || ikrar_time(now()) || E'\n';
  new_id bigint;
BEGIN
  IF jenis IS NULL OR jenis NOT IN
      ('tanda-tangan', 'pencabutan', 'segel', 'naskah', 'daftar', 'berita-acara', 'kunci')
    OR coalesce(cardinality(fields), 0) = 0
    OR EXISTS (SELECT FROM unnest(fields) f WHERE (f ~ '^[a-z][a-z-]* [!-~]+( [!-~]+)*$') IS NOT TRUE)
    OR octet_length(text_of_entry) > 65535 THEN
    RAISE EXCEPTION 'append_leaf: not an entry: % %', jenis, fields USING ERRCODE = 'check_violation';
  END IF;
  INSERT INTO leaf (entry, hash)
  VALUES (text_of_entry, sha256('\x00'::bytea || convert_to(text_of_entry, 'UTF8')))
  RETURNING id INTO new_id;
  RETURN new_id;
END $$;
--> statement-breakpoint

-- Gives waiting entries their places, folds them into the tree and writes the new head (design, section 5).
-- Two callers at once are safe: the second waits for the row of the tree and finds less to do.
-- The plans are tied to the indexes, here and in triggers that run within: what one entry costs must not depend on how
-- old the statistics of tables are that grow by thousands a minute.
CREATE FUNCTION integrate(at_most integer) RETURNS TABLE (size bigint, root bytea, placed integer)
LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
DECLARE
  old_size bigint;
  new_size bigint;
  new_root bytea;
  waiting bigint[];
  k smallint := 1;
  rest bigint;
  node bytea;
BEGIN
  SELECT t.size INTO STRICT old_size FROM tree t WHERE t.id = 1 FOR UPDATE;

  SELECT coalesce(array_agg(l.id ORDER BY l.id), '{}') INTO waiting
  FROM (SELECT id FROM leaf WHERE log_index IS NULL ORDER BY id LIMIT at_most) l;
  IF cardinality(waiting) = 0 THEN
    RETURN QUERY SELECT t.size, t.root, 0 FROM tree t WHERE t.id = 1;
    RETURN;
  END IF;
  new_size := old_size + cardinality(waiting);

  WITH given AS (
    UPDATE leaf SET log_index = old_size + w.nth - 1
    FROM unnest(waiting) WITH ORDINALITY AS w (id, nth) WHERE leaf.id = w.id
    RETURNING leaf.log_index, leaf.hash
  )
  INSERT INTO tree_hash (level, index, hash) SELECT 0, g.log_index, g.hash FROM given g;

  -- Level by level, each two neighbours whose parent is not there yet.
  WHILE (new_size >> k) > 0 LOOP
    IF (new_size >> k) > (old_size >> k) THEN
      INSERT INTO tree_hash (level, index, hash)
      SELECT k, c.index >> 1, sha256('\x01'::bytea || string_agg(c.hash, ''::bytea ORDER BY c.index))
      FROM tree_hash c
      WHERE c.level = k - 1 AND c.index >= (old_size >> k) * 2 AND c.index < (new_size >> k) * 2
      GROUP BY c.index >> 1;
    END IF;
    k := k + 1;
  END LOOP;

  -- The root of an incomplete tree: complete subtrees from the smallest, right to left (RFC 6962, section 2.1).
  FOR k IN 0..62 LOOP
    rest := new_size >> k;
    EXIT WHEN rest = 0;
    IF rest % 2 = 1 THEN
      SELECT h.hash INTO STRICT node FROM tree_hash h WHERE h.level = k AND h.index = rest - 1;
      new_root := CASE WHEN new_root IS NULL THEN node ELSE sha256('\x01'::bytea || node || new_root) END;
    END IF;
  END LOOP;

  UPDATE tree SET size = new_size, root = new_root, at = now() WHERE tree.id = 1;
  RETURN QUERY SELECT new_size, new_root, (new_size - old_size)::integer;
END $$;
--> statement-breakpoint

-- Publishes a checkpoint if `previous` is still the size of the current one (null: there is none). Returns whether it
-- did. Whoever publishes takes the row of the tree, so that of several at once one wins.
CREATE FUNCTION replace_checkpoint(previous bigint, next_size bigint, next_root bytea, next_note text) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
  tree_size bigint;
BEGIN
  SELECT t.size INTO STRICT tree_size FROM tree t WHERE t.id = 1 FOR UPDATE;
  IF next_size > tree_size OR next_size <= previous
    OR (SELECT max(c.size) FROM checkpoint c) IS DISTINCT FROM previous THEN
    RETURN false;
  END IF;
  INSERT INTO checkpoint (size, root, note) VALUES (next_size, next_root, next_note);
  RETURN true;
END $$;
