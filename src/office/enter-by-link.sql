-- Lets somebody in by a one-time link, and uses the link up. `a`: link, credential, spki, user_handle, session as
-- hexadecimal, counter, backup_eligible, officer (a fresh uuid), nama; for the first link of an organiser also organizer (a fresh id),
-- organizer_nama and wilayah. Outcome: 'entered', 'link-unknown', 'link-used', 'link-lapsed', 'link-ended' (by an officer, by a
-- newer one, or because whoever made it stands behind it no longer (office/link-stands.sql), or an organiser has been founded since), 'area-unknown',
-- 'organizer-known' (of that name and area there is one), 'credential-taken', 'officer-named' (another has that name) or 'officer-removed'.
CREATE OR REPLACE FUNCTION enter_by_link(a jsonb) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  link officer_invitation%ROWTYPE;
  organizer_of text;
  who uuid;
  kind text DEFAULT 'masuk';
  given officer_role%ROWTYPE;
  were_open bytea[];
BEGIN
  SELECT i.organizer_id INTO organizer_of FROM officer_invitation i WHERE i.digest = decode(a->>'link', 'hex');
  IF NOT FOUND THEN RETURN 'link-unknown'; END IF;
  -- Founders take turns, by the tree's row, and so do those who change the officers of one organiser.
  IF organizer_of IS NULL THEN PERFORM integrate(0);
  ELSE PERFORM FROM organizer o WHERE o.id = organizer_of FOR NO KEY UPDATE;
  END IF;
  SELECT * INTO link FROM officer_invitation i WHERE i.digest = decode(a->>'link', 'hex') FOR UPDATE;
  IF link.used_at IS NOT NULL THEN RETURN 'link-used'; END IF;
  IF link.created_by IS NOT NULL AND NOT (CASE WHEN link.spki IS NULL THEN officer_acts(link.created_by, link.organizer_id)
    ELSE officer_signs(link.created_by, link.organizer_id, link.spki) END)
  THEN RETURN 'link-ended'; END IF;
  IF link.ended_at IS NOT NULL OR NOT link_stands(link)
    OR (organizer_of IS NULL AND EXISTS (SELECT 1 FROM organizer o WHERE o.at >= link.at))
  THEN RETURN 'link-ended'; END IF;
  IF link.expires_at <= clock_timestamp() THEN RETURN 'link-lapsed'; END IF;
  IF EXISTS (
      SELECT 1 FROM officer_credential c
      WHERE c.id = decode(a->>'credential', 'hex') OR c.spki = decode(a->>'spki', 'hex'))
    OR EXISTS (SELECT 1 FROM signer_credential c WHERE c.id = decode(a->>'credential', 'hex'))
  THEN RETURN 'credential-taken'; END IF;

  IF link.officer_id IS NOT NULL THEN
    IF NOT officer_acts(link.officer_id, link.organizer_id) THEN RETURN 'officer-removed'; END IF;
    SELECT link.officer_id, 'kunci-tautan' INTO who, kind;
  ELSE
    IF organizer_of IS NULL THEN
      IF NOT EXISTS (SELECT 1 FROM wilayah w WHERE w.kode = a->>'wilayah' AND w.berlaku_sampai IS NULL)
      THEN RETURN 'area-unknown'; END IF;
      IF EXISTS (
        SELECT 1 FROM organizer o
        WHERE o.wilayah = a->>'wilayah' AND officer_name_key(o.nama) = officer_name_key(a->>'organizer_nama')
      ) THEN RETURN 'organizer-known'; END IF;
      INSERT INTO organizer (id, nama, wilayah, at)
      VALUES (a->>'organizer', a->>'organizer_nama', a->>'wilayah', clock_timestamp())
      RETURNING id INTO organizer_of;
    END IF;
    IF EXISTS (
      SELECT 1 FROM officer o
      WHERE o.organizer_id = organizer_of AND o.removed_at IS NULL
        AND officer_name_key(o.nama) = officer_name_key(a->>'nama')
    ) THEN RETURN 'officer-named'; END IF;
    INSERT INTO officer (id, organizer_id, nama, invitation, at)
    VALUES ((a->>'officer')::uuid, organizer_of, a->>'nama', link.digest, clock_timestamp()) RETURNING id INTO who;
  END IF;

  were_open := ARRAY(SELECT i.digest FROM open_links(organizer_of) i WHERE i.digest <> link.digest);
  UPDATE officer_invitation SET used_at = clock_timestamp() WHERE digest = link.digest;
  -- Whom a second link invites is an officer now.
  UPDATE officer_invitation i SET ended_at = clock_timestamp()
  WHERE i.organizer_id = organizer_of AND i.used_at IS NULL AND i.ended_at IS NULL AND i.expires_at > clock_timestamp()
    AND officer_name_key(i.nama) = officer_name_key(a->>'nama');
  IF kind = 'masuk' THEN
    INSERT INTO officer_role (officer_id, peran, kegiatan_id, lembaga, jabatan, sejak, sampai, "by", spki, at)
    VALUES (who, link.peran, link.kegiatan_id, link.lembaga, link.jabatan, greatest(link.mulai, clock_timestamp()), link.sampai, link.created_by,
      link.spki, clock_timestamp())
    RETURNING * INTO given;
  END IF;
  INSERT INTO officer_credential (id, officer_id, spki, user_handle, counter, backup_eligible, at)
  VALUES (decode(a->>'credential', 'hex'), who, decode(a->>'spki', 'hex'), decode(a->>'user_handle', 'hex'),
    (a->>'counter')::bigint, (a->>'backup_eligible')::boolean, clock_timestamp());
  INSERT INTO officer_session (digest, officer_id, credential_id)
  VALUES (decode(a->>'session', 'hex'), who, decode(a->>'credential', 'hex'));
  INSERT INTO officer_change (organizer_id, tindakan, "by", officer_id, nama, peran, credential_id, at)
  VALUES (organizer_of, kind, link.created_by, who,
    a->>'nama', CASE kind WHEN 'masuk' THEN link.peran END, decode(a->>'credential', 'hex'), clock_timestamp());
  PERFORM record_act(jsonb_build_object('id', who, 'organizer', organizer_of), 'petugas-' || kind, link.kegiatan_id, NULL, 'tautan',
    jsonb_build_object('tautan', count_ended_links(were_open)),
    role_values(given) || jsonb_build_object('kunci', 'sha256:' || encode(sha256(decode(a->>'spki', 'hex')), 'hex'))
      || CASE WHEN link.organizer_id IS NULL
        THEN jsonb_build_object('penyelenggara', a->>'organizer_nama', 'wilayah', a->>'wilayah') ELSE '{}' END);
  RETURN 'entered';
END $$;
