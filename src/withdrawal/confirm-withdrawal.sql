-- A second officer confirms: the pledge no longer stands, and the ledger says so. `a`: id of the request, actor
-- (office/officer.ts), what the passkey made, and the digests of the text and of what both passkeys made, all in hexadecimal.
-- Outcome: 'withdrawn', 'request-unknown' (or another organiser's), 'request-ended', 'pledge-withdrawn',
-- 'officer-same' (who asked, or the same passkey), 'officers-related', 'officer-role', 'officer-unowned' or 'officer-new'
-- (office/counts-beside.sql and asker-counts.sql; the request ends, where who confirms may end it) or 'officer-removed' (or the passkey).
CREATE OR REPLACE FUNCTION confirm_withdrawal(a jsonb) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  actor jsonb := a->'actor';
  organizer text := actor->>'organizer';
  officer uuid := (actor->>'id')::uuid;
  request withdrawal_request%ROWTYPE;
  credential bytea;
  moment timestamptz;
  why text;
BEGIN
  -- Whoever changes the officers holds the same row: whose word counts stays as it is judged here.
  PERFORM FROM organizer o WHERE o.id = organizer FOR NO KEY UPDATE;
  SELECT r.* INTO request FROM withdrawal_request r
  JOIN signature g ON g.hash = r.hash JOIN kegiatan k ON k.id = g.kegiatan_id
  WHERE r.id = (a->>'id')::uuid AND k.organizer_id = organizer FOR UPDATE OF r;
  IF NOT FOUND THEN RETURN 'request-unknown'; END IF;
  IF NOT actor_acts(actor, organizer) OR NOT officer_signs(officer, organizer, decode(a->>'spki', 'hex'))
  THEN RETURN 'officer-removed'; END IF;
  -- Signing holds the same row.
  PERFORM FROM person p JOIN signature g ON g.person_id = p.id WHERE g.hash = request.hash FOR UPDATE OF p;
  IF EXISTS (SELECT 1 FROM withdrawal w WHERE w.hash = request.hash) THEN RETURN 'pledge-withdrawn'; END IF;
  IF request.ended_at IS NOT NULL THEN RETURN 'request-ended'; END IF;
  IF request.spki = decode(a->>'spki', 'hex') THEN RETURN 'officer-same'; END IF;
  -- Two officers are two people, whichever of them asked.
  why := counts_beside(officer, decode(a->>'spki', 'hex'), request."by", request.at);
  IF why = 'counts' THEN
    why := asker_counts(request."by", request.spki, officer, request.at);
  END IF;
  IF why = 'officer-same' THEN RETURN 'officer-same'; END IF;
  IF why <> 'counts' THEN
    -- What was signed doesn't wait for the day on which it would count: but nobody ends by it what they may not end (office/end-refused.sql).
    SELECT c.id INTO credential FROM officer_credential c WHERE c.officer_id = officer AND c.spki = decode(a->>'spki', 'hex');
    IF end_refused(actor, credential, request."by", request.spki, request.at) IS NULL THEN
      UPDATE withdrawal_request SET ended_at = clock_timestamp(), ended_by = officer WHERE id = request.id;
      PERFORM record_act(actor, 'pencabutan-batalkan', g.kegiatan_id, g.kode, 'kunci-sandi', '{}', jsonb_build_object('alasan', why))
      FROM signature g WHERE g.hash = request.hash;
    END IF;
    IF why = 'officers-related' THEN RETURN 'officers-related'; END IF;
    IF why = 'officer-role' THEN RETURN 'officer-role'; END IF;
    IF why = 'officer-unowned' THEN RETURN 'officer-unowned'; END IF;
    RETURN 'officer-new';
  END IF;
  moment := clock_timestamp();
  -- The point of no return.
  INSERT INTO withdrawal (hash, request_id, by, authenticator_data, client_data_json, signature, spki, at, leaf_id)
  VALUES (request.hash, request.id, officer, decode(a->>'authenticator_data', 'hex'),
    decode(a->>'client_data_json', 'hex'), decode(a->>'signature', 'hex'), decode(a->>'spki', 'hex'), moment,
    append_leaf('pencabutan', ARRAY[
      'pernyataan sha256:' || encode(request.hash, 'hex'),
      'pencabutan sha256:' || (a->>'text_hash'),
      'bukti sha256:' || (a->>'asked_hash'),
      'bukti sha256:' || (a->>'confirmed_hash')], moment));
  PERFORM record_act(actor, 'pencabutan-setujui', g.kegiatan_id, g.kode, 'kunci-sandi') FROM signature g WHERE g.hash = request.hash;
  RETURN 'withdrawn';
END $$;
