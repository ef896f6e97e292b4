-- Keeps the digest of a link that founds an organiser; those before it end. `first`: only while there is no organiser, and whoever
-- founds one takes the same lock: the tree's row, which is always there. Returns whether it was kept. Another than the first is the
-- operator's to print: the service's role may have no such act recorded (office/record-act.sql).
CREATE OR REPLACE FUNCTION print_founding_link(link bytea, first boolean) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
  ended integer;
BEGIN
  PERFORM integrate(0);
  IF first AND EXISTS (SELECT 1 FROM organizer) THEN RETURN false; END IF;
  -- Of those that an organiser has been founded since none works any more (office/enter-by-link.sql).
  UPDATE officer_invitation i SET ended_at = clock_timestamp()
  WHERE i.organizer_id IS NULL AND i.used_at IS NULL AND i.ended_at IS NULL AND i.expires_at > clock_timestamp()
    AND NOT EXISTS (SELECT FROM organizer o WHERE o.at >= i.at);
  GET DIAGNOSTICS ended = ROW_COUNT;
  INSERT INTO officer_invitation (digest, at, expires_at)
  VALUES (link, clock_timestamp(), clock_timestamp() + interval '7 days');
  PERFORM record_act('{}', 'penyelenggara-undang', NULL, NULL, 'pengelola', jsonb_build_object('tautan', nullif(ended, 0)),
    '{"berlaku-jam": 168}');
  RETURN true;
END $$;
