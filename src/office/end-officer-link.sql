-- An officer ends a link that nobody has used: in whatever role one that they made themselves, others' as penyelenggara. `credential`: the
-- passkey that their session was opened with. Outcome: 'ended', 'link-ended' (used, over, ended before, or another organiser's), or why
-- they may not (office/end-refused.sql).
CREATE OR REPLACE FUNCTION end_officer_link(actor jsonb, credential bytea, link bytea) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  who uuid := (actor->>'id')::uuid;
  organizer text := actor->>'organizer';
  ended officer_invitation%ROWTYPE;
  own boolean;
  refused text;
BEGIN
  PERFORM FROM organizer g WHERE g.id = organizer FOR NO KEY UPDATE;
  SELECT * INTO ended FROM officer_invitation i
  WHERE i.digest = link AND i.organizer_id = organizer AND i.used_at IS NULL AND i.ended_at IS NULL AND i.expires_at > clock_timestamp();
  IF NOT FOUND THEN RETURN 'link-ended'; END IF;
  own := coalesce(ended.created_by = who, false);
  IF NOT actor_acts(actor, organizer, own => own) OR NOT own AND actor->>'peran' <> 'penyelenggara' THEN RETURN 'officer-removed'; END IF;
  refused := end_refused(actor, credential, ended.created_by, ended.spki, ended.at);
  IF refused IS NOT NULL THEN RETURN refused; END IF;
  UPDATE officer_invitation i SET ended_at = clock_timestamp() WHERE i.digest = link;
  INSERT INTO officer_change (organizer_id, tindakan, "by", officer_id, nama, at)
  VALUES (organizer, 'akhiri-tautan', who, ended.officer_id,
    coalesce((SELECT o.nama FROM officer o WHERE o.id = ended.officer_id), ended.nama, ''), clock_timestamp());
  PERFORM record_act(actor, 'petugas-akhiri-tautan', ended.kegiatan_id, concat_ws(' ', ended.officer_id::text,
    coalesce((SELECT o.nama FROM officer o WHERE o.id = ended.officer_id), ended.nama)), 'sesi',
    jsonb_strip_nulls(jsonb_build_object('peran', CASE WHEN ended.officer_id IS NULL THEN ended.peran END, 'sampai', ikrar_time(ended.sampai))));
  RETURN 'ended';
END $$;
