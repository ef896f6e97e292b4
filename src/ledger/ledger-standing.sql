-- How the ledger stands, in one round trip: the head of the tree, the current checkpoint with the lines of its witnesses, the subtrees
-- that the root at its size is made of (merkle.ts) unless the tree has just that size, and what is objected. Bytes in hexadecimal.
CREATE OR REPLACE FUNCTION ledger_standing() RETURNS jsonb LANGUAGE sql STABLE
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
  SELECT jsonb_build_object(
    'size', t.size, 'root', encode(t.root, 'hex'),
    'checkpoint', CASE WHEN c.size IS NOT NULL THEN jsonb_build_object('size', c.size, 'root', encode(c.root, 'hex'), 'at', c.at,
      'note', c.note || coalesce((SELECT string_agg(g.line, '' ORDER BY g.at, g.key) FROM cosignature g WHERE g.size = c.size), '')) END,
    'subtrees', coalesce((
      SELECT jsonb_agg(jsonb_build_object('level', l, 'index', (c.size >> l) - 1, 'hash',
        (SELECT encode(h.hash, 'hex') FROM tree_hash h WHERE h.level = l AND h.index = (c.size >> l) - 1)))
      FROM generate_series(0, 52) l WHERE (c.size >> l) & 1 = 1 AND c.size < t.size), '[]'),
    'objections', coalesce((SELECT jsonb_agg(jsonb_build_object(
      'key', o.key, 'name', o.name, 'kind', o.kind, 'size', o.size, 'root', encode(o.root, 'hex'))) FROM objection o), '[]'))
  FROM tree t LEFT JOIN LATERAL (SELECT * FROM checkpoint ORDER BY size DESC LIMIT 1) c ON true WHERE t.id = 1
$$;
