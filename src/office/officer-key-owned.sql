-- Whether a passkey of an officer's is surely theirs (office/owned-keys.sql). Any other ends nothing, acknowledges nothing, is nobody's
-- word and no second officer's (office/counts-beside.sql), and what it does in their name is news to them. `as_of`: then (role-held.sql).
CREATE OR REPLACE FUNCTION officer_key_owned(officer uuid, key_spki bytea, as_of timestamptz DEFAULT NULL) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM officer o, owned_keys(o.organizer_id, as_of) k
    WHERE o.id = officer_key_owned.officer AND k.officer = o.id AND k.spki = key_spki)
$$;
