-- Whether a signature could be recorded now, and become public: one is, of an official of an event of an office that all come
-- and go with this call, on the very road of a true one; then all of it is undone. Raises what that one would have met. The tree is
-- taken first: whoever gives places takes it before anything else.
CREATE OR REPLACE FUNCTION try_recording() RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  one uuid := gen_random_uuid();
  id text := replace(one::text, '-', '');
  key bytea := sha256(convert_to(one::text, 'UTF8'));
  area text;
  words record;
  placed record;
  read record;
  answer jsonb;
BEGIN
  PERFORM integrate(0);
  SELECT w.kode INTO STRICT area FROM wilayah w WHERE w.jenis = 'desa' ORDER BY w.kode LIMIT 1;
  SELECT n.id, n.versi, n.unsur, n.sha256 INTO STRICT words FROM naskah n ORDER BY n.id, n.versi LIMIT 1;
  INSERT INTO organizer (id, nama, wilayah) VALUES (id, id, area);
  INSERT INTO officer (id, organizer_id, nama) VALUES (one, id, id);
  INSERT INTO kegiatan (id, organizer_id, judul, rezim, tempat, tanggal, zona, batas, nomor_pola, created_by)
  VALUES (id, id, id, 'umum', id, current_date, 'WIB', 'infinity', '', one);
  INSERT INTO kegiatan_tahap (kegiatan_id, tahap, by) VALUES (id, 'dibuka', one);
  INSERT INTO kegiatan_naskah (kegiatan_id, unsur, naskah, versi) VALUES (id, words.unsur, words.id, words.versi);
  INSERT INTO roster_version (kegiatan_id, versi, isi, sha256, leaf_id, by)
  VALUES (id, 1, '', key, append_leaf('daftar', ARRAY['daftar sha256:' || encode(key, 'hex')]), one);
  INSERT INTO person (id, kegiatan_id, tempat, roster_versi, wilayah, unsur, gelar_depan, nama, gelar_belakang, jabatan, nip,
    pangkat, unit_kerja, nomor)
  VALUES (one, id, id, 1, area, words.unsur, '', id, '', '', '', '', '', '1');
  INSERT INTO invitation (person_id, version, nama, token_digest, code_digest, by)
  VALUES (one, 1, id, key, sha256(key), one);
  INSERT INTO signer_credential (id, person_id, spki, user_handle, counter, backup_eligible, transports, nama, nip, invitation_version)
  VALUES (key, one, '', '', 0, false, '{}', id, '', 1);
  -- Into something: of a set that a query takes in, columns that nobody asks for aren't worked out.
  SELECT * INTO STRICT read FROM pledge_particulars(one, key);
  PERFORM standing_pledge(one);
  answer := record_signatures(jsonb_build_array(jsonb_build_object('person', one, 'hash', key, 'hash_symbols', id,
      'kode', id, 'statement', one, 'nama_lengkap', id, 'jabatan', '', 'unsur', words.unsur, 'nomor', '', 'wilayah_nama', '',
      'credential_id', key, 'authenticator_data', E'\\x' || repeat('0d', 37), 'client_data_json', '', 'signature', '', 'spki', '',
      'evidence_hash', key, 'counter', 1, 'user_handle', '',
      'seen', jsonb_build_object('nomor', '1', 'nama', id, 'unsur', words.unsur, 'jabatan', words.unsur, 'wilayah', area,
        'wilayah_nama', (SELECT a.words FROM area_in_words(area) a), 'judul', id, 'tempat', id, 'tanggal', current_date,
        'penyelenggara', id, 'penyelenggara_wilayah', area, 'naskah', words.id, 'versi', words.versi,
        'naskah_sha256', encode(words.sha256, 'hex'), 'daftar', encode(key, 'hex'), 'terbit', ikrar_time(now())))),
    -- Whether the clock is right is told apart from this.
    '1 hour', '1000 years')->'1';
  IF (answer->>'outcome' = 'recorded') IS NOT TRUE THEN RAISE EXCEPTION 'try_recording: %', answer; END IF;
  SELECT i.size, i.root INTO STRICT placed FROM integrate(1, (answer->>'leaf_id')::bigint) i;
  IF NOT EXISTS (SELECT FROM listing l WHERE l.hash = key) THEN RAISE EXCEPTION 'try_recording: not placed'; END IF;
  IF NOT replace_checkpoint((SELECT max(c.size) FROM checkpoint c), placed.size, placed.root,
    E'uji\n' || placed.size || E'\n' || encode(placed.root, 'base64') || E'\n\n— uji AAAA\n') THEN
    RAISE EXCEPTION 'try_recording: not published';
  END IF;
  -- What a receipt reads besides.
  PERFORM FROM signature g LEFT JOIN withdrawal w ON w.hash = g.hash LEFT JOIN erasure e ON e.hash = g.hash WHERE g.hash = key;
  PERFORM FROM cosignature LIMIT 1;
  PERFORM FROM objection LIMIT 1;
  RAISE EXCEPTION 'undo' USING ERRCODE = 'IK001';
EXCEPTION WHEN SQLSTATE 'IK001' THEN
  RETURN;
END $$;
