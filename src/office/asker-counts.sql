-- The same as counts_beside, of who asked, at `asked_at` ('infinity': hasn't yet): nobody's request stands that was made in a role which
-- has ended since, even if they got it again, or stands on another word.
CREATE OR REPLACE FUNCTION asker_counts(who uuid, key_spki bytea, other uuid, asked_at timestamptz,
  as_of timestamptz DEFAULT NULL) RETURNS text
LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF who <> other AND organizes_anew(who, as_of) > asked_at THEN RETURN 'officer-role'; END IF;
  RETURN counts_beside(who, key_spki, other, 'infinity', as_of);
END $$;
