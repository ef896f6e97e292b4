-- An officer of the organiser ends an open request; the pledge stands. Whoever confirms it holds the same row first.
-- `credential`: the passkey that their session was opened with. Outcome: 'ended', 'request-unknown' (or another organiser's),
-- 'request-ended', 'pledge-withdrawn', or why they may not (office/end-refused.sql).
CREATE OR REPLACE FUNCTION end_withdrawal_request(request_id text, actor jsonb, credential bytea) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  organizer text := actor->>'organizer';
  request withdrawal_request%ROWTYPE;
  refused text;
BEGIN
  -- Whoever changes the officers holds the same row: whose word counts stays as it is judged here.
  PERFORM FROM organizer o WHERE o.id = organizer FOR NO KEY UPDATE;
  SELECT r.* INTO request FROM withdrawal_request r
  JOIN signature g ON g.hash = r.hash JOIN kegiatan k ON k.id = g.kegiatan_id
  WHERE r.id::text = request_id AND k.organizer_id = organizer FOR UPDATE OF r;
  IF NOT FOUND THEN RETURN 'request-unknown'; END IF;
  IF NOT actor_acts(actor, organizer) THEN RETURN 'officer-removed'; END IF;
  IF EXISTS (SELECT 1 FROM withdrawal w WHERE w.request_id = request.id) THEN RETURN 'pledge-withdrawn'; END IF;
  IF request.ended_at IS NOT NULL THEN RETURN 'request-ended'; END IF;
  refused := end_refused(actor, credential, request."by", request.spki, request.at);
  IF refused IS NOT NULL THEN RETURN refused; END IF;
  UPDATE withdrawal_request SET ended_at = clock_timestamp(), ended_by = (actor->>'id')::uuid WHERE id = request.id;
  PERFORM record_act(actor, 'pencabutan-batalkan', g.kegiatan_id, g.kode, 'sesi') FROM signature g WHERE g.hash = request.hash;
  RETURN 'ended';
END $$;
