-- The installation's own word for an officer, with the passkeys that they had when the change `sampai` was the last. Returns whether
-- it was kept: not if there is no officer of that id, or a passkey came since, which nobody has looked at.
CREATE OR REPLACE FUNCTION vouch_for_officer(officer text, sampai bigint) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
  who officer%ROWTYPE;
BEGIN
  PERFORM FROM organizer g JOIN officer o ON o.organizer_id = g.id WHERE o.id::text = officer FOR NO KEY UPDATE OF g;
  SELECT * INTO who FROM officer o WHERE o.id::text = vouch_for_officer.officer AND o.removed_at IS NULL;
  IF NOT FOUND OR EXISTS (
    SELECT FROM officer_change v JOIN officer_credential c ON c.id = v.credential_id AND c.ended_at IS NULL
    WHERE v.officer_id = who.id AND v.tindakan IN ('masuk', 'kunci-tautan', 'tambah-kunci') AND v.id > vouch_for_officer.sampai)
  THEN RETURN false; END IF;
  INSERT INTO officer_change (organizer_id, tindakan, officer_id, nama, at)
  VALUES (who.organizer_id, 'jamin', who.id, who.nama, clock_timestamp());
  PERFORM record_act(jsonb_build_object('organizer', who.organizer_id), 'petugas-jamin', NULL, who.id || ' ' || who.nama, 'pengelola');
  RETURN true;
END $$;
