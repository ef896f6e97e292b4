-- Which passkeys of an officer end with one of them (`ending`), that one first: those that it let in, and those that these let in, since
-- whoever had it may have made them. One lets in another that it acknowledged (office/acknowledged-keys.sql), or that was added with it or
-- with its link. But none that another one, which stays, acknowledges too; none that the installation gave the link for; nor the one that the
-- end is signed with (`kept`), whose owner says so.
CREATE OR REPLACE FUNCTION keys_falling(who uuid, ending bytea, kept bytea) RETURNS bytea[]
LANGUAGE plpgsql STABLE AS $$
DECLARE
  organizer CONSTANT text := (SELECT o.organizer_id FROM officer o WHERE o.id = who);
  falling bytea[] := ARRAY[ending];
  key record;
BEGIN
  -- The older first: what lets in is older than what it lets in.
  FOR key IN
    SELECT n.spki, coalesce(a.spki, (
        SELECT i.spki FROM officer_invitation i
        WHERE i.officer_id = who AND i.used_at <= a.at ORDER BY i.used_at DESC LIMIT 1)) AS added_with,
      ARRAY(
        SELECT k.acknowledged_with FROM acknowledged_keys(organizer) k JOIN officer_credential w ON w.spki = k.acknowledged_with
        WHERE k.officer = who AND k.spki = n.spki AND w.ended_at IS NULL) AS acknowledged_with
    FROM officer_credential n JOIN officer_change a ON a.credential_id = n.id AND a.officer_id = n.officer_id
    WHERE n.officer_id = who AND n.ended_at IS NULL AND n.spki <> ending AND n.spki IS DISTINCT FROM kept
      AND a.organizer_id = organizer AND a.tindakan IN ('tambah-kunci', 'kunci-tautan') AND a."by" IS NOT NULL
    ORDER BY n.at, n.id
  LOOP
    IF key.acknowledged_with <@ falling AND (key.acknowledged_with <> '{}' OR key.added_with = ANY (falling))
    THEN falling := falling || key.spki; END IF;
  END LOOP;
  RETURN falling;
END $$;
