-- The root of the tree's first `size` entries: complete subtrees from the smallest, right to left (RFC 6962, section 2.1). Null of none.
CREATE OR REPLACE FUNCTION tree_root(size bigint) RETURNS bytea
LANGUAGE plpgsql STABLE AS $$
DECLARE
  rest bigint;
  node bytea;
  root bytea;
BEGIN
  FOR k IN 0..62 LOOP
    rest := tree_root.size >> k;
    EXIT WHEN rest = 0;
    IF rest % 2 = 1 THEN
      SELECT h.hash INTO STRICT node FROM tree_hash h WHERE h.level = k AND h.index = rest - 1;
      root := CASE WHEN root IS NULL THEN node ELSE sha256(E'\\x01'::bytea || node || root) END;
    END IF;
  END LOOP;
  RETURN root;
END $$;
