-- The first and the only write of a signature, and the counts that follow the ledger.

-- State of an event: 'disiapkan', 'dibuka' or 'ditutup', from its last row.
CREATE FUNCTION tahap_kegiatan(kegiatan text) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT coalesce(
    (SELECT t.tahap FROM kegiatan_tahap t WHERE t.kegiatan_id = kegiatan ORDER BY t.id DESC LIMIT 1),
    'disiapkan')
$$;
--> statement-breakpoint

-- Where a place on the list is counted: its kecamatan, or its kabupaten if it serves that as a whole.
CREATE FUNCTION wilayah_hitung(kode text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT left(kode, 8) $$;
--> statement-breakpoint

-- Whether who made a passkey is who holds a place now: the same name in the same place, or the same NIP. A place that has
-- a new holder doesn't hand down its passkeys. Both places are of one organiser.
CREATE FUNCTION same_holder(tempat text, nama text, nip text, now_tempat text, now_nama text, now_nip text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT now_nama <> '' AND ((nip = now_nip AND now_nip <> '')
    OR (tempat = now_tempat AND nama = now_nama AND (nip = '' OR now_nip = '')))
$$;
--> statement-breakpoint

-- The passkeys with which a person may sign, from any event of the same organiser.
CREATE FUNCTION passkeys_of(who_id uuid) RETURNS SETOF signer_credential
LANGUAGE plpgsql STABLE AS $$
DECLARE
  me person%ROWTYPE;
  office text;
BEGIN
  SELECT * INTO me FROM person p WHERE p.id = who_id;
  SELECT k.organizer_id INTO office FROM kegiatan k WHERE k.id = me.kegiatan_id;
  RETURN QUERY
    SELECT c.* FROM kegiatan k
    JOIN person p ON p.kegiatan_id = k.id AND p.tempat = me.tempat
    JOIN signer_credential c ON c.person_id = p.id
    WHERE k.organizer_id = office AND same_holder(p.tempat, c.nama, c.nip, me.tempat, me.nama, me.nip)
    UNION
    SELECT c.* FROM signer_credential c
    JOIN person p ON p.id = c.person_id
    JOIN kegiatan k ON k.id = p.kegiatan_id
    WHERE me.nip <> '' AND c.nip = me.nip AND k.organizer_id = office
      AND same_holder(p.tempat, c.nama, c.nip, me.tempat, me.nama, me.nip);
END $$;
--> statement-breakpoint

-- All that a pledge is made from, and whether it may be made, in one read; NULL if there is no such person. Bytes in
-- hexadecimal. A function, so that the connection keeps its plans: planning takes longer than reading.
CREATE FUNCTION pledge_particulars(who_id uuid, passkey_id bytea) RETURNS jsonb
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
    'signed', EXISTS (SELECT 1 FROM signature g WHERE g.person_id = who.id),
    'tahap', tahap_kegiatan(event.id),
    'late', event.batas <= now(),
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
          AND same_holder(p.tempat, passkey.nama, passkey.nip, who.tempat, who.nama, who.nip))) END);
END $$;
--> statement-breakpoint

-- Records a signature together with its ledger entry, once for each place on the list. Outcomes: 'recorded' with what the
-- row got here, 'already' (perhaps by another statement of the same person), 'event-closed', 'deadline-passed',
-- 'roster-changed' or 'code-taken'.
-- `s`: the row's fields as JSON, bytes in hexadecimal. `seen`: what of the rows the statement was made from.
CREATE FUNCTION record_signature(s jsonb, seen jsonb, counter_seen bigint)
RETURNS TABLE (outcome text, nama text, counter_note text, leaf_id bigint, at timestamptz)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  who person%ROWTYPE;
  event kegiatan%ROWTYPE;
  counter_before bigint;
  note text;
  entry bigint;
BEGIN
  -- Only this person's row is locked, so hundreds sign side by side.
  SELECT * INTO STRICT who FROM person WHERE id = (s->>'person_id')::uuid FOR UPDATE;

  IF EXISTS (SELECT 1 FROM signature g WHERE g.person_id = who.id) THEN
    outcome := 'already';
    RETURN NEXT;
    RETURN;
  END IF;

  -- Holds off whoever edits the event until this is done; whoever edited it before is seen here.
  SELECT * INTO STRICT event FROM kegiatan WHERE id = who.kegiatan_id FOR KEY SHARE;
  IF tahap_kegiatan(event.id) <> 'dibuka' THEN
    outcome := 'event-closed';
    RETURN NEXT;
    RETURN;
  END IF;
  IF event.batas <= now() THEN
    outcome := 'deadline-passed';
    RETURN NEXT;
    RETURN;
  END IF;
  IF who.roster_versi <> (seen->>'roster_versi')::integer
    OR (event.judul, event.tempat, event.tanggal) IS DISTINCT FROM
      (seen->>'judul', seen->>'tempat', (seen->>'tanggal')::date)
    OR NOT EXISTS (
      SELECT 1 FROM kegiatan_naskah n WHERE n.kegiatan_id = event.id AND n.unsur = who.unsur
        AND n.naskah = seen->>'naskah' AND n.versi = (seen->>'versi')::integer)
  THEN
    outcome := 'roster-changed';
    RETURN NEXT;
    RETURN;
  END IF;
  IF EXISTS (SELECT 1 FROM signature g WHERE g.kode = s->>'kode') THEN
    outcome := 'code-taken';
    RETURN NEXT;
    RETURN;
  END IF;

  SELECT c.counter INTO STRICT counter_before
  FROM signer_credential c WHERE c.id = decode(s->>'credential_id', 'hex');
  IF counter_before > 0 AND counter_seen <= counter_before THEN
    note := 'counter ' || counter_seen || ' after ' || counter_before;
  END IF;
  UPDATE signer_credential c SET counter = counter_seen
  WHERE c.id = decode(s->>'credential_id', 'hex') AND c.counter < counter_seen;

  entry := append_leaf('tanda-tangan', ARRAY[
    'pernyataan sha256:' || (s->>'hash'),
    'bukti sha256:' || (s->>'evidence_hash')]);
  -- The point of no return: from here on the pledge is signed.
  INSERT INTO signature AS g (hash, hash_symbols, kode, person_id, kegiatan_id, statement, nama, nama_lengkap, jabatan,
    unsur, nomor, wilayah, wilayah_nama, credential_id, authenticator_data, client_data_json, signature, spki,
    evidence_hash, counter_note, leaf_id)
  VALUES (decode(s->>'hash', 'hex'), s->>'hash_symbols', s->>'kode', who.id, who.kegiatan_id, s->>'statement',
    who.nama, s->>'nama_lengkap', s->>'jabatan', s->>'unsur', s->>'nomor', who.wilayah, s->>'wilayah_nama',
    decode(s->>'credential_id', 'hex'), decode(s->>'authenticator_data', 'hex'),
    decode(s->>'client_data_json', 'hex'), decode(s->>'signature', 'hex'), decode(s->>'spki', 'hex'),
    decode(s->>'evidence_hash', 'hex'), note, entry)
  RETURNING g.at INTO at;
  INSERT INTO document_due (hash) VALUES (decode(s->>'hash', 'hex'));
  outcome := 'recorded';
  nama := who.nama;
  counter_note := note;
  leaf_id := entry;
  RETURN NEXT;
END $$;
--> statement-breakpoint

-- Keeps the sealed PDF of a pledge together with its ledger entry. Returns whether it did: of two made at once, the
-- first is kept.
CREATE FUNCTION keep_document(pledge bytea, file bytea, digest bytea) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
  -- The second waits here, and then sees the first.
  PERFORM FROM signature g WHERE g.hash = pledge FOR NO KEY UPDATE;
  IF EXISTS (SELECT 1 FROM document d WHERE d.hash = pledge) THEN RETURN false; END IF;
  INSERT INTO document (hash, pdf, sha256, leaf_id)
  VALUES (pledge, file, digest, append_leaf('segel', ARRAY[
    'pernyataan sha256:' || encode(pledge, 'hex'),
    'pdf sha256:' || encode(digest, 'hex')]));
  DELETE FROM document_due w WHERE w.hash = pledge;
  RETURN true;
END $$;
--> statement-breakpoint

-- The counts rise in the statement that gives an entry its place in the ledger, so the two can't differ.
CREATE FUNCTION tally_placed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO tally (kegiatan_id, wilayah, sudah)
  SELECT g.kegiatan_id, wilayah_hitung(g.wilayah), count(*)
  FROM placed p JOIN signature g ON g.leaf_id = p.id
  WHERE p.log_index IS NOT NULL
  GROUP BY 1, 2
  -- In the order of import_roster, so that the two can't wait crosswise.
  ORDER BY 1, 2
  ON CONFLICT (kegiatan_id, wilayah) DO UPDATE SET sudah = tally.sudah + excluded.sudah;
  RETURN NULL;
END $$;
--> statement-breakpoint

CREATE TRIGGER leaf_placed AFTER UPDATE ON leaf
REFERENCING NEW TABLE AS placed FOR EACH STATEMENT EXECUTE FUNCTION tally_placed();
--> statement-breakpoint

-- Adds to the sums of an area and of all around it. The country's row comes first, so two callers can't wait crosswise.
CREATE FUNCTION area_tally_add(kode text, more_wajib integer, more_sudah integer) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO area_tally AS a (wilayah, wajib, sudah)
  SELECT left(kode, n), more_wajib, more_sudah FROM unnest(ARRAY[0, 2, 5, 8]) AS n
  WHERE n <= length(kode) AND (more_wajib <> 0 OR more_sudah <> 0)
  ORDER BY n
  ON CONFLICT (wilayah) DO UPDATE SET wajib = a.wajib + excluded.wajib, sudah = a.sudah + excluded.sudah
$$;
--> statement-breakpoint

-- What an event's counts gain, its areas gain. Those who must sign count from the day it is first opened.
CREATE FUNCTION area_tally_follow() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  opened boolean := EXISTS (
    SELECT 1 FROM kegiatan_tahap t WHERE t.kegiatan_id = coalesce(NEW.kegiatan_id, OLD.kegiatan_id) AND t.tahap = 'dibuka');
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.wilayah = OLD.wilayah AND NEW.kegiatan_id = OLD.kegiatan_id THEN
    PERFORM area_tally_add(NEW.wilayah, CASE WHEN opened THEN NEW.wajib - OLD.wajib ELSE 0 END, NEW.sudah - OLD.sudah);
    RETURN NULL;
  END IF;
  IF TG_OP <> 'INSERT' THEN
    PERFORM area_tally_add(OLD.wilayah, CASE WHEN opened THEN -OLD.wajib ELSE 0 END, -OLD.sudah);
  END IF;
  IF TG_OP <> 'DELETE' THEN
    PERFORM area_tally_add(NEW.wilayah, CASE WHEN opened THEN NEW.wajib ELSE 0 END, NEW.sudah);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint

CREATE TRIGGER tally_changed AFTER INSERT OR UPDATE OR DELETE ON tally
FOR EACH ROW EXECUTE FUNCTION area_tally_follow();
--> statement-breakpoint

-- The first opening lets an event's places count. Imports and openings hold the event's row, so none is missed.
CREATE FUNCTION area_tally_open() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.tahap = 'dibuka' AND NOT EXISTS (
    SELECT 1 FROM kegiatan_tahap t WHERE t.kegiatan_id = NEW.kegiatan_id AND t.tahap = 'dibuka' AND t.id <> NEW.id)
  THEN
    PERFORM area_tally_add(t.wilayah, t.wajib, 0) FROM tally t WHERE t.kegiatan_id = NEW.kegiatan_id;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint

CREATE TRIGGER kegiatan_opened AFTER INSERT ON kegiatan_tahap
FOR EACH ROW EXECUTE FUNCTION area_tally_open();
