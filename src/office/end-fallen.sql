-- Ends, for good, what nobody stands behind any more after a change of officers: open links (office/link-stands.sql) and roles to come
-- (office/role-stands.sql). So none comes alive again when its maker's role is given anew, or made longer. `actor`: who changed something
-- (office/officer.ts); without `id` the installation. Whoever calls holds the organiser's row.
CREATE OR REPLACE FUNCTION end_fallen(actor jsonb) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  organizer text := actor->>'organizer';
  fallen officer_role%ROWTYPE;
  dasar CONSTANT text := (ARRAY['pengelola', 'kunci-sandi'])[1 + (actor ? 'id')::integer];
BEGIN
  UPDATE officer_invitation i SET ended_at = clock_timestamp()
  WHERE i.organizer_id = organizer AND i.used_at IS NULL AND i.ended_at IS NULL AND i.expires_at > clock_timestamp() AND NOT link_stands(i);
  FOR fallen IN
    UPDATE officer_role r SET ended_at = clock_timestamp(), ended_by = (actor->>'id')::uuid
    FROM officer o
    WHERE o.id = r.officer_id AND o.organizer_id = organizer AND o.removed_at IS NULL AND role_held(r) AND NOT role_stands(r)
    RETURNING r.*
  LOOP
    INSERT INTO officer_change (organizer_id, tindakan, "by", officer_id, nama, peran, at)
    SELECT organizer, 'akhiri-peran', (actor->>'id')::uuid, o.id, o.nama, fallen.peran, clock_timestamp()
    FROM officer o WHERE o.id = fallen.officer_id;
    PERFORM record_act(actor, 'petugas-akhiri-peran', fallen.kegiatan_id, o.id || ' ' || o.nama, dasar, role_values(fallen))
    FROM officer o WHERE o.id = fallen.officer_id;
  END LOOP;
END $$;
