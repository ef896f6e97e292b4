-- Since when an officer who acts with this passkey is new, while they are: they came, got it, or became penyelenggara, less than 24 hours
-- ago. Null if they are not; nor is whom the installation has vouched for since, or has given the link for this very passkey.
CREATE OR REPLACE FUNCTION fresh_since(who uuid, key_spki bytea) RETURNS timestamptz
LANGUAGE sql STABLE AS $$
  SELECT n.since
  FROM (
    SELECT greatest(o.at, c.at, organizes(o.id)) AS since FROM officer o JOIN officer_credential c ON c.officer_id = o.id
    WHERE o.id = who AND c.spki = key_spki
  ) n
  WHERE n.since > clock_timestamp() - interval '24 hours' AND NOT EXISTS (
    SELECT FROM officer_change v LEFT JOIN officer_credential c ON c.id = v.credential_id
    WHERE v.officer_id = who AND v."by" IS NULL AND v.at >= n.since
      AND (v.tindakan = 'jamin' OR v.tindakan = 'kunci-tautan' AND c.spki = key_spki))
$$;
