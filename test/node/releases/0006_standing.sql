-- Pledges that stand and pledges that were withdrawn. Each function that asks whether a place has signed asks here.

-- The latest pledge of a place, the one that no other replaces, and whether it stands: no row if there is none. Those
-- before it were withdrawn. A set, so that a query takes it in as if it were written there.
CREATE FUNCTION last_pledge(who uuid) RETURNS TABLE (hash bytea, stands boolean)
LANGUAGE sql STABLE AS $$
  SELECT g.hash, w.hash IS NULL FROM signature g LEFT JOIN withdrawal w ON w.hash = g.hash
  WHERE g.person_id = who AND NOT EXISTS (SELECT 1 FROM signature n WHERE n.person_id = who AND n.replaces = g.hash)
$$;
--> statement-breakpoint

-- The pledge of a place that stands, or NULL: none, or all were withdrawn.
CREATE FUNCTION standing_pledge(who uuid) RETURNS bytea
LANGUAGE sql STABLE AS $$
  SELECT last.hash FROM last_pledge(who) AS last WHERE last.stands
$$;
--> statement-breakpoint

-- As before (0001_ledger.sql), without a query for the check: each signature waits for it.
CREATE OR REPLACE FUNCTION append_leaf(jenis text, fields text[]) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  text_of_entry text := 'ikrar/catatan@v1' || E'\n' || 'jenis ' || jenis || E'\n'
    || array_to_string(fields, E'\n') || E'\n' || 'waktu ' || ikrar_time(now()) || E'\n';
  valid boolean := coalesce(jenis IN
      ('tanda-tangan', 'pencabutan', 'segel', 'naskah', 'daftar', 'berita-acara', 'kunci'), false)
    AND coalesce(cardinality(fields), 0) > 0 AND octet_length(text_of_entry) <= 65535;
  field text;
  new_id bigint;
BEGIN
  IF valid THEN
    FOREACH field IN ARRAY fields LOOP
      valid := valid AND coalesce(field ~ '^[a-z][a-z-]* [!-~]+( [!-~]+)*$', false);
    END LOOP;
  END IF;
  IF NOT valid THEN
    RAISE EXCEPTION 'append_leaf: not an entry: % %', jenis, fields USING ERRCODE = 'check_violation';
  END IF;
  INSERT INTO leaf (entry, hash)
  VALUES (text_of_entry, sha256('\x00'::bytea || convert_to(text_of_entry, 'UTF8')))
  RETURNING id INTO new_id;
  RETURN new_id;
END $$;
--> statement-breakpoint

DROP FUNCTION record_signature(jsonb, jsonb, bigint);
--> statement-breakpoint

-- Records a signature together with its ledger entry, once for each place on the list, and once more after a withdrawal.
-- Returns {outcome}: 'recorded', with what the row got here beside it; 'already' (perhaps by another statement of the same
-- person), 'event-closed', 'deadline-passed' or 'roster-changed'. A code that is taken breaks its constraint.
-- `s_…`: the row's fields. `seen`: what of the rows the statement was made from.
CREATE FUNCTION record_signature(person uuid, s_hash bytea, s_hash_symbols text, s_kode text, s_statement text,
  s_nama_lengkap text, s_jabatan text, s_unsur text, s_nomor text, s_wilayah_nama text, s_credential_id bytea,
  s_authenticator_data bytea, s_client_data_json bytea, s_signature bytea, s_spki bytea, s_evidence_hash bytea,
  seen jsonb, counter_seen bigint)
RETURNS jsonb
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  who record;
  made record;
  hindrance text;
  before boolean;
  stands boolean;
  withdrawn bytea;
  note text;
BEGIN
  -- Only this person's row is locked, so hundreds sign side by side. The event's holds off whoever edits it until this is
  -- done; whoever edited it before is seen here, since all who do take that row FOR UPDATE first.
  SELECT p.id, p.kegiatan_id, p.roster_versi, p.unsur, p.nama, p.wilayah, k.judul, k.tempat, k.tanggal, k.batas, c.counter
  INTO STRICT who
  FROM person p JOIN kegiatan k ON k.id = p.kegiatan_id JOIN signer_credential c ON c.id = s_credential_id
  WHERE p.id = person FOR UPDATE OF p FOR KEY SHARE OF k;

  -- A statement of its own, so that it sees what was committed while this one waited for the locks.
  SELECT EXISTS (SELECT FROM signature g WHERE g.person_id = who.id),
    CASE
      WHEN tahap_kegiatan(who.kegiatan_id) <> 'dibuka' THEN 'event-closed'
      WHEN who.batas <= now() THEN 'deadline-passed'
      WHEN who.roster_versi <> (seen->>'roster_versi')::integer
        OR (who.judul, who.tempat, who.tanggal) IS DISTINCT FROM
          (seen->>'judul', seen->>'tempat', (seen->>'tanggal')::date)
        OR NOT EXISTS (
          SELECT FROM kegiatan_naskah n WHERE n.kegiatan_id = who.kegiatan_id AND n.unsur = who.unsur
            AND n.naskah = seen->>'naskah' AND n.versi = (seen->>'versi')::integer)
        THEN 'roster-changed'
    END
  INTO before, hindrance;
  IF before THEN
    SELECT last.hash, last.stands INTO STRICT withdrawn, stands FROM last_pledge(who.id) AS last;
    IF stands THEN hindrance := 'already'; END IF;
  END IF;
  IF hindrance IS NOT NULL THEN
    RETURN jsonb_build_object('outcome', hindrance);
  END IF;

  IF counter_seen > who.counter THEN
    UPDATE signer_credential c SET counter = counter_seen WHERE c.id = s_credential_id AND c.counter < counter_seen;
  ELSIF who.counter > 0 THEN
    note := 'counter ' || counter_seen || ' after ' || who.counter;
  END IF;

  -- The point of no return: from here on the pledge is signed.
  INSERT INTO signature AS g (hash, hash_symbols, kode, person_id, replaces, kegiatan_id, statement, nama, nama_lengkap, jabatan,
    unsur, nomor, wilayah, wilayah_nama, credential_id, authenticator_data, client_data_json, signature, spki,
    evidence_hash, counter_note, leaf_id)
  VALUES (s_hash, s_hash_symbols, s_kode, who.id, withdrawn, who.kegiatan_id, s_statement,
    who.nama, s_nama_lengkap, s_jabatan, s_unsur, s_nomor, who.wilayah, s_wilayah_nama,
    s_credential_id, s_authenticator_data, s_client_data_json,
    s_signature, s_spki, s_evidence_hash, note,
    append_leaf('tanda-tangan', ARRAY[
      'pernyataan sha256:' || encode(s_hash, 'hex'),
      'bukti sha256:' || encode(s_evidence_hash, 'hex')]))
  RETURNING g.leaf_id, g.at INTO made;
  RETURN jsonb_build_object('outcome', 'recorded', 'nama', who.nama, 'replaces', encode(withdrawn, 'hex'),
    'counter_note', note, 'leaf_id', made.leaf_id, 'at', made.at);
END $$;
--> statement-breakpoint

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
    'signed', standing_pledge(who.id) IS NOT NULL,
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

-- Puts a checked list into an event, all of it or nothing.
-- `versi_seen`: the version that the change was made from, 0 for none. `changed`: new and changed places alone.
-- `isi`: the whole list as it then stands (ikrar/daftar@v1), whose digest goes into the ledger.
-- Outcome: 'imported', 'event-unknown', 'roster-changed' (somebody else was first) or 'signed' (the place in `tempat` has
-- signed since).
CREATE OR REPLACE FUNCTION import_roster(kegiatan_seen text, officer uuid, versi_seen integer, changed text, isi text)
RETURNS TABLE (outcome text, versi integer, tempat text)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  event kegiatan%ROWTYPE;
  next_versi integer := versi_seen + 1;
  digest bytea := sha256(convert_to(isi, 'UTF8'));
  places text[];
  found_tempat text;
BEGIN
  SELECT * INTO event FROM kegiatan k WHERE k.id = kegiatan_seen FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN QUERY SELECT 'event-unknown', versi_seen, NULL::text;
    RETURN;
  END IF;
  IF versi_seen <> (SELECT coalesce(max(v.versi), 0) FROM roster_version v WHERE v.kegiatan_id = event.id) THEN
    RETURN QUERY SELECT 'roster-changed', versi_seen, NULL::text;
    RETURN;
  END IF;

  -- A signature in flight holds its person's row; after these lines nobody on a changed row can sign the old text.
  IF versi_seen > 0 THEN
    SELECT array_agg(split_part(line, E'\t', 1)) INTO places FROM string_to_table(changed, E'\n') AS line;
    PERFORM 1 FROM person p WHERE p.kegiatan_id = event.id AND p.tempat = ANY (places) ORDER BY p.id FOR UPDATE;
    SELECT p.tempat INTO found_tempat FROM person p
    WHERE p.kegiatan_id = event.id AND p.tempat = ANY (places) AND standing_pledge(p.id) IS NOT NULL LIMIT 1;
    IF FOUND THEN
      RETURN QUERY SELECT 'signed', versi_seen, found_tempat;
      RETURN;
    END IF;
  END IF;

  INSERT INTO roster_version (kegiatan_id, versi, isi, sha256, leaf_id, by)
  VALUES (event.id, next_versi, isi, digest,
    append_leaf('daftar', ARRAY['daftar sha256:' || encode(digest, 'hex')]), officer);

  INSERT INTO person (id, kegiatan_id, tempat, roster_versi, unsur, wilayah, nip, gelar_depan, nama, gelar_belakang,
    jabatan, pangkat, unit_kerja)
  SELECT gen_random_uuid(), event.id, c[1], next_versi, c[2], c[3], c[4], c[5], c[6], c[7], c[8], c[9], c[10]
  FROM (SELECT string_to_array(line, E'\t') AS c FROM string_to_table(changed, E'\n') AS line OFFSET 0) AS lines
  ON CONFLICT (kegiatan_id, tempat) DO UPDATE SET roster_versi = excluded.roster_versi, wilayah = excluded.wilayah,
    unsur = excluded.unsur, gelar_depan = excluded.gelar_depan, nama = excluded.nama,
    gelar_belakang = excluded.gelar_belakang, jabatan = excluded.jabatan, nip = excluded.nip,
    pangkat = excluded.pangkat, unit_kerja = excluded.unit_kerja;

  -- How many must sign, where that changed; how many have is the ledger's business. In one order, as locks want it.
  INSERT INTO tally (kegiatan_id, wilayah, wajib)
  SELECT event.id, coalesce(m.wilayah, t.wilayah), coalesce(m.wajib, 0)
  FROM (
    SELECT wilayah_hitung(p.wilayah) AS wilayah, count(*)::integer AS wajib
    FROM person p WHERE p.kegiatan_id = event.id GROUP BY 1
  ) m
  FULL JOIN (SELECT g.wilayah, g.wajib FROM tally g WHERE g.kegiatan_id = event.id) t ON t.wilayah = m.wilayah
  WHERE coalesce(m.wajib, 0) IS DISTINCT FROM t.wajib
  ORDER BY 2
  ON CONFLICT (kegiatan_id, wilayah) DO UPDATE SET wajib = excluded.wajib;

  IF EXISTS (SELECT 1 FROM kegiatan_tahap t WHERE t.kegiatan_id = event.id AND t.tahap = 'dibuka') THEN
    PERFORM number_places(event.id, event.nomor_pola, event.tanggal);
  END IF;
  RETURN QUERY SELECT 'imported', next_versi, NULL::text;
END $$;
--> statement-breakpoint

-- An officer asks that a pledge be withdrawn. `a`: id, kode, organizer, officer, statement, and what the passkey made,
-- bytes in hexadecimal. Outcome: 'asked', 'pledge-unknown' (or another organiser's), 'pledge-waiting' (not yet in the
-- published ledger), 'pledge-withdrawn', 'withdrawal-open' (somebody asked before), 'officer-removed' or
-- 'statement-lapsed': it was made too long ago, or is of another moment than ours.
CREATE FUNCTION ask_withdrawal(a jsonb, terbit timestamptz) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  pledge signature%ROWTYPE;
BEGIN
  SELECT g.* INTO pledge FROM signature g JOIN kegiatan k ON k.id = g.kegiatan_id
  WHERE g.kode = a->>'kode' AND k.organizer_id = a->>'organizer';
  IF NOT FOUND THEN RETURN 'pledge-unknown'; END IF;
  PERFORM FROM officer o WHERE o.id = (a->>'officer')::uuid AND o.removed_at IS NULL FOR SHARE;
  IF NOT FOUND THEN RETURN 'officer-removed'; END IF;
  PERFORM FROM person p WHERE p.id = pledge.person_id FOR UPDATE;
  IF EXISTS (SELECT 1 FROM erasure e WHERE e.hash = pledge.hash) THEN RETURN 'pledge-unknown'; END IF;
  IF terbit NOT BETWEEN now() - interval '10 minutes' AND now() + interval '2 seconds' THEN RETURN 'statement-lapsed'; END IF;
  IF EXISTS (SELECT 1 FROM withdrawal w WHERE w.hash = pledge.hash) THEN RETURN 'pledge-withdrawn'; END IF;
  IF EXISTS (SELECT 1 FROM withdrawal_request r WHERE r.hash = pledge.hash AND r.ended_at IS NULL) THEN
    RETURN 'withdrawal-open';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM leaf l WHERE l.id = pledge.leaf_id AND l.log_index < (SELECT max(c.size) FROM checkpoint c)) THEN
    RETURN 'pledge-waiting';
  END IF;
  INSERT INTO withdrawal_request (id, hash, statement, by, authenticator_data, client_data_json, signature, spki)
  VALUES ((a->>'id')::uuid, pledge.hash, a->>'statement', (a->>'officer')::uuid, decode(a->>'authenticator_data', 'hex'),
    decode(a->>'client_data_json', 'hex'), decode(a->>'signature', 'hex'), decode(a->>'spki', 'hex'));
  RETURN 'asked';
END $$;
--> statement-breakpoint

-- A second officer confirms: the pledge no longer stands, and the ledger says so. `a`: id of the request, organizer,
-- officer, what the passkey made, and the digests of the text and of what both passkeys made, all in hexadecimal.
-- Outcome: 'withdrawn', 'request-unknown' (or another organiser's), 'request-ended', 'pledge-withdrawn',
-- 'officer-same' (who asked, or the same passkey) or 'officer-removed'.
CREATE FUNCTION confirm_withdrawal(a jsonb) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  request withdrawal_request%ROWTYPE;
BEGIN
  SELECT r.* INTO request FROM withdrawal_request r
  JOIN signature g ON g.hash = r.hash JOIN kegiatan k ON k.id = g.kegiatan_id
  WHERE r.id = (a->>'id')::uuid AND k.organizer_id = a->>'organizer' FOR UPDATE OF r;
  IF NOT FOUND THEN RETURN 'request-unknown'; END IF;
  PERFORM FROM officer o WHERE o.id = (a->>'officer')::uuid AND o.removed_at IS NULL FOR SHARE;
  IF NOT FOUND THEN RETURN 'officer-removed'; END IF;
  -- Signing holds the same row.
  PERFORM FROM person p JOIN signature g ON g.person_id = p.id WHERE g.hash = request.hash FOR UPDATE OF p;
  IF EXISTS (SELECT 1 FROM withdrawal w WHERE w.hash = request.hash) THEN RETURN 'pledge-withdrawn'; END IF;
  IF request.ended_at IS NOT NULL THEN RETURN 'request-ended'; END IF;
  IF request."by" = (a->>'officer')::uuid OR request.spki = decode(a->>'spki', 'hex') THEN RETURN 'officer-same'; END IF;
  -- The point of no return.
  INSERT INTO withdrawal (hash, request_id, by, authenticator_data, client_data_json, signature, spki, leaf_id)
  VALUES (request.hash, request.id, (a->>'officer')::uuid, decode(a->>'authenticator_data', 'hex'),
    decode(a->>'client_data_json', 'hex'), decode(a->>'signature', 'hex'), decode(a->>'spki', 'hex'),
    append_leaf('pencabutan', ARRAY[
      'pernyataan sha256:' || encode(request.hash, 'hex'),
      'pencabutan sha256:' || (a->>'text_hash'),
      'bukti sha256:' || (a->>'asked_hash'),
      'bukti sha256:' || (a->>'confirmed_hash')]));
  RETURN 'withdrawn';
END $$;
