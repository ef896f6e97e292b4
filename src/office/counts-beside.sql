-- Whether an officer, with this passkey, counts as one of two who approve something, beside the other one: for nobody's word is
-- enough twice. `asked_at`: when the first of them did. Outcome: 'counts', 'officer-same', 'officer-role' (no penyelenggara, or no
-- longer), 'officers-related' (two_people), 'officer-unowned' (the passkey isn't surely theirs, however old it is and whoever has vouched:
-- office/officer-key-owned.sql) or 'officer-new': came, got this passkey, or the role of penyelenggara, less than 24
-- hours ago or after it was asked, and neither the installation nor a third officer whose word counts (officer_knows) has
-- vouched since: one who is neither of the two, as far as can be known. `as_of`: when it was
-- approved, for whoever checks that later (withdrawal/withdrawals.ts).
CREATE OR REPLACE FUNCTION counts_beside(who uuid, key_spki bytea, other uuid, asked_at timestamptz,
  as_of timestamptz DEFAULT NULL) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
  since timestamptz;
BEGIN
  IF who = other THEN RETURN 'officer-same'; END IF;
  IF organizes(who, as_of) IS NULL THEN RETURN 'officer-role'; END IF;
  IF NOT two_people(who, other, as_of) THEN RETURN 'officers-related'; END IF;
  IF NOT officer_key_owned(who, key_spki, as_of) THEN RETURN 'officer-unowned'; END IF;
  SELECT greatest(o.at, c.at, organizes_anew(o.id, as_of)) INTO since FROM officer o JOIN officer_credential c ON c.officer_id = o.id
  WHERE o.id = who AND c.spki = key_spki AND (c.ended_at IS NULL OR c.ended_at > as_of);
  IF since <= coalesce(as_of, clock_timestamp()) - interval '24 hours' AND since < asked_at THEN RETURN 'counts'; END IF;
  IF EXISTS (
    SELECT 1 FROM officer_knows((SELECT o.organizer_id FROM officer o WHERE o.id = counts_beside.who), as_of) k
    WHERE k.vouched AND k.of_organizer AND k.counts AND k.whom = counts_beside.who AND k.at >= since
      AND (k.who IS NULL OR (two_people(k.who, counts_beside.who, as_of) AND two_people(k.who, other, as_of)))
  ) THEN RETURN 'counts'; END IF;
  RETURN 'officer-new';
END $$;
