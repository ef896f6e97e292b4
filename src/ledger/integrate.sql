-- Gives waiting entries their places, folds them into the tree and writes the new head: one statement for its caller, so
-- a connection that dies leaves all of it or nothing. Two callers at once are safe: the second waits for the row of the
-- tree and finds less to do.
-- The time of no entry is before that of the one before it: whoever is recorded gets the time at which the statement began,
-- and another may have been placed since. Such an entry is written anew, with the time of that one. Nobody has seen it:
-- only entries with a place are served, and their hashes alone are in the tree.
-- The plans are tied to the indexes, here and in triggers that run within: what one entry costs must not depend on how
-- old the statistics of tables are that grow by thousands a minute.
-- It acts for its owner (SECURITY DEFINER), since the service's role may not change an entry, the tree or a pledge (src/rights.ts): what
-- is written here follows from what waits, whoever calls. `only_leaf`: of those, that one alone. None, of 0, is a way to hold the
-- tree's row for as long as the caller's statement goes on.
CREATE OR REPLACE FUNCTION integrate(at_most integer, only_leaf bigint DEFAULT NULL)
RETURNS TABLE (size bigint, root bytea, placed integer)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
DECLARE
  old_size bigint;
  new_size bigint;
  new_root bytea;
  waiting bigint[];
  earliest timestamptz;
  latest timestamptz;
  k smallint := 1;
BEGIN
  PERFORM must_read_committed();
  SELECT t.size INTO STRICT old_size FROM tree t WHERE t.id = 1 FOR UPDATE;

  -- In the order of their times: `at` is what the entry says, with its fraction of a second.
  IF only_leaf IS NULL THEN
    SELECT coalesce(array_agg(l.id ORDER BY l.at, l.id), '{}'), min(l.at) INTO waiting, earliest
    FROM (SELECT id, at FROM leaf WHERE log_index IS NULL ORDER BY at, id LIMIT at_most) l;
  ELSE
    SELECT coalesce(array_agg(l.id), '{}'), min(l.at) INTO waiting, earliest
    FROM leaf l WHERE l.id = only_leaf AND l.log_index IS NULL;
  END IF;
  IF cardinality(waiting) = 0 THEN
    RETURN QUERY SELECT t.size, t.root, 0 FROM tree t WHERE t.id = 1;
    RETURN;
  END IF;
  new_size := old_size + cardinality(waiting);

  SELECT date_trunc('second', l.at) INTO latest FROM leaf l WHERE l.log_index = old_size - 1;
  IF earliest < latest THEN
    UPDATE leaf l SET entry = n.entry, hash = leaf_hash(n.entry), at = latest
    FROM unnest(waiting) AS w (id) JOIN leaf o ON o.id = w.id
    CROSS JOIN LATERAL (SELECT left(o.entry, -21) || ikrar_time(latest) || E'\n' AS entry) n
    WHERE l.id = w.id AND o.at < latest;
  END IF;

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
      SELECT k, c.index >> 1, sha256(E'\\x01'::bytea || string_agg(c.hash, ''::bytea ORDER BY c.index))
      FROM tree_hash c
      WHERE c.level = k - 1 AND c.index >= (old_size >> k) * 2 AND c.index < (new_size >> k) * 2
      GROUP BY c.index >> 1;
    END IF;
    k := k + 1;
  END LOOP;

  new_root := tree_root(new_size);
  UPDATE tree SET size = new_size, root = new_root, at = now() WHERE tree.id = 1;
  RETURN QUERY SELECT new_size, new_root, (new_size - old_size)::integer;
END $$;
