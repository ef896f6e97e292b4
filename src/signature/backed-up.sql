-- Whether an authenticator says that its passkey may be synced: flag BE of its data (WebAuthn, 6.1).
CREATE OR REPLACE FUNCTION backed_up(authenticator_data bytea) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT get_byte(authenticator_data, 32) & 8 <> 0
$$;
