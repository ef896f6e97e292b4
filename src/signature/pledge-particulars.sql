-- All that a pledge is made from, and whether it may be made, in one read; NULL if there is no such person. Bytes in
-- hexadecimal. A function, so that the connection keeps its plans: planning takes longer than reading.
CREATE OR REPLACE FUNCTION pledge_particulars(who_id uuid, passkey_id bytea) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
  who person%ROWTYPE;
  event kegiatan%ROWTYPE;
  office organizer%ROWTYPE;
  words naskah%ROWTYPE;
  passkey signer_credential%ROWTYPE;
  tree_published checkpoint%ROWTYPE;
BEGIN
  SELECT * INTO who FROM person p WHERE p.id = who_id;
  IF NOT FOUND THEN RETURN NULL; END IF;
  SELECT * INTO STRICT event FROM kegiatan k WHERE k.id = who.kegiatan_id;
  SELECT * INTO STRICT office FROM organizer o WHERE o.id = event.organizer_id;
  SELECT n.* INTO words FROM kegiatan_naskah kn JOIN naskah n ON n.id = kn.naskah AND n.versi = kn.versi
  WHERE kn.kegiatan_id = event.id AND kn.unsur = who.unsur;
  SELECT * INTO passkey FROM signer_credential c WHERE c.id = passkey_id;
  SELECT * INTO tree_published FROM checkpoint c ORDER BY c.size DESC LIMIT 1;
  RETURN jsonb_build_object(
    'now', ikrar_time(now()),
    -- When an entry would be dated: never before the last one, whatever the clock says.
    'dated', ikrar_time(greatest(now(), (SELECT l.at FROM leaf l WHERE l.log_index IS NOT NULL ORDER BY l.log_index DESC LIMIT 1))),
    'signed', standing_pledge(who.id) IS NOT NULL,
    'tahap', tahap_kegiatan(event.id),
    'late', event.batas <= now(),
    'removed', EXISTS (SELECT FROM roster_removal r WHERE r.person_id = who.id AND r.ended_at IS NULL),
    'person', to_jsonb(who) - 'nip',
    'areas', (
      SELECT jsonb_agg(to_jsonb(w)) FROM wilayah w
      WHERE w.kode IN (who.wilayah, left(who.wilayah, 8), left(who.wilayah, 5), left(who.wilayah, 2))),
    'kegiatan', jsonb_build_object('judul', event.judul, 'tempat', event.tempat, 'tanggal', event.tanggal),
    'organizer', jsonb_build_object('nama', office.nama, 'wilayah', office.wilayah),
    'naskah', CASE WHEN words.id IS NOT NULL THEN jsonb_build_object(
      'id', words.id, 'versi', words.versi, 'sha256', encode(words.sha256, 'hex'), 'isi', words.isi) END,
    'daftar', (
      SELECT encode(r.sha256, 'hex') FROM roster_version r
      WHERE r.kegiatan_id = who.kegiatan_id AND r.versi = who.roster_versi),
    'tree', CASE WHEN tree_published.size IS NOT NULL THEN jsonb_build_object(
      'size', tree_published.size, 'root', encode(tree_published.root, 'hex')) END,
    'credential', CASE WHEN passkey.id IS NOT NULL THEN jsonb_build_object(
      'credential_id', encode(passkey.id, 'hex'),
      'spki', encode(passkey.spki, 'hex'), 'kunci', encode(sha256(passkey.spki), 'hex'), 'user_handle', encode(passkey.user_handle, 'hex'),
      'backup_eligible', passkey.backup_eligible, 'transports', passkey.transports,
      'own', EXISTS (
        SELECT 1 FROM person p JOIN kegiatan k ON k.id = p.kegiatan_id
        WHERE p.id = passkey.person_id AND k.organizer_id = event.organizer_id
          AND signs_as(p.tempat, passkey.nama, passkey.nip, who.tempat, who.nama, who.nip)),
      'stands', passkey_stands(passkey)) END);
END $$;
