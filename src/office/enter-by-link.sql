-- Lets somebody in by a one-time link, and uses the link up. `a`: link, credential, spki, user_handle, session as
-- hexadecimal, counter, backup_eligible, officer (a fresh uuid), nama; for the first link of an organiser also organizer (a fresh id),
-- organizer_nama and wilayah. Outcome: 'entered', 'link-unknown', 'link-used', 'link-lapsed', 'area-unknown',
-- 'credential-taken' or 'officer-removed'.
CREATE OR REPLACE FUNCTION enter_by_link(a jsonb) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  link officer_invitation%ROWTYPE;
  organizer_of text;
  who uuid;
BEGIN
  SELECT * INTO link FROM officer_invitation i WHERE i.digest = decode(a->>'link', 'hex') FOR UPDATE;
  IF NOT FOUND THEN RETURN 'link-unknown'; END IF;
  IF link.used_at IS NOT NULL THEN RETURN 'link-used'; END IF;
  IF link.expires_at <= clock_timestamp() THEN RETURN 'link-lapsed'; END IF;
  IF EXISTS (SELECT 1 FROM officer_credential c WHERE c.id = decode(a->>'credential', 'hex'))
    OR EXISTS (SELECT 1 FROM signer_credential c WHERE c.id = decode(a->>'credential', 'hex'))
  THEN RETURN 'credential-taken'; END IF;

  IF link.officer_id IS NOT NULL THEN
    SELECT o.id INTO who FROM officer o WHERE o.id = link.officer_id AND o.removed_at IS NULL FOR SHARE;
    IF NOT FOUND THEN RETURN 'officer-removed'; END IF;
  ELSE
    organizer_of := link.organizer_id;
    IF organizer_of IS NULL THEN
      IF NOT EXISTS (SELECT 1 FROM wilayah w WHERE w.kode = a->>'wilayah' AND w.berlaku_sampai IS NULL)
      THEN RETURN 'area-unknown'; END IF;
      INSERT INTO organizer (id, nama, wilayah) VALUES (a->>'organizer', a->>'organizer_nama', a->>'wilayah')
      RETURNING id INTO organizer_of;
    END IF;
    INSERT INTO officer (id, organizer_id, nama, invitation)
    VALUES ((a->>'officer')::uuid, organizer_of, a->>'nama', link.digest) RETURNING id INTO who;
  END IF;

  UPDATE officer_invitation SET used_at = now() WHERE digest = link.digest;
  INSERT INTO officer_credential (id, officer_id, spki, user_handle, counter, backup_eligible)
  VALUES (decode(a->>'credential', 'hex'), who, decode(a->>'spki', 'hex'), decode(a->>'user_handle', 'hex'),
    (a->>'counter')::bigint, (a->>'backup_eligible')::boolean);
  INSERT INTO officer_session (digest, officer_id) VALUES (decode(a->>'session', 'hex'), who);
  RETURN 'entered';
END $$;
