-- Ends what an officer has asked for and nobody has confirmed, all of it or what was asked for with one passkey, because of what `actor`
-- (office/officer.ts) did to the officer: `why`, an act of the audit trail, where each stands by itself. Whoever calls holds the requests.
CREATE OR REPLACE FUNCTION end_requests_of(target uuid, actor jsonb, why text, signed_with bytea DEFAULT NULL) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  pledge bytea;
  -- Of the installation, or of an officer.
  dasar CONSTANT text := (ARRAY['pengelola', 'kunci-sandi'])[1 + (actor ? 'id')::integer];
BEGIN
  FOR pledge IN
    UPDATE withdrawal_request r SET ended_at = clock_timestamp(), ended_by = (actor->>'id')::uuid
    WHERE r."by" = target AND r.ended_at IS NULL AND (signed_with IS NULL OR r.spki = signed_with)
      AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.request_id = r.id)
    RETURNING r.hash
  LOOP
    PERFORM record_act(actor, 'pencabutan-batalkan', g.kegiatan_id, g.kode, dasar, '{}', jsonb_build_object('alasan', why))
    FROM signature g WHERE g.hash = pledge;
  END LOOP;
END $$;
