-- The office: wordings, events and officers.

-- Publishes a wording as the next version of its name, with its entry in the ledger, and returns the version. The same
-- text from the same organiser (null: ours) is not published twice. The lock makes two publishers take turns.
CREATE FUNCTION add_wording(name text, organizer text, unsur text, rezim text, isi text, contoh boolean, by_officer uuid)
RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  found_versi integer;
  new_versi integer;
  digest bytea := sha256(convert_to(isi, 'UTF8'));
BEGIN
  LOCK TABLE naskah IN SHARE ROW EXCLUSIVE MODE;
  SELECT n.versi INTO found_versi FROM naskah n
  WHERE n.id = name AND n.organizer_id IS NOT DISTINCT FROM organizer AND n.sha256 = digest;
  IF FOUND THEN RETURN found_versi; END IF;

  SELECT coalesce(max(n.versi), 0) + 1 INTO new_versi FROM naskah n WHERE n.id = name;
  INSERT INTO naskah (id, versi, organizer_id, unsur, rezim, isi, sha256, contoh, created_by, leaf_id)
  VALUES (name, new_versi, organizer, unsur, rezim, isi, digest, contoh, by_officer,
    append_leaf('naskah', ARRAY['naskah ' || name || '/' || new_versi || ' sha256:' || encode(digest, 'hex')]));
  RETURN new_versi;
END $$;
--> statement-breakpoint

CREATE FUNCTION refuse_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% rows are never changed', TG_TABLE_NAME;
END $$;
--> statement-breakpoint

CREATE TRIGGER naskah_published BEFORE UPDATE OR DELETE ON naskah
FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint

-- Writes an event's own fields, `e`: judul, rezim, tempat, tanggal, zona, batas, nomor_pola. A new id makes a new event.
-- Outcome: 'saved', 'event-unknown', 'event-deadline-past', 'event-numbered' (the pattern, once numbers are given) or
-- 'event-signed' (anything a statement carries, once there is one).
CREATE FUNCTION save_event(event_id text, organizer text, officer uuid, e jsonb) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  old kegiatan%ROWTYPE;
  new_batas timestamptz := (e->>'batas')::timestamptz;
BEGIN
  -- A signature's foreign key holds this row until it is committed, so none slips in between check and change.
  SELECT * INTO old FROM kegiatan k WHERE k.id = event_id FOR UPDATE;
  IF NOT FOUND THEN
    IF new_batas <= now() THEN RETURN 'event-deadline-past'; END IF;
    INSERT INTO kegiatan (id, organizer_id, judul, rezim, tempat, tanggal, zona, batas, nomor_pola, created_by)
    VALUES (event_id, organizer, e->>'judul', e->>'rezim', e->>'tempat', (e->>'tanggal')::date, e->>'zona', new_batas,
      e->>'nomor_pola', officer);
    RETURN 'saved';
  END IF;
  IF old.organizer_id <> organizer THEN RETURN 'event-unknown'; END IF;
  IF (old.judul, old.rezim, old.tempat, old.tanggal, old.zona, old.nomor_pola)
    IS DISTINCT FROM (e->>'judul', e->>'rezim', e->>'tempat', (e->>'tanggal')::date, e->>'zona', e->>'nomor_pola')
    AND EXISTS (SELECT 1 FROM signature g WHERE g.kegiatan_id = event_id)
  THEN RETURN 'event-signed'; END IF;
  IF (old.nomor_pola, old.tanggal) IS DISTINCT FROM (e->>'nomor_pola', (e->>'tanggal')::date)
    AND EXISTS (SELECT 1 FROM person p WHERE p.kegiatan_id = event_id AND p.nomor IS NOT NULL)
  THEN RETURN 'event-numbered'; END IF;
  IF new_batas <> old.batas AND new_batas <= now() THEN RETURN 'event-deadline-past'; END IF;

  UPDATE kegiatan SET judul = e->>'judul', rezim = e->>'rezim', tempat = e->>'tempat', tanggal = (e->>'tanggal')::date,
    zona = e->>'zona', batas = new_batas, nomor_pola = e->>'nomor_pola'
  WHERE id = event_id;
  -- Words written for the other regime no longer fit.
  DELETE FROM kegiatan_naskah kn USING naskah n
  WHERE kn.kegiatan_id = event_id AND n.id = kn.naskah AND n.versi = kn.versi AND n.rezim NOT IN (e->>'rezim', 'umum');
  RETURN 'saved';
END $$;
--> statement-breakpoint

-- Says which wording each unsur reads, `wanted`: [{unsur, naskah, versi}]; an unsur that isn't named keeps none.
-- Outcome: 'saved', 'event-unknown', 'wording-unknown' (another organiser's, another unsur's or another regime's) or
-- 'wording-signed' (somebody of that unsur has signed the words that stand).
CREATE FUNCTION assign_wordings(event_id text, organizer text, wanted jsonb) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  event kegiatan%ROWTYPE;
BEGIN
  SELECT * INTO event FROM kegiatan k WHERE k.id = event_id AND k.organizer_id = organizer FOR UPDATE;
  IF NOT FOUND THEN RETURN 'event-unknown'; END IF;

  IF EXISTS (
    SELECT 1 FROM jsonb_to_recordset(wanted) AS w(unsur text, naskah text, versi integer)
    WHERE NOT EXISTS (
      SELECT 1 FROM naskah n
      WHERE n.id = w.naskah AND n.versi = w.versi AND n.unsur = w.unsur AND n.rezim IN (event.rezim, 'umum')
        AND (n.organizer_id IS NULL OR n.organizer_id = organizer))
  ) THEN RETURN 'wording-unknown'; END IF;

  IF EXISTS (
    SELECT 1 FROM kegiatan_naskah kn
    LEFT JOIN jsonb_to_recordset(wanted) AS w(unsur text, naskah text, versi integer) ON w.unsur = kn.unsur
    WHERE kn.kegiatan_id = event_id AND (w.naskah, w.versi) IS DISTINCT FROM (kn.naskah, kn.versi)
      AND EXISTS (SELECT 1 FROM signature g WHERE g.kegiatan_id = event_id AND g.unsur = kn.unsur)
  ) THEN RETURN 'wording-signed'; END IF;

  DELETE FROM kegiatan_naskah kn
  WHERE kn.kegiatan_id = event_id
    AND kn.unsur NOT IN (SELECT w.unsur FROM jsonb_to_recordset(wanted) AS w(unsur text));
  INSERT INTO kegiatan_naskah (kegiatan_id, unsur, naskah, versi)
  SELECT event_id, w.unsur, w.naskah, w.versi
  FROM jsonb_to_recordset(wanted) AS w(unsur text, naskah text, versi integer)
  ON CONFLICT (kegiatan_id, unsur) DO UPDATE SET naskah = excluded.naskah, versi = excluded.versi;
  RETURN 'saved';
END $$;
--> statement-breakpoint

-- Opens an organiser's event if it is ready. Outcome: 'opened', 'already-open', 'event-unknown', 'event-no-list',
-- 'event-no-wording' (an unsur on the list has none) or 'event-deadline-past'.
CREATE FUNCTION open_ready_event(event_id text, organizer text, officer uuid, pola text) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  event kegiatan%ROWTYPE;
BEGIN
  SELECT * INTO event FROM kegiatan k WHERE k.id = event_id AND k.organizer_id = organizer FOR NO KEY UPDATE;
  IF NOT FOUND THEN RETURN 'event-unknown'; END IF;
  IF NOT EXISTS (SELECT 1 FROM person p WHERE p.kegiatan_id = event_id) THEN RETURN 'event-no-list'; END IF;
  IF EXISTS (
    SELECT 1 FROM person p WHERE p.kegiatan_id = event_id AND NOT EXISTS (
      SELECT 1 FROM kegiatan_naskah kn WHERE kn.kegiatan_id = event_id AND kn.unsur = p.unsur)
  ) THEN RETURN 'event-no-wording'; END IF;
  IF event.batas <= now() THEN RETURN 'event-deadline-past'; END IF;
  RETURN (SELECT o.outcome FROM open_event(event_id, officer, pola) o);
END $$;
--> statement-breakpoint

-- Lets somebody in by a one-time link, and uses the link up. `a`: link, credential, spki, user_handle, session as
-- hexadecimal, counter, backup_eligible, officer (a fresh uuid), nama; for the first link of an organiser also organizer (a fresh id),
-- organizer_nama and wilayah. Outcome: 'entered', 'link-unknown', 'link-used', 'link-lapsed', 'area-unknown',
-- 'credential-taken' or 'officer-removed'.
CREATE FUNCTION enter_by_link(a jsonb) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  link officer_invitation%ROWTYPE;
  organizer_of text;
  who uuid;
BEGIN
  SELECT * INTO link FROM officer_invitation i WHERE i.digest = decode(a->>'link', 'hex') FOR UPDATE;
  IF NOT FOUND THEN RETURN 'link-unknown'; END IF;
  IF link.used_at IS NOT NULL THEN RETURN 'link-used'; END IF;
  IF link.expires_at <= now() THEN RETURN 'link-lapsed'; END IF;
  IF EXISTS (SELECT 1 FROM officer_credential c WHERE c.id = decode(a->>'credential', 'hex'))
    OR EXISTS (SELECT 1 FROM signer_credential c WHERE c.id = decode(a->>'credential', 'hex'))
  THEN RETURN 'credential-taken'; END IF;

  IF link.officer_id IS NOT NULL THEN
    SELECT o.id INTO who FROM officer o WHERE o.id = link.officer_id AND o.removed_at IS NULL;
    IF NOT FOUND THEN RETURN 'officer-removed'; END IF;
  ELSE
    organizer_of := link.organizer_id;
    IF organizer_of IS NULL THEN
      IF NOT EXISTS (SELECT 1 FROM wilayah w WHERE w.kode = a->>'wilayah' AND w.berlaku_sampai IS NULL)
      THEN RETURN 'area-unknown'; END IF;
      INSERT INTO organizer (id, nama, wilayah) VALUES (a->>'organizer', a->>'organizer_nama', a->>'wilayah')
      RETURNING id INTO organizer_of;
    END IF;
    INSERT INTO officer (id, organizer_id, nama, invitation)
    VALUES ((a->>'officer')::uuid, organizer_of, a->>'nama', link.digest) RETURNING id INTO who;
  END IF;

  UPDATE officer_invitation SET used_at = now() WHERE digest = link.digest;
  INSERT INTO officer_credential (id, officer_id, spki, user_handle, counter, backup_eligible)
  VALUES (decode(a->>'credential', 'hex'), who, decode(a->>'spki', 'hex'), decode(a->>'user_handle', 'hex'),
    (a->>'counter')::bigint, (a->>'backup_eligible')::boolean);
  INSERT INTO officer_session (digest, officer_id) VALUES (decode(a->>'session', 'hex'), who);
  RETURN 'entered';
END $$;
--> statement-breakpoint

-- Takes an officer's way in: sessions end, links given out but not used lapse. Never the last one of an organiser: those
-- who remove at the same time take turns at the organiser's row. Outcome: 'removed', 'officer-unknown' or 'officer-last'.
CREATE FUNCTION remove_officer(organizer text, officer_seen uuid, by_officer uuid) RETURNS text
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM organizer o WHERE o.id = organizer FOR UPDATE;
  -- Whoever was removed while waiting may no longer remove.
  IF NOT EXISTS (
    SELECT 1 FROM officer o WHERE o.id = by_officer AND o.organizer_id = organizer AND o.removed_at IS NULL
  ) OR NOT EXISTS (
    SELECT 1 FROM officer o WHERE o.id = officer_seen AND o.organizer_id = organizer AND o.removed_at IS NULL
  ) THEN RETURN 'officer-unknown'; END IF;
  IF (SELECT count(*) FROM officer o WHERE o.organizer_id = organizer AND o.removed_at IS NULL) = 1
  THEN RETURN 'officer-last'; END IF;

  UPDATE officer SET removed_at = now(), removed_by = by_officer WHERE id = officer_seen;
  UPDATE officer_session SET ended_at = now() WHERE officer_id = officer_seen AND ended_at IS NULL;
  UPDATE officer_invitation SET expires_at = now()
  WHERE used_at IS NULL AND expires_at > now() AND (created_by = officer_seen OR officer_id = officer_seen);
  RETURN 'removed';
END $$;
