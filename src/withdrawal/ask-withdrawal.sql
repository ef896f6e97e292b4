-- An officer asks that a pledge be withdrawn. `a`: id, kode, actor (office/officer.ts), statement, and what the passkey made,
-- bytes in hexadecimal. Outcome: 'asked', 'pledge-unknown' (or another organiser's), 'pledge-waiting' (not yet in the
-- published ledger), 'pledge-withdrawn', 'withdrawal-open' (somebody asked before), 'officer-removed' (or the passkey) or
-- 'statement-lapsed': it was made too long ago, is of another moment than ours, or was asked with before.
CREATE OR REPLACE FUNCTION ask_withdrawal(a jsonb, terbit timestamptz) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  actor jsonb := a->'actor';
  organizer text := actor->>'organizer';
  officer uuid := (actor->>'id')::uuid;
  pledge signature%ROWTYPE;
BEGIN
  SELECT g.* INTO pledge FROM signature g JOIN kegiatan k ON k.id = g.kegiatan_id
  WHERE g.kode = a->>'kode' AND k.organizer_id = organizer;
  IF NOT FOUND THEN RETURN 'pledge-unknown'; END IF;
  IF NOT actor_acts(actor, organizer, pledge.kegiatan_id) OR NOT officer_signs(officer, organizer, decode(a->>'spki', 'hex'))
  THEN RETURN 'officer-removed'; END IF;
  PERFORM FROM person p WHERE p.id = pledge.person_id FOR UPDATE;
  IF EXISTS (SELECT 1 FROM erasure e WHERE e.hash = pledge.hash) THEN RETURN 'pledge-unknown'; END IF;
  IF terbit NOT BETWEEN clock_timestamp() - interval '10 minutes' AND clock_timestamp() + interval '2 seconds' THEN
    RETURN 'statement-lapsed';
  END IF;
  IF EXISTS (SELECT 1 FROM withdrawal w WHERE w.hash = pledge.hash) THEN RETURN 'pledge-withdrawn'; END IF;
  IF EXISTS (SELECT 1 FROM withdrawal_request r WHERE r.hash = pledge.hash AND r.ended_at IS NULL) THEN
    RETURN 'withdrawal-open';
  END IF;
  -- Signed once: what was taken back is not asked again by sending it again.
  IF EXISTS (SELECT 1 FROM withdrawal_request r WHERE r.hash = pledge.hash AND r.statement = a->>'statement') THEN
    RETURN 'statement-lapsed';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM leaf l WHERE l.id = pledge.leaf_id AND l.log_index < (SELECT max(c.size) FROM checkpoint c)) THEN
    RETURN 'pledge-waiting';
  END IF;
  INSERT INTO withdrawal_request (id, hash, statement, by, authenticator_data, client_data_json, signature, spki, at)
  VALUES ((a->>'id')::uuid, pledge.hash, a->>'statement', officer, decode(a->>'authenticator_data', 'hex'),
    decode(a->>'client_data_json', 'hex'), decode(a->>'signature', 'hex'), decode(a->>'spki', 'hex'), clock_timestamp());
  PERFORM record_act(actor, 'pencabutan-ajukan', pledge.kegiatan_id, pledge.kode, 'kunci-sandi');
  RETURN 'asked';
END $$;
