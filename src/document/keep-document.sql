-- Keeps the paper of a pledge and enters its digest into the ledger: true for the first, false for any other.
-- `unstamped`: no time-stamping authority answered; it is stamped later.
CREATE OR REPLACE FUNCTION keep_document(pledge bytea, file bytea, digest bytea, unstamped boolean) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
  -- The second waits here, and then sees the first. Of the pledge the service may lock nothing, since it may change nothing.
  PERFORM FROM person p JOIN signature g ON g.person_id = p.id WHERE g.hash = pledge FOR NO KEY UPDATE OF p;
  IF EXISTS (SELECT 1 FROM document d WHERE d.hash = pledge)
    OR EXISTS (SELECT 1 FROM erasure e WHERE e.hash = pledge) THEN RETURN false; END IF;
  INSERT INTO document (hash, pdf, sha256, leaf_id)
  VALUES (pledge, file, digest, append_leaf('segel', ARRAY[
    'pernyataan sha256:' || encode(pledge, 'hex'),
    'pdf sha256:' || encode(digest, 'hex')]));
  IF unstamped THEN INSERT INTO timestamp_due (hash) VALUES (pledge); END IF;
  DELETE FROM document_due w WHERE w.hash = pledge;
  RETURN true;
END $$;
