-- The passkeys with which a person may sign, from any event of the same organiser. Those that have fallen are not among them, so
-- that no phone is kept from making another.
CREATE OR REPLACE FUNCTION passkeys_of(who_id uuid) RETURNS SETOF signer_credential
LANGUAGE plpgsql STABLE AS $$
DECLARE
  me person%ROWTYPE;
  office text;
BEGIN
  SELECT * INTO me FROM person p WHERE p.id = who_id;
  SELECT k.organizer_id INTO office FROM kegiatan k WHERE k.id = me.kegiatan_id;
  RETURN QUERY
    SELECT c.* FROM kegiatan k
    JOIN person p ON p.kegiatan_id = k.id AND p.tempat = me.tempat
    JOIN signer_credential c ON c.person_id = p.id
    WHERE k.organizer_id = office AND signs_as(p.tempat, c.nama, c.nip, me.tempat, me.nama, me.nip) AND passkey_stands(c)
    UNION
    SELECT c.* FROM signer_credential c
    JOIN person p ON p.id = c.person_id
    JOIN kegiatan k ON k.id = p.kegiatan_id
    WHERE me.nip <> '' AND c.nip = me.nip AND k.organizer_id = office
      AND signs_as(p.tempat, c.nama, c.nip, me.tempat, me.nama, me.nip) AND passkey_stands(c);
END $$;
