-- What the tree holds of an entry: the hash of a leaf (RFC 6962, 2.1).
CREATE OR REPLACE FUNCTION leaf_hash(entry text) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT sha256(E'\\x00'::bytea || convert_to(entry, 'UTF8'))
$$;
