-- The installation itself makes an officer penyelenggara: of an organiser that has none any more nobody else can. Outcome: 'given',
-- 'officer-unknown' or 'role-known' (they are).
CREATE OR REPLACE FUNCTION give_penyelenggara(officer text) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  who officer%ROWTYPE;
BEGIN
  PERFORM FROM organizer g JOIN officer o ON o.organizer_id = g.id WHERE o.id::text = give_penyelenggara.officer FOR NO KEY UPDATE OF g;
  SELECT o.* INTO who FROM officer o WHERE o.id::text = give_penyelenggara.officer AND o.removed_at IS NULL FOR UPDATE;
  IF NOT FOUND THEN RETURN 'officer-unknown'; END IF;
  IF organizes(who.id) IS NOT NULL THEN RETURN 'role-known'; END IF;
  INSERT INTO officer_role (officer_id, peran, sejak, at) VALUES (who.id, 'penyelenggara', clock_timestamp(), clock_timestamp());
  INSERT INTO officer_change (organizer_id, tindakan, officer_id, nama, peran, at)
  VALUES (who.organizer_id, 'beri-peran', who.id, who.nama, 'penyelenggara', clock_timestamp());
  PERFORM record_act(jsonb_build_object('organizer', who.organizer_id), 'petugas-beri-peran', NULL, who.id || ' ' || who.nama, 'pengelola',
    '{}', '{"peran": "penyelenggara"}');
  RETURN 'given';
END $$;
