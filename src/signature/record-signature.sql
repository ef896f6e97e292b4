-- The first and the only write of a signature.
-- Records a signature together with its ledger entry, once for each place on the list, and once more after a withdrawal. Whoever
-- calls has verified it, and may have read nothing for that: all that was taken for true is compared here.
-- Returns {outcome}: 'recorded', with what the row got here beside it; 'already' (perhaps by another statement of the same
-- person), 'person-unknown', 'credential-unknown' (there is none of that id, or it isn't what it was verified with),
-- 'pledge-lapsed' (issued too long ago; or after the last entry that there is, which would belie it), 'no-check' (no check would
-- pass it, since the last entry is of a clock that was ahead), 'event-closed', 'deadline-passed', 'place-removed' (taken off the
-- list), 'roster-changed' or 'credential-fallen'. A code that is taken breaks its constraint.
-- `s_…`: the row's fields. `seen`: all that the statement says of the rows, as they say it: `nomor`, `nama` (with titles), `unsur`,
-- `jabatan`, `wilayah` and `wilayah_nama`, `judul`, `tempat`, `tanggal`, `penyelenggara` and `penyelenggara_wilayah`, `naskah`,
-- `versi` and `naskah_sha256`, `daftar` (these two in hexadecimal); and `terbit`, when it was issued. `handle_seen`: the passkey's
-- owner as the authenticator knows them. `to_arrive`, `to_entry`: from `terbit` to now, and to the time of the entry.
CREATE OR REPLACE FUNCTION record_signature(person uuid, s_hash bytea, s_hash_symbols text, s_kode text, s_statement text,
  s_nama_lengkap text, s_jabatan text, s_unsur text, s_nomor text, s_wilayah_nama text, s_credential_id bytea,
  s_authenticator_data bytea, s_client_data_json bytea, s_signature bytea, s_spki bytea, s_evidence_hash bytea,
  seen jsonb, counter_seen bigint, handle_seen bytea, to_arrive interval, to_entry interval)
RETURNS jsonb
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  who record;
  judged record;
  made record;
  -- Its flag BE (WebAuthn, 6.1).
  eligible boolean := get_byte(s_authenticator_data, 32) & 8 <> 0;
  arrived timestamptz := date_trunc('second', now());
  -- Found from the end of the index: see pledge_particulars.
  dated timestamptz := date_trunc('second', greatest(now(),
    (SELECT l.at FROM leaf l WHERE l.log_index IS NOT NULL ORDER BY l.log_index DESC LIMIT 1)));
  issued timestamptz := (seen->>'terbit')::timestamptz;
  stands boolean;
  withdrawn bytea;
  note text;
  moment timestamptz;
BEGIN
  -- Only this person's row is locked, so hundreds sign side by side. The event's holds off whoever edits it until this is
  -- done; whoever edited it before is seen here, since all who do take that row FOR UPDATE first.
  SELECT p.id, p.kegiatan_id, p.roster_versi, p.unsur, p.nama, p.wilayah, p.nomor, p.jabatan, p.tempat AS place, p.nip,
    concat_ws(', ', concat_ws(' ', nullif(p.gelar_depan, ''), p.nama), nullif(p.gelar_belakang, '')) AS full_name,
    k.judul, k.tempat, k.tanggal, k.batas, k.organizer_id
  INTO who
  FROM person p JOIN kegiatan k ON k.id = p.kegiatan_id
  WHERE p.id = person FOR UPDATE OF p FOR KEY SHARE OF k;
  IF NOT FOUND THEN
    RETURN jsonb_build_object('outcome', 'person-unknown');
  END IF;

  -- Whoever waited for the locks is judged by when it was their turn, and that is the time of the entry.
  moment := clock_timestamp();
  -- A statement of its own, so that it sees what was committed while this one waited for the locks.
  SELECT EXISTS (SELECT FROM signature g WHERE g.person_id = who.id) AS signed, c.counter, c.backup_eligible,
    CASE
      WHEN (c.spki, c.user_handle) IS DISTINCT FROM (s_spki, handle_seen) OR c.backup_eligible AND NOT eligible THEN 'credential-unknown'
      WHEN (dated >= issued AND arrived - issued <= to_arrive) IS NOT TRUE THEN 'pledge-lapsed'
      WHEN dated - issued > to_entry OR dated - arrived > to_entry THEN 'no-check'
      WHEN tahap_kegiatan(who.kegiatan_id) <> 'dibuka' THEN 'event-closed'
      WHEN who.batas <= moment THEN 'deadline-passed'
      WHEN EXISTS (SELECT FROM roster_removal r WHERE r.person_id = who.id AND r.ended_at IS NULL) THEN 'place-removed'
      WHEN (who.nomor, who.full_name, who.unsur, coalesce(nullif(who.jabatan, ''), who.unsur), who.wilayah, who.judul, who.tempat,
          who.tanggal)
        IS DISTINCT FROM (seen->>'nomor', seen->>'nama', seen->>'unsur', seen->>'jabatan', seen->>'wilayah', seen->>'judul',
          seen->>'tempat', (seen->>'tanggal')::date)
        OR NOT EXISTS (
          SELECT FROM organizer o WHERE o.id = who.organizer_id
            AND o.nama = seen->>'penyelenggara' AND o.wilayah = seen->>'penyelenggara_wilayah')
        OR NOT EXISTS (
          SELECT FROM kegiatan_naskah n JOIN naskah w ON w.id = n.naskah AND w.versi = n.versi
          WHERE n.kegiatan_id = who.kegiatan_id AND n.unsur = who.unsur AND n.naskah = seen->>'naskah'
            AND n.versi = (seen->>'versi')::integer AND w.sha256 = decode(seen->>'naskah_sha256', 'hex'))
        OR NOT EXISTS (
          SELECT FROM roster_version r WHERE r.kegiatan_id = who.kegiatan_id AND r.versi = who.roster_versi
            AND r.sha256 = decode(seen->>'daftar', 'hex'))
        OR (SELECT a.words FROM area_in_words(who.wilayah) a) IS DISTINCT FROM seen->>'wilayah_nama'
        OR NOT CASE WHEN c.person_id = who.id
          THEN signs_as(who.place, c.nama, c.nip, who.place, who.nama, who.nip)
          ELSE EXISTS (
            SELECT FROM person h JOIN kegiatan e ON e.id = h.kegiatan_id WHERE h.id = c.person_id AND e.organizer_id = who.organizer_id
              AND signs_as(h.tempat, c.nama, c.nip, who.place, who.nama, who.nip)) END
        THEN 'roster-changed'
      -- Whoever makes a newer card takes the person's row too, by its foreign key.
      WHEN NOT (SELECT s.stands FROM passkey_standing(c) s) THEN 'credential-fallen'
    END AS hindrance
  INTO judged
  FROM (SELECT) one LEFT JOIN signer_credential c ON c.id = s_credential_id;
  IF judged.signed THEN
    SELECT last.hash, last.stands INTO STRICT withdrawn, stands FROM last_pledge(who.id) AS last;
    IF stands THEN judged.hindrance := 'already'; END IF;
  END IF;
  IF judged.hindrance IS NOT NULL THEN
    RETURN jsonb_build_object('outcome', judged.hindrance);
  END IF;

  IF counter_seen > judged.counter THEN
    UPDATE signer_credential c SET counter = counter_seen WHERE c.id = s_credential_id AND c.counter < counter_seen;
  ELSIF judged.counter > 0 THEN
    note := 'counter ' || counter_seen || ' after ' || judged.counter;
  END IF;

  -- A passkey that was bound to one device may be synced from now on.
  IF eligible AND NOT judged.backup_eligible THEN
    UPDATE signer_credential c SET backup_eligible = true, eligible_since = moment
    WHERE c.id = s_credential_id AND NOT c.backup_eligible;
  END IF;

  -- The point of no return: from here on the pledge is signed.
  INSERT INTO signature AS g (hash, hash_symbols, kode, person_id, replaces, kegiatan_id, statement, nama, nama_lengkap, jabatan,
    unsur, nomor, wilayah, wilayah_nama, credential_id, authenticator_data, client_data_json, signature, spki,
    evidence_hash, counter_note, at, leaf_id)
  VALUES (s_hash, s_hash_symbols, s_kode, who.id, withdrawn, who.kegiatan_id, s_statement,
    who.nama, s_nama_lengkap, s_jabatan, s_unsur, s_nomor, who.wilayah, s_wilayah_nama,
    s_credential_id, s_authenticator_data, s_client_data_json,
    s_signature, s_spki, s_evidence_hash, note, moment,
    append_leaf('tanda-tangan', ARRAY[
      'pernyataan sha256:' || encode(s_hash, 'hex'),
      'bukti sha256:' || encode(s_evidence_hash, 'hex')], moment))
  RETURNING g.leaf_id INTO made;
  RETURN jsonb_build_object('outcome', 'recorded', 'kegiatan_id', who.kegiatan_id, 'nama', who.nama, 'replaces', encode(withdrawn, 'hex'),
    'counter_note', note, 'leaf_id', made.leaf_id, 'at', moment);
END $$;
