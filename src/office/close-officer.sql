-- An officer is one no longer, on the word of a colleague or, if `actor` is null, of the installation: sessions, links that
-- would let them back in, also under their name, and what they have asked for end with them. Whoever calls holds the organiser's row, and
-- those requests before it, and ends what they alone stood behind (office/end-fallen.sql).
CREATE OR REPLACE FUNCTION close_officer(target uuid, actor uuid) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  gone officer%ROWTYPE;
BEGIN
  UPDATE officer o SET removed_at = clock_timestamp(), removed_by = actor WHERE o.id = target RETURNING o.* INTO gone;
  UPDATE officer_session s SET ended_at = clock_timestamp() WHERE s.officer_id = target AND s.ended_at IS NULL;
  UPDATE officer_invitation i SET ended_at = clock_timestamp()
  WHERE i.organizer_id = gone.organizer_id AND i.used_at IS NULL AND i.ended_at IS NULL AND i.expires_at > clock_timestamp() AND (
    i.officer_id = target OR officer_name_key(i.nama) = officer_name_key(gone.nama));
  PERFORM end_requests_of(target, jsonb_build_object('organizer', gone.organizer_id)
    || CASE WHEN actor IS NULL THEN '{}' ELSE jsonb_build_object('id', actor, 'peran', 'penyelenggara') END, 'petugas-keluarkan');
END $$;
