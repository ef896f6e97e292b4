-- Keeps the digest of a link by which the installation lets somebody in: a new officer called `nama`, if it says so, or an officer who
-- makes a passkey. `role`: as what, for a new one: peran, kegiatan, lembaga, jabatan, mulai, sampai. Others for the same end, whoever made
-- them. Outcome: 'printed', 'organizer-unknown' (or the officer is), 'officer-named' (an officer has that name) or 'role-event' (no
-- event of this organiser, or not what the role may be of).
CREATE OR REPLACE FUNCTION print_officer_link(organizer text, officer text, nama text, link bytea, role jsonb) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  were_open bytea[];
  replaced bigint;
BEGIN
  PERFORM FROM organizer g WHERE g.id = print_officer_link.organizer FOR NO KEY UPDATE;
  IF NOT FOUND OR officer IS NOT NULL AND NOT EXISTS (
    SELECT FROM officer o WHERE o.id::text = print_officer_link.officer AND o.removed_at IS NULL)
  THEN RETURN 'organizer-unknown'; END IF;
  IF EXISTS (
    SELECT FROM officer o WHERE o.organizer_id = print_officer_link.organizer AND o.removed_at IS NULL
      AND officer_name_key(o.nama) = officer_name_key(print_officer_link.nama))
  THEN RETURN 'officer-named'; END IF;
  IF NOT role_fits(coalesce(role->>'peran', 'penyelenggara'), role->>'kegiatan')
    OR role->>'kegiatan' IS NOT NULL AND NOT EXISTS (
      SELECT FROM kegiatan k WHERE k.id = role->>'kegiatan' AND k.organizer_id = print_officer_link.organizer)
  THEN RETURN 'role-event'; END IF;
  were_open := ARRAY(SELECT i.digest FROM open_links(print_officer_link.organizer) i);
  UPDATE officer_invitation i SET ended_at = clock_timestamp()
  WHERE i.organizer_id = print_officer_link.organizer AND i.used_at IS NULL AND i.ended_at IS NULL AND i.expires_at > clock_timestamp()
    AND (i.officer_id::text = print_officer_link.officer OR officer_name_key(i.nama) = officer_name_key(print_officer_link.nama));
  replaced := count_ended_links(were_open);
  INSERT INTO officer_invitation (digest, organizer_id, officer_id, nama, peran, kegiatan_id, lembaga, jabatan, mulai, sampai, at,
    expires_at)
  VALUES (link, print_officer_link.organizer, print_officer_link.officer::uuid, print_officer_link.nama,
    coalesce(role->>'peran', 'penyelenggara'), role->>'kegiatan', coalesce(role->>'lembaga', ''), coalesce(role->>'jabatan', ''),
    (role->>'mulai')::timestamptz, (role->>'sampai')::timestamptz, clock_timestamp(), clock_timestamp() + interval '48 hours');
  IF officer IS NULL THEN
    PERFORM record_act(jsonb_build_object('organizer', print_officer_link.organizer), 'petugas-undang', role->>'kegiatan',
      print_officer_link.nama, 'pengelola', jsonb_build_object('tautan', replaced), jsonb_build_object('berlaku-jam', 48, 'peran', coalesce(role->>'peran', 'penyelenggara'),
        'lembaga', role->>'lembaga', 'jabatan', role->>'jabatan', 'mulai', ikrar_time((role->>'mulai')::timestamptz),
        'sampai', ikrar_time((role->>'sampai')::timestamptz)));
  ELSE
    PERFORM record_act(jsonb_build_object('organizer', o.organizer_id), 'petugas-tautan-kunci', NULL, o.id || ' ' || o.nama,
      'pengelola', jsonb_build_object('tautan', replaced), '{"berlaku-jam": 48}') FROM officer o WHERE o.id::text = print_officer_link.officer;
  END IF;
  RETURN 'printed';
END $$;
