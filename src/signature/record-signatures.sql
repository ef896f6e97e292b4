-- The first and the only write of signatures: records several in one statement, all of them or, if one breaks it, none. Each together
-- with its ledger entry, once for each place on the list, and once more after a withdrawal. Whoever calls has verified them, and may
-- have read nothing for that: all that was taken for true is compared here. Each of its statements is of all of them, since what
-- costs most is its beginning.
-- `many`: an array of the row's fields by their names, `person` its person; and with them `counter` of the passkey and `user_handle`,
-- its owner as the authenticator knows them; and `seen`, all that the statement says of the rows, as they say it: `nomor`, `nama` (with
-- titles), `unsur`, `jabatan`, `wilayah` and `wilayah_nama`, `judul`, `tempat`, `tanggal`, `penyelenggara` and `penyelenggara_wilayah`,
-- `naskah`, `versi` and `naskah_sha256`, `daftar` (these two in hexadecimal), and `terbit`, when it was issued. Bytes as `\x…`.
-- `to_arrive`, `to_entry`: from `terbit` to now, and to the time of the entry.
-- Returns an array, in this order, of {outcome}: 'recorded', with what the row got here beside it; 'already' (perhaps by another
-- statement of the same person), 'person-unknown', 'credential-unknown' (there is none of that id, or it isn't what it was verified
-- with), 'pledge-lapsed' (issued too long ago; or after the last entry that there is, which would belie it), 'no-check' (no check would
-- pass it, since the last entry is of a clock that was ahead), 'event-closed', 'deadline-passed', 'place-removed' (taken off the
-- list), 'roster-changed' or 'credential-fallen'; or 'held': somebody has a row that it would lock (person, event, passkey), one before
-- it in `many` too. Nothing is waited for while others are held, so no two of these wait for each other. A code that is taken breaks
-- its constraint.
CREATE OR REPLACE FUNCTION record_signatures(many jsonb, to_arrive interval, to_entry interval) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
-- Plans are kept by a connection for as long as it lives: made while a table was small, they must not read all of it later.
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
#variable_conflict use_column
DECLARE
  arrived timestamptz := date_trunc('second', now());
  dated timestamptz;
  moment timestamptz;
  -- Where those stand in `many` whose rows are locked, and whether a passkey's row is to change.
  free bigint[];
  moves boolean;
  answers jsonb;
BEGIN
  PERFORM must_read_committed();
  -- Whoever has taken over the service brings what they like, and this acts for the owner: no entry but one of two digests.
  IF EXISTS (
    SELECT FROM jsonb_to_recordset(many) AS m (hash bytea, evidence_hash bytea, statement text, counter bigint)
    WHERE (octet_length(m.evidence_hash) = 32 AND m.hash = sha256(convert_to(m.statement, 'UTF8')) AND m.counter >= 0) IS NOT TRUE)
  THEN
    RAISE EXCEPTION 'not a recording' USING ERRCODE = 'check_violation';
  END IF;
  -- Only these people's rows are locked, so hundreds sign side by side. The event's holds off whoever edits it until this is
  -- done; whoever edited it before is seen here, since all who do take that row FOR UPDATE first.
  WITH locked AS (
    SELECT m.n, held.moves FROM (
      SELECT DISTINCT ON (f.credential_id) f.* FROM (
        SELECT DISTINCT ON (s.person) s.* FROM
          ROWS FROM (jsonb_to_recordset(many) AS (person uuid, credential_id bytea, counter bigint, authenticator_data bytea))
            WITH ORDINALITY AS s (person, credential_id, counter, authenticator_data, n) ORDER BY s.person, s.n) f
      ORDER BY f.credential_id, f.n) m
    CROSS JOIN LATERAL (
      SELECT m.counter > c.counter OR NOT c.backup_eligible AND backed_up(m.authenticator_data) AS moves
      FROM person p JOIN kegiatan k ON k.id = p.kegiatan_id JOIN signer_credential c ON c.id = m.credential_id
      WHERE p.id = m.person FOR UPDATE OF p SKIP LOCKED FOR KEY SHARE OF k SKIP LOCKED FOR NO KEY UPDATE OF c SKIP LOCKED) held)
  SELECT array_agg(l.n), bool_or(l.moves) INTO free, moves FROM locked l;

  moment := clock_timestamp();
  -- Found from the end of the index: see pledge_particulars.
  dated := date_trunc('second', greatest(now(),
    (SELECT l.at FROM leaf l WHERE l.log_index IS NOT NULL ORDER BY l.log_index DESC LIMIT 1)));
  -- A statement of its own, so that it sees what was committed before the locks were taken.
  WITH judged AS MATERIALIZED (
    SELECT m.*, of.*, leaf_entry('tanda-tangan', ARRAY[
        'pernyataan sha256:' || encode(m.hash, 'hex'), 'bukti sha256:' || encode(m.evidence_hash, 'hex')], moment) AS entry
    FROM ROWS FROM (jsonb_to_recordset(many) AS (person uuid, hash bytea, hash_symbols text, kode text, statement text,
        nama_lengkap text, jabatan text, unsur text, nomor text, wilayah_nama text, credential_id bytea, authenticator_data bytea,
        client_data_json bytea, signature bytea, spki bytea, evidence_hash bytea, seen jsonb, counter bigint, user_handle bytea))
      WITH ORDINALITY AS m (person, hash, hash_symbols, kode, statement, nama_lengkap, jabatan, unsur, nomor, wilayah_nama,
        credential_id, authenticator_data, client_data_json, signature, spki, evidence_hash, seen, counter, user_handle, n)
    -- Of each by itself (LIMIT): look-ups by index alone, where a plan for all of them would read tables whole.
    CROSS JOIN LATERAL (
      SELECT p.kegiatan_id, p.nama AS bare_name, p.wilayah, c.counter AS counter_before, last.hash AS withdrawn, CASE
        WHEN p.id IS NULL THEN 'person-unknown'
        WHEN c.id IS NULL THEN 'credential-unknown'
        WHEN (m.n = ANY (free)) IS NOT TRUE THEN 'held'
        WHEN last.stands THEN 'already'
        WHEN (c.spki, c.user_handle) IS DISTINCT FROM (m.spki, m.user_handle) OR c.backup_eligible AND NOT backed_up(m.authenticator_data)
          THEN 'credential-unknown'
        WHEN (dated >= t.issued AND arrived - t.issued <= to_arrive) IS NOT TRUE THEN 'pledge-lapsed'
        WHEN dated - t.issued > to_entry OR dated - arrived > to_entry THEN 'no-check'
        WHEN tahap_kegiatan(k.id) <> 'dibuka' THEN 'event-closed'
        WHEN k.batas <= moment THEN 'deadline-passed'
        WHEN EXISTS (SELECT FROM roster_removal r WHERE r.person_id = p.id AND r.ended_at IS NULL) THEN 'place-removed'
        WHEN (p.nomor, concat_ws(', ', concat_ws(' ', nullif(p.gelar_depan, ''), p.nama), nullif(p.gelar_belakang, '')), p.unsur,
            coalesce(nullif(p.jabatan, ''), p.unsur), p.wilayah, (SELECT a.words FROM area_in_words(p.wilayah) a),
            k.judul, k.tempat, k.tanggal, o.nama, o.wilayah, w.id, w.versi, w.sha256, r.sha256)
          IS DISTINCT FROM (m.seen->>'nomor', m.seen->>'nama', m.seen->>'unsur',
            m.seen->>'jabatan', m.seen->>'wilayah', m.seen->>'wilayah_nama',
            m.seen->>'judul', m.seen->>'tempat', (m.seen->>'tanggal')::date, m.seen->>'penyelenggara', m.seen->>'penyelenggara_wilayah',
            m.seen->>'naskah', (m.seen->>'versi')::integer, decode(m.seen->>'naskah_sha256', 'hex'), decode(m.seen->>'daftar', 'hex'))
          OR NOT CASE WHEN c.person_id = p.id
            THEN signs_as(p.tempat, c.nama, c.nip, p.tempat, p.nama, p.nip)
            ELSE EXISTS (
              SELECT FROM person h JOIN kegiatan e ON e.id = h.kegiatan_id WHERE h.id = c.person_id AND e.organizer_id = k.organizer_id
                AND signs_as(h.tempat, c.nama, c.nip, p.tempat, p.nama, p.nip)) END
          THEN 'roster-changed'
        -- Whoever makes a newer card takes the person's row too, by its foreign key.
        WHEN NOT (SELECT s.stands FROM passkey_standing(c) s) THEN 'credential-fallen'
      END AS hindrance
      FROM (SELECT (m.seen->>'terbit')::timestamptz AS issued) t
      LEFT JOIN person p ON p.id = m.person
      LEFT JOIN kegiatan k ON k.id = p.kegiatan_id
      LEFT JOIN organizer o ON o.id = k.organizer_id
      LEFT JOIN kegiatan_naskah n ON n.kegiatan_id = k.id AND n.unsur = p.unsur
      LEFT JOIN naskah w ON w.id = n.naskah AND w.versi = n.versi
      LEFT JOIN roster_version r ON r.kegiatan_id = k.id AND r.versi = p.roster_versi
      LEFT JOIN signer_credential c ON c.id = m.credential_id
      LEFT JOIN LATERAL last_pledge(p.id) last ON true
      LIMIT 1) of
  ), entered AS (
    -- As put_leaf does, and of all in one: two digests, so that the text is an entry.
    INSERT INTO leaf AS l (entry, hash, at) SELECT j.entry, leaf_hash(j.entry), moment FROM judged j WHERE j.hindrance IS NULL
    RETURNING l.id, l.entry
  ), made AS (
    -- The point of no return: from here on the pledge is signed.
    INSERT INTO signature AS g (hash, hash_symbols, kode, person_id, replaces, kegiatan_id, statement, nama, nama_lengkap, jabatan,
      unsur, nomor, wilayah, wilayah_nama, credential_id, authenticator_data, client_data_json, signature, spki,
      evidence_hash, counter_note, at, leaf_id)
    SELECT j.hash, j.hash_symbols, j.kode, j.person, j.withdrawn, j.kegiatan_id, j.statement,
      j.bare_name, j.nama_lengkap, j.jabatan, j.unsur, j.nomor, j.wilayah, j.wilayah_nama,
      j.credential_id, j.authenticator_data, j.client_data_json, j.signature, j.spki, j.evidence_hash,
      CASE WHEN j.counter <= j.counter_before AND j.counter_before > 0 THEN 'counter ' || j.counter || ' after ' || j.counter_before END,
      moment, l.id
    FROM judged j JOIN entered l ON l.entry = j.entry WHERE j.hindrance IS NULL
    RETURNING g.hash, g.counter_note, g.leaf_id
  )
  SELECT jsonb_object_agg(j.n, CASE WHEN j.hindrance IS NULL
    THEN jsonb_build_object('outcome', 'recorded', 'kegiatan_id', j.kegiatan_id, 'nama', j.bare_name, 'replaces', encode(j.withdrawn, 'hex'),
      'counter_note', g.counter_note, 'leaf_id', g.leaf_id, 'at', moment)
    ELSE jsonb_build_object('outcome', j.hindrance) END) INTO answers
  FROM judged j LEFT JOIN made g ON g.hash = j.hash;

  IF moves THEN
    -- A passkey that was bound to one device may be synced from now on.
    UPDATE signer_credential c SET counter = greatest(c.counter, m.counter), backup_eligible = backed_up(m.authenticator_data),
      eligible_since = CASE WHEN backed_up(m.authenticator_data) AND NOT c.backup_eligible THEN moment ELSE c.eligible_since END
    FROM ROWS FROM (jsonb_to_recordset(many) AS (credential_id bytea, counter bigint, authenticator_data bytea))
      WITH ORDINALITY AS m (credential_id, counter, authenticator_data, n)
    WHERE c.id = m.credential_id AND answers->m.n::text->>'outcome' = 'recorded';
  END IF;
  RETURN answers;
END $$;
