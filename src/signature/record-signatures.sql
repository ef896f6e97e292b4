-- Records several signatures in one statement, each as record_signature does: all of them or, if one breaks it, none. `many`: an array
-- of what that takes, by the names of its arguments without `s_`; bytes in hexadecimal. Returns an array of its answers, in this
-- order; null where somebody holds a row that it would lock (person, event, passkey), or there is none: nothing is waited for while
-- others are held, so no two of these wait for each other.
CREATE OR REPLACE FUNCTION record_signatures(many jsonb, to_arrive interval, to_entry interval) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
  one jsonb;
  passkey bytea;
  -- Whether the passkey's row is to change.
  moves boolean;
  free boolean;
  answers jsonb[] := '{}';
BEGIN
  FOR one IN SELECT m.value FROM jsonb_array_elements(many) WITH ORDINALITY m ORDER BY m.ordinality LOOP
    passkey := decode(one->>'credential_id', 'hex');
    SELECT c.counter < (one->>'counter')::bigint
      OR NOT c.backup_eligible AND get_byte(decode(one->>'authenticator_data', 'hex'), 32) & 8 <> 0
    INTO moves
    FROM person p JOIN kegiatan k ON k.id = p.kegiatan_id JOIN signer_credential c ON c.id = passkey
    WHERE p.id = (one->>'person')::uuid FOR UPDATE OF p SKIP LOCKED FOR KEY SHARE OF k, c SKIP LOCKED;
    free := FOUND;
    IF moves THEN
      PERFORM FROM signer_credential c WHERE c.id = passkey FOR NO KEY UPDATE SKIP LOCKED;
      free := FOUND;
    END IF;
    answers := answers || CASE WHEN free THEN record_signature((one->>'person')::uuid, decode(one->>'hash', 'hex'),
      one->>'hash_symbols', one->>'kode', one->>'statement', one->>'nama_lengkap', one->>'jabatan', one->>'unsur', one->>'nomor',
      one->>'wilayah_nama', passkey, decode(one->>'authenticator_data', 'hex'),
      decode(one->>'client_data_json', 'hex'), decode(one->>'signature', 'hex'), decode(one->>'spki', 'hex'),
      decode(one->>'evidence_hash', 'hex'), one->'seen', (one->>'counter')::bigint, decode(one->>'user_handle', 'hex'),
      to_arrive, to_entry) ELSE 'null' END;
  END LOOP;
  RETURN to_jsonb(answers);
END $$;
