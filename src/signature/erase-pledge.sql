-- Removes text, evidence and paper of a pledge, why it was withdrawn, and every other trace of its holder at that place, or in
-- passkeys, that no other pledge needs. The digests stay: here, and in the ledger. So does the list (erasures.ts says where
-- else the name is). Outcome: 'erased', 'pledge-unknown', or 'pledge-erased': before, and what an earlier version of this
-- function had left is cleared now.
CREATE OR REPLACE FUNCTION erase_pledge(code text, reason text) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  pledge signature%ROWTYPE;
  place person%ROWTYPE;
  name text;
  number text;
  office text;
  theirs bytea[];
  before boolean;
BEGIN
  -- No entry gets its place meanwhile: the public list would keep the name.
  PERFORM FROM tree FOR UPDATE;
  -- In the order of confirm_withdrawal, so that the two can't wait crosswise.
  PERFORM FROM withdrawal_request r JOIN signature g ON g.hash = r.hash
  WHERE g.kode = code AND r.ended_at IS NULL FOR UPDATE OF r;
  PERFORM FROM person p JOIN signature g ON g.person_id = p.id WHERE g.kode = code FOR UPDATE OF p;
  SELECT * INTO pledge FROM signature g WHERE g.kode = code FOR UPDATE;
  IF NOT FOUND THEN RETURN 'pledge-unknown'; END IF;
  before := EXISTS (SELECT 1 FROM erasure e WHERE e.hash = pledge.hash);
  SELECT * INTO STRICT place FROM person p WHERE p.id = pledge.person_id;
  SELECT k.organizer_id INTO STRICT office FROM kegiatan k WHERE k.id = pledge.kegiatan_id;
  -- A place keeps its holder while the pledge stands.
  SELECT coalesce(nullif(pledge.nama, ''), nullif(c.nama, ''), h.nama, ''), coalesce(nullif(c.nip, ''), h.nip, '')
  INTO STRICT name, number
  FROM signer_credential c LEFT JOIN person h ON h.id = place.id AND standing_pledge(place.id) = pledge.hash
  WHERE c.id = pledge.credential_id;

  IF NOT before THEN INSERT INTO erasure (hash, alasan) VALUES (pledge.hash, reason); END IF;

  -- Passkeys of the holder at this organiser, and those made here under a name that nobody on any of its lists has any more, as
  -- before a corrected spelling: who held this place before may serve elsewhere, and their passkey is theirs. One with which a pledge was made that is still here stays, and goes on working.
  theirs := ARRAY(
    SELECT c.id FROM signer_credential c
    JOIN person p ON p.id = c.person_id JOIN kegiatan k ON k.id = p.kegiatan_id
    WHERE k.organizer_id = office
      AND (c.id = pledge.credential_id
        OR same_holder(p.tempat, c.nama, c.nip, place.tempat, name, number)
        OR c.person_id = place.id AND NOT EXISTS (
          SELECT FROM person o JOIN kegiatan e ON e.id = o.kegiatan_id
          WHERE e.organizer_id = office AND same_holder(p.tempat, c.nama, c.nip, o.tempat, o.nama, o.nip)))
      AND NOT EXISTS (
        SELECT 1 FROM signature g WHERE g.credential_id = c.id AND NOT EXISTS (SELECT 1 FROM erasure e WHERE e.hash = g.hash)));
  DELETE FROM signer_credential c
  WHERE c.id = ANY (theirs) AND NOT EXISTS (SELECT 1 FROM signature g WHERE g.credential_id = c.id);
  UPDATE signer_credential SET spki = '', user_handle = '', nama = '', nip = '', transports = '{}' WHERE id = ANY (theirs);

  -- Cards of this place, but for those of another holder, and of a pledge of the same holder that is still here.
  UPDATE invitation i SET nama = ''
  WHERE i.person_id = place.id AND i.nama <> '' AND NOT (
    i.nama = place.nama AND (
      NOT same_holder(place.tempat, name, number, place.tempat, place.nama, place.nip)
      OR EXISTS (
        SELECT 1 FROM signature g WHERE g.hash = standing_pledge(place.id)
          AND NOT EXISTS (SELECT 1 FROM erasure e WHERE e.hash = g.hash))));
  -- And with that name those of other events that open nothing any more: replaced, or of a place that has another holder now.
  UPDATE invitation i SET nama = '' FROM person p JOIN kegiatan k ON k.id = p.kegiatan_id
  WHERE p.id = i.person_id AND k.organizer_id = office AND name <> '' AND i.nama = name AND p.id <> place.id
    AND (p.nama <> i.nama OR EXISTS (SELECT FROM invitation n WHERE n.person_id = i.person_id AND n.version > i.version));

  -- Why a place left a list is free text: here, but for one where another holder is off the list now; and wherever it names them.
  UPDATE roster_removal r SET alasan = '' FROM person p JOIN kegiatan k ON k.id = p.kegiatan_id
  WHERE p.id = r.person_id AND k.organizer_id = office AND r.alasan <> ''
    AND (p.id = place.id AND (r.ended_at IS NOT NULL OR same_holder(place.tempat, name, number, place.tempat, place.nama, place.nip))
      OR name <> '' AND position(lower(name) IN lower(r.alasan)) > 0
      OR number <> '' AND position(number IN r.alasan) > 0);

  UPDATE signature SET statement = '', nama = '', nama_lengkap = '', jabatan = '', nomor = '', authenticator_data = '',
    client_data_json = '', signature = '', spki = '', counter_note = NULL
  WHERE hash = pledge.hash;
  -- Nobody could confirm an open one any more; and why may name the holder.
  UPDATE withdrawal_request r SET ended_at = now()
  WHERE r.hash = pledge.hash AND r.ended_at IS NULL AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.request_id = r.id);
  UPDATE withdrawal_request r SET statement = '' WHERE r.hash = pledge.hash;
  DELETE FROM listing l WHERE l.hash = pledge.hash;
  DELETE FROM document d WHERE d.hash = pledge.hash;
  DELETE FROM document_due d WHERE d.hash = pledge.hash;
  IF before THEN RETURN 'pledge-erased'; END IF;
  RETURN 'erased';
END $$;
