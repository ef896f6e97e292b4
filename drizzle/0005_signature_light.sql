-- The signer waits for less: one read of all that may hinder, and the paper is due once the entry has its place.

-- Records a signature together with its ledger entry, once for each place on the list. Outcomes: 'recorded' with what the
-- row got here, 'already' (perhaps by another statement of the same person), 'event-closed', 'deadline-passed',
-- 'roster-changed' or 'code-taken'.
-- `s`: the row's fields as JSON, bytes in hexadecimal. `seen`: what of the rows the statement was made from.
CREATE OR REPLACE FUNCTION record_signature(s jsonb, seen jsonb, counter_seen bigint)
RETURNS TABLE (outcome text, nama text, counter_note text, leaf_id bigint, at timestamptz)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  who person%ROWTYPE;
  event kegiatan%ROWTYPE;
  pledge bytea := decode(s->>'hash', 'hex');
  passkey bytea := decode(s->>'credential_id', 'hex');
  counter_before bigint;
  note text;
BEGIN
  -- Only this person's row is locked, so hundreds sign side by side.
  SELECT * INTO STRICT who FROM person WHERE id = (s->>'person_id')::uuid FOR UPDATE;
  -- Holds off whoever edits the event until this is done; whoever edited it before is seen here.
  SELECT * INTO STRICT event FROM kegiatan WHERE id = who.kegiatan_id FOR KEY SHARE;

  -- A statement of its own, so that it sees what was committed while this one waited for the locks.
  SELECT CASE
      WHEN EXISTS (SELECT 1 FROM signature g WHERE g.person_id = who.id) THEN 'already'
      WHEN tahap_kegiatan(event.id) <> 'dibuka' THEN 'event-closed'
      WHEN event.batas <= now() THEN 'deadline-passed'
      WHEN who.roster_versi <> (seen->>'roster_versi')::integer
        OR (event.judul, event.tempat, event.tanggal) IS DISTINCT FROM
          (seen->>'judul', seen->>'tempat', (seen->>'tanggal')::date)
        OR NOT EXISTS (
          SELECT 1 FROM kegiatan_naskah n WHERE n.kegiatan_id = event.id AND n.unsur = who.unsur
            AND n.naskah = seen->>'naskah' AND n.versi = (seen->>'versi')::integer)
        THEN 'roster-changed'
      WHEN EXISTS (SELECT 1 FROM signature g WHERE g.kode = s->>'kode') THEN 'code-taken'
    END, c.counter
  INTO STRICT outcome, counter_before
  FROM signer_credential c WHERE c.id = passkey;
  IF outcome IS NOT NULL THEN
    RETURN NEXT;
    RETURN;
  END IF;

  IF counter_seen > counter_before THEN
    UPDATE signer_credential c SET counter = counter_seen WHERE c.id = passkey AND c.counter < counter_seen;
  ELSIF counter_before > 0 THEN
    note := 'counter ' || counter_seen || ' after ' || counter_before;
  END IF;

  -- The point of no return: from here on the pledge is signed.
  INSERT INTO signature AS g (hash, hash_symbols, kode, person_id, kegiatan_id, statement, nama, nama_lengkap, jabatan,
    unsur, nomor, wilayah, wilayah_nama, credential_id, authenticator_data, client_data_json, signature, spki,
    evidence_hash, counter_note, leaf_id)
  VALUES (pledge, s->>'hash_symbols', s->>'kode', who.id, who.kegiatan_id, s->>'statement',
    who.nama, s->>'nama_lengkap', s->>'jabatan', s->>'unsur', s->>'nomor', who.wilayah, s->>'wilayah_nama',
    passkey, decode(s->>'authenticator_data', 'hex'), decode(s->>'client_data_json', 'hex'),
    decode(s->>'signature', 'hex'), decode(s->>'spki', 'hex'), decode(s->>'evidence_hash', 'hex'), note,
    append_leaf('tanda-tangan', ARRAY[
      'pernyataan sha256:' || (s->>'hash'),
      'bukti sha256:' || (s->>'evidence_hash')]))
  RETURNING 'recorded', g.nama, g.counter_note, g.leaf_id, g.at INTO outcome, nama, counter_note, leaf_id, at;
  RETURN NEXT;
END $$;
--> statement-breakpoint

-- The counts rise in the statement that gives an entry its place in the ledger, so the two can't differ. With it the
-- pledge's paper is due, which names that place.
CREATE OR REPLACE FUNCTION tally_placed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  WITH signed AS (
    SELECT g.hash, g.kegiatan_id, g.wilayah FROM placed p JOIN signature g ON g.leaf_id = p.id
    WHERE p.log_index IS NOT NULL
  ), due AS (
    INSERT INTO document_due (hash) SELECT s.hash FROM signed s ON CONFLICT DO NOTHING
  )
  INSERT INTO tally (kegiatan_id, wilayah, sudah)
  SELECT s.kegiatan_id, wilayah_hitung(s.wilayah), count(*) FROM signed s
  GROUP BY 1, 2
  -- In the order of import_roster, so that the two can't wait crosswise.
  ORDER BY 1, 2
  ON CONFLICT (kegiatan_id, wilayah) DO UPDATE SET sudah = tally.sudah + excluded.sudah;
  RETURN NULL;
END $$;
