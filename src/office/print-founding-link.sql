-- Keeps the digest of a link that founds an organiser; those before it end. `first`: only while there is no organiser, and whoever
-- founds one takes the same lock: the tree's row, which is always there. Returns whether it was kept.
CREATE OR REPLACE FUNCTION print_founding_link(link bytea, first boolean) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM integrate(0);
  IF first AND EXISTS (SELECT 1 FROM organizer) THEN RETURN false; END IF;
  UPDATE officer_invitation SET ended_at = clock_timestamp()
  WHERE organizer_id IS NULL AND used_at IS NULL AND ended_at IS NULL;
  INSERT INTO officer_invitation (digest, at, expires_at)
  VALUES (link, clock_timestamp(), clock_timestamp() + interval '7 days');
  RETURN true;
END $$;
