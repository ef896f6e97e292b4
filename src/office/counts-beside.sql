-- Whether an officer, with this passkey, counts as one of two who approve something, beside the other one: for nobody's word is
-- enough twice. `asked_at`: when the first of them did. Outcome: 'counts', 'officer-same', 'officers-related' (two_people) or
-- 'officer-new': came, or got this passkey, less than 24 hours ago or after it was asked, and neither the installation nor a
-- third officer of more than 24 hours has vouched since.
CREATE OR REPLACE FUNCTION counts_beside(who uuid, key_spki bytea, other uuid, asked_at timestamptz) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
  since timestamptz;
BEGIN
  IF who = other THEN RETURN 'officer-same'; END IF;
  IF NOT two_people(who, other) THEN RETURN 'officers-related'; END IF;
  SELECT greatest(o.at, c.at) INTO since FROM officer o JOIN officer_credential c ON c.officer_id = o.id
  WHERE o.id = who AND c.spki = key_spki AND c.ended_at IS NULL;
  IF since <= clock_timestamp() - interval '24 hours' AND since < asked_at THEN RETURN 'counts'; END IF;
  IF EXISTS (
    SELECT 1 FROM officer_change v
    LEFT JOIN officer o ON o.id = v."by" LEFT JOIN officer_credential c ON c.officer_id = o.id AND c.spki = v.spki
    WHERE v.tindakan = 'jamin' AND v.officer_id = who AND v.at >= since
      AND (v."by" IS NULL OR (v."by" NOT IN (who, other) AND o.removed_at IS NULL AND c.id IS NOT NULL
        AND c.ended_at IS NULL AND greatest(o.at, c.at) <= v.at - interval '24 hours'))
  ) THEN RETURN 'counts'; END IF;
  RETURN 'officer-new';
END $$;
