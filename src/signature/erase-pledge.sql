-- Removes text, evidence and paper of a pledge, and the passkey if no other pledge was made with it. The digests stay: here,
-- and in the ledger. Outcome: 'erased', 'pledge-unknown' or 'pledge-erased'.
CREATE OR REPLACE FUNCTION erase_pledge(code text, reason text) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  pledge signature%ROWTYPE;
BEGIN
  -- No entry gets its place meanwhile: the public list would keep the name.
  PERFORM FROM tree FOR UPDATE;
  -- In the order of confirm_withdrawal, so that the two can't wait crosswise.
  PERFORM FROM withdrawal_request r JOIN signature g ON g.hash = r.hash
  WHERE g.kode = code AND r.ended_at IS NULL FOR UPDATE OF r;
  PERFORM FROM person p JOIN signature g ON g.person_id = p.id WHERE g.kode = code FOR UPDATE OF p;
  SELECT * INTO pledge FROM signature g WHERE g.kode = code FOR UPDATE;
  IF NOT FOUND THEN RETURN 'pledge-unknown'; END IF;
  IF EXISTS (SELECT 1 FROM erasure e WHERE e.hash = pledge.hash) THEN RETURN 'pledge-erased'; END IF;
  INSERT INTO erasure (hash, alasan) VALUES (pledge.hash, reason);
  UPDATE signature SET statement = '', nama = '', nama_lengkap = '', jabatan = '', nomor = '', authenticator_data = '',
    client_data_json = '', signature = '', spki = '', counter_note = NULL
  WHERE hash = pledge.hash;
  UPDATE signer_credential SET spki = '', user_handle = '', nama = '', nip = '', transports = '{}'
  WHERE id = pledge.credential_id AND NOT EXISTS (
    SELECT 1 FROM signature g WHERE g.credential_id = pledge.credential_id AND g.hash <> pledge.hash);
  -- Nobody could confirm it any more.
  UPDATE withdrawal_request r SET ended_at = now()
  WHERE r.hash = pledge.hash AND r.ended_at IS NULL AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.request_id = r.id);
  DELETE FROM listing l WHERE l.hash = pledge.hash;
  DELETE FROM document d WHERE d.hash = pledge.hash;
  DELETE FROM document_due d WHERE d.hash = pledge.hash;
  RETURN 'erased';
END $$;
