-- Whether who made a passkey is who holds a place now: the same name in the same place, or the same NIP. A place that has
-- a new holder doesn't hand down its passkeys. Both places are of one organiser.
CREATE OR REPLACE FUNCTION same_holder(tempat text, nama text, nip text, now_tempat text, now_nama text, now_nip text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT now_nama <> '' AND ((nip = now_nip AND now_nip <> '')
    OR (tempat = now_tempat AND nama = now_nama AND (nip = '' OR now_nip = '')))
$$;
