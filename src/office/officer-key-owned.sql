-- Whether a passkey of an officer's is surely theirs, as far as their other ones and the installation tell: it is their first, the
-- installation gave the link for it, or with an older one they have said that they know of it (`periksa`). Any other ends nothing,
-- acknowledges nothing, and what it does in their name is news to them.
CREATE OR REPLACE FUNCTION officer_key_owned(officer uuid, key_spki bytea) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM officer_credential n WHERE n.officer_id = officer AND n.spki = key_spki AND (
      -- Also before one that has ended: or ending one would make the next theirs.
      NOT EXISTS (SELECT FROM officer_credential k WHERE k.officer_id = officer AND k.at < n.at)
      OR EXISTS (
        SELECT FROM officer_change a
        WHERE a.credential_id = n.id AND a.officer_id = officer AND a.tindakan IN ('tambah-kunci', 'kunci-tautan') AND (
          a."by" IS NULL
          OR EXISTS (
            SELECT FROM officer_change p JOIN officer_credential k ON k.officer_id = officer AND k.spki = p.spki AND k.at < n.at
            WHERE p."by" = officer AND p.tindakan = 'periksa' AND p.sampai >= a.id))))
  )
$$;
