-- The passkeys of an organiser's officers that are surely their owner's, as far as their other ones and the installation tell: an officer's
-- first, one that the installation gave the link for, and one of which they have said with an older one that they know of it. What one that
-- ended alone let in has ended with it (office/keys-falling.sql). `as_of`: then (role-held.sql).
CREATE OR REPLACE FUNCTION owned_keys(organizer text, as_of timestamptz DEFAULT NULL) RETURNS TABLE (officer uuid, spki bytea)
LANGUAGE sql STABLE AS $$
  SELECT n.officer_id, n.spki FROM officer o JOIN officer_credential n ON n.officer_id = o.id
  WHERE o.organizer_id = organizer AND (
    -- Also before one that has ended: or ending one would make the next theirs.
    NOT EXISTS (SELECT FROM officer_credential k WHERE k.officer_id = n.officer_id AND k.at < n.at)
    OR EXISTS (
      SELECT FROM officer_change a
      WHERE a.organizer_id = o.organizer_id AND a.credential_id = n.id AND a.officer_id = n.officer_id
        AND a.tindakan IN ('tambah-kunci', 'kunci-tautan') AND a."by" IS NULL AND coalesce(a.at <= as_of, true))
    OR EXISTS (SELECT FROM acknowledged_keys(owned_keys.organizer, as_of) k WHERE k.officer = n.officer_id AND k.spki = n.spki))
$$;
