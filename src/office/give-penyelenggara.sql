-- The installation itself makes an officer penyelenggara, for good: of an organiser that has none any more nobody else can. Outcome:
-- 'given', 'officer-unknown' or 'role-known' (they are, without an end). One that is theirs from another, or is to come, ends with it:
-- they have it from the installation then (`at`), without a gap (`sejak`): what they gave goes on standing, and whom they know stays known.
-- What they asked for on the other's word ends.
CREATE OR REPLACE FUNCTION give_penyelenggara(officer text) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  who officer%ROWTYPE;
  held officer_role%ROWTYPE;
  given officer_role%ROWTYPE;
  kind text DEFAULT 'beri-peran';
  organizer jsonb;
BEGIN
  PERFORM FROM organizer g JOIN officer o ON o.organizer_id = g.id WHERE o.id::text = give_penyelenggara.officer FOR NO KEY UPDATE OF g;
  -- Requests before officers, as whoever confirms or ends one takes them.
  PERFORM FROM withdrawal_request r WHERE r."by"::text = give_penyelenggara.officer AND r.ended_at IS NULL ORDER BY r.id FOR UPDATE;
  SELECT o.* INTO who FROM officer o WHERE o.id::text = give_penyelenggara.officer AND o.removed_at IS NULL FOR UPDATE;
  IF NOT FOUND THEN RETURN 'officer-unknown'; END IF;
  IF organizes_until(who.id) = 'infinity' THEN RETURN 'role-known'; END IF;
  SELECT r.* INTO held FROM officer_role r
  WHERE r.officer_id = who.id AND r.peran = 'penyelenggara' AND r.kegiatan_id IS NULL AND role_held(r) ORDER BY r.id LIMIT 1;
  IF held."by" IS NULL AND held.sejak <= clock_timestamp() THEN
    SELECT 'ubah-peran' INTO kind;
    given := held;
    given.sampai := NULL;
    given := change_role(held, given, NULL);
  ELSE
    UPDATE officer_role r SET ended_at = clock_timestamp() WHERE r.id = held.id;
    INSERT INTO officer_role (officer_id, peran, lembaga, jabatan, sejak, at)
    VALUES (who.id, 'penyelenggara', coalesce(held.lembaga, ''), coalesce(held.jabatan, ''), least(held.sejak, clock_timestamp()),
      clock_timestamp())
    RETURNING * INTO given;
  END IF;
  INSERT INTO officer_change (organizer_id, tindakan, officer_id, nama, peran, at)
  VALUES (who.organizer_id, kind, who.id, who.nama, 'penyelenggara',
    clock_timestamp());
  organizer := jsonb_build_object('organizer', who.organizer_id);
  -- What they asked for in the role that ended.
  IF kind = 'beri-peran' AND held.id IS NOT NULL THEN PERFORM end_requests_of(who.id, organizer, 'petugas-beri-peran'); END IF;
  PERFORM record_act(organizer, 'petugas-' || kind, NULL, who.id || ' ' || who.nama, 'pengelola',
    role_changes(held, given), role_values(given));
  PERFORM end_fallen(organizer);
  RETURN 'given';
END $$;
