-- Whether a signer's passkey may still be used, as a word of a condition (`passkey_standing`).
CREATE OR REPLACE FUNCTION passkey_stands(passkey signer_credential) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT s.stands FROM passkey_standing(passkey) s
$$;
