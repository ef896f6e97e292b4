-- Of which passkeys the officers of an organiser have said that they know of them (`periksa`), and with which older one of theirs each
-- time. `as_of`: then (role-held.sql).
CREATE OR REPLACE FUNCTION acknowledged_keys(organizer text, as_of timestamptz DEFAULT NULL)
RETURNS TABLE (officer uuid, spki bytea, acknowledged_with bytea)
LANGUAGE sql STABLE AS $$
  SELECT n.officer_id, n.spki, k.spki
  FROM officer_change a JOIN officer_credential n ON n.id = a.credential_id AND n.officer_id = a.officer_id
    JOIN officer_credential k ON k.officer_id = n.officer_id AND k.at < n.at
  WHERE a.organizer_id = organizer AND a.tindakan IN ('tambah-kunci', 'kunci-tautan') AND coalesce(a.at <= as_of, true)
    AND EXISTS (
      SELECT FROM officer_change p
      WHERE p.organizer_id = organizer AND p."by" = n.officer_id AND p.tindakan = 'periksa' AND p.spki = k.spki AND p.sampai >= a.id
        AND coalesce(p.at <= as_of, true))
$$;
