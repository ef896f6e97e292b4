-- Keeps what is appended to a paper that waits for its timestamp, and enters the digest of the whole into the ledger. False
-- if it waits no more.
CREATE OR REPLACE FUNCTION keep_document_timestamp(pledge bytea, more bytea, digest bytea) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM timestamp_due w WHERE w.hash = pledge;
  IF NOT FOUND THEN RETURN false; END IF;
  INSERT INTO document_timestamp (hash, appended, sha256, leaf_id)
  VALUES (pledge, more, digest, append_leaf('segel', ARRAY[
    'pernyataan sha256:' || encode(pledge, 'hex'),
    'pdf sha256:' || encode(digest, 'hex')]));
  RETURN true;
END $$;
