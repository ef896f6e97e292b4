-- Makes more or fewer of those who may approve, on the word of an officer's passkey. `a`: tindakan (office/change.ts), organizer,
-- officer (who acts), what their passkey made over `text`, and about whom: target (uuid) and nama; for a link its digest
-- and hours, for a new passkey credential, new_spki, user_handle, counter and backup_eligible, for one that ends credential.
-- Bytes in hexadecimal. Changes of one organiser take turns at its row.
-- Outcome: 'changed', 'officer-removed' (who acts, or the passkey it was signed with), 'statement-lapsed' (of another moment than
-- ours, or signed for something before), 'officer-unknown', 'officer-last', 'officer-known' (vouched for by the same before),
-- 'officer-own' (nobody vouches for themselves), 'key-unknown', 'key-last' or 'credential-taken'.
CREATE OR REPLACE FUNCTION change_officers(a jsonb, terbit timestamptz) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  act text := a->>'tindakan';
  actor uuid := (a->>'officer')::uuid;
  target uuid := (a->>'target')::uuid;
  credential bytea := decode(a->>'credential', 'hex');
BEGIN
  PERFORM FROM organizer o WHERE o.id = a->>'organizer' FOR NO KEY UPDATE;
  -- Whoever was removed while waiting may change nothing any more.
  IF NOT officer_signs(actor, a->>'organizer', decode(a->>'spki', 'hex')) THEN RETURN 'officer-removed'; END IF;
  IF terbit NOT BETWEEN clock_timestamp() - interval '10 minutes' AND clock_timestamp() + interval '2 seconds'
    OR EXISTS (SELECT 1 FROM officer_change v WHERE v.text = a->>'text')
  THEN RETURN 'statement-lapsed'; END IF;
  IF target IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM officer o WHERE o.id = target AND o.organizer_id = a->>'organizer' AND o.removed_at IS NULL
  ) THEN RETURN 'officer-unknown'; END IF;

  CASE act
  WHEN 'undang', 'tautan-kunci' THEN
    -- One link for a key at a time: the newer one is the one that works.
    UPDATE officer_invitation SET ended_at = clock_timestamp()
    WHERE officer_id = target AND used_at IS NULL AND ended_at IS NULL;
    INSERT INTO officer_invitation (digest, organizer_id, officer_id, nama, created_by, expires_at)
    VALUES (decode(a->>'link', 'hex'), a->>'organizer', target, CASE WHEN target IS NULL THEN a->>'nama' END, actor,
      clock_timestamp() + make_interval(hours => (a->>'hours')::integer));
  WHEN 'tambah-kunci' THEN
    IF EXISTS (SELECT 1 FROM officer_credential c WHERE c.id = credential)
      OR EXISTS (SELECT 1 FROM signer_credential c WHERE c.id = credential)
    THEN RETURN 'credential-taken'; END IF;
    INSERT INTO officer_credential (id, officer_id, spki, user_handle, counter, backup_eligible)
    VALUES (credential, target, decode(a->>'new_spki', 'hex'), decode(a->>'user_handle', 'hex'),
      (a->>'counter')::bigint, (a->>'backup_eligible')::boolean);
  WHEN 'akhiri-kunci' THEN
    IF NOT EXISTS (
      SELECT 1 FROM officer_credential c WHERE c.id = credential AND c.officer_id = target AND c.ended_at IS NULL
    ) THEN RETURN 'key-unknown'; END IF;
    IF (SELECT count(*) FROM officer_credential c WHERE c.officer_id = target AND c.ended_at IS NULL) = 1
    THEN RETURN 'key-last'; END IF;
    UPDATE officer_credential SET ended_at = clock_timestamp() WHERE id = credential;
    UPDATE officer_session s SET ended_at = clock_timestamp()
    WHERE s.officer_id = target AND s.ended_at IS NULL AND (s.credential_id = credential OR s.credential_id IS NULL);
  WHEN 'keluarkan' THEN
    IF (SELECT count(*) FROM officer o WHERE o.organizer_id = a->>'organizer' AND o.removed_at IS NULL) = 1
    THEN RETURN 'officer-last'; END IF;
    UPDATE officer SET removed_at = clock_timestamp(), removed_by = actor WHERE id = target;
    UPDATE officer_session SET ended_at = clock_timestamp() WHERE officer_id = target AND ended_at IS NULL;
    UPDATE officer_invitation SET ended_at = clock_timestamp()
    WHERE used_at IS NULL AND ended_at IS NULL AND (created_by = target OR officer_id = target);
  WHEN 'jamin' THEN
    IF target = actor THEN RETURN 'officer-own'; END IF;
    IF EXISTS (
      SELECT 1 FROM officer_change v
      WHERE v.tindakan = 'jamin' AND v.officer_id = target AND v."by" = actor
        AND v.at >= (SELECT max(c.at) FROM officer_credential c WHERE c.officer_id = target)
    ) THEN RETURN 'officer-known'; END IF;
  END CASE;

  -- What they have asked for and nobody has confirmed yet, with that passkey or at all, is asked for by nobody any more.
  UPDATE withdrawal_request r SET ended_at = clock_timestamp(), ended_by = actor
  WHERE r."by" = target AND r.ended_at IS NULL AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.request_id = r.id)
    AND (act = 'keluarkan'
      OR act = 'akhiri-kunci' AND r.spki = (SELECT c.spki FROM officer_credential c WHERE c.id = credential));
  INSERT INTO officer_change (organizer_id, tindakan, "by", officer_id, nama, credential_id, text, authenticator_data,
    client_data_json, signature, spki, at)
  VALUES (a->>'organizer', act, actor, target, a->>'nama', credential, a->>'text', decode(a->>'authenticator_data', 'hex'),
    decode(a->>'client_data_json', 'hex'), decode(a->>'signature', 'hex'), decode(a->>'spki', 'hex'), clock_timestamp());
  RETURN 'changed';
END $$;
