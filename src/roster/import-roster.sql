-- Puts a checked list into an event, all of it or nothing. Shown by test/roster/import-roster.test.ts.
-- `versi_seen`: the version that the change was made from, 0 for none. `changed`: new and changed places alone, and those that
-- come back to the list. `off`: places taken off it, for the reason `alasan`. `isi`: the whole list as it then stands
-- (ikrar/daftar@v1), whose digest goes into the ledger.
-- Outcome: 'imported', 'event-unknown', 'roster-changed' (somebody else was first) or 'signed' (the place in `tempat` has
-- signed since).
CREATE OR REPLACE FUNCTION import_roster(kegiatan_seen text, actor jsonb, versi_seen integer, changed text, off text, alasan text,
  isi text)
RETURNS TABLE (outcome text, versi integer, tempat text)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  officer uuid := (actor->>'id')::uuid;
  event kegiatan%ROWTYPE;
  next_versi integer := versi_seen + 1;
  digest bytea := sha256(convert_to(isi, 'UTF8'));
  places text[];
  gone text[];
  found_tempat text;
  -- For the audit trail.
  given integer := cardinality(string_to_array(changed, E'\n'));
  before jsonb;
  away uuid[];
  counts jsonb;
  stood integer DEFAULT 0;
  back integer DEFAULT 0;
BEGIN
  SELECT * INTO event FROM kegiatan k WHERE k.id = kegiatan_seen FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN QUERY SELECT 'event-unknown', versi_seen, NULL::text;
    RETURN;
  END IF;
  PERFORM must_act(actor, event.organizer_id, event.id);
  IF versi_seen <> (SELECT coalesce(max(v.versi), 0) FROM roster_version v WHERE v.kegiatan_id = event.id) THEN
    RETURN QUERY SELECT 'roster-changed', versi_seen, NULL::text;
    RETURN;
  END IF;

  -- A signature in flight holds its person's row; after these lines nobody on a changed row can sign the old text.
  IF versi_seen > 0 THEN
    gone := string_to_array(off, E'\n');
    SELECT array_agg(split_part(line, E'\t', 1)) || gone INTO places FROM string_to_table(changed, E'\n') AS line;
    PERFORM 1 FROM person p WHERE p.kegiatan_id = event.id AND p.tempat = ANY (places) ORDER BY p.id FOR UPDATE;
    GET DIAGNOSTICS stood = ROW_COUNT;
    SELECT p.tempat INTO found_tempat FROM person p
    WHERE p.kegiatan_id = event.id AND p.tempat = ANY (places) AND standing_pledge(p.id) IS NOT NULL LIMIT 1;
    IF FOUND THEN
      RETURN QUERY SELECT 'signed', versi_seen, found_tempat;
      RETURN;
    END IF;
    -- Of a few places the trail says what each was, and is.
    IF cardinality(places) <= 50 THEN
      SELECT coalesce(jsonb_object_agg(p.tempat, to_jsonb(p)), '{}'), array_agg(r.person_id) INTO before, away
      FROM person p LEFT JOIN roster_removal r ON r.person_id = p.id AND r.ended_at IS NULL
      WHERE p.kegiatan_id = event.id AND p.tempat = ANY (places);
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

  IF versi_seen > 0 THEN
    UPDATE roster_removal r SET ended_at = now(), ended_by = officer FROM person p
    WHERE p.id = r.person_id AND r.ended_at IS NULL AND p.kegiatan_id = event.id AND p.tempat = ANY (places)
      AND p.roster_versi = next_versi;
    GET DIAGNOSTICS back = ROW_COUNT;
    INSERT INTO roster_removal (person_id, alasan, by)
    SELECT p.id, alasan, officer FROM person p WHERE p.kegiatan_id = event.id AND p.tempat = ANY (gone);
  END IF;

  -- How many must sign, where that changed; how many have is the ledger's business. In one order, as locks want it.
  INSERT INTO tally (kegiatan_id, wilayah, wajib)
  SELECT event.id, coalesce(m.wilayah, t.wilayah), coalesce(m.wajib, 0)
  FROM (
    SELECT wilayah_hitung(p.wilayah) AS wilayah, count(*)::integer AS wajib
    FROM person p WHERE p.kegiatan_id = event.id
      AND NOT EXISTS (SELECT FROM roster_removal r WHERE r.person_id = p.id AND r.ended_at IS NULL)
    GROUP BY 1
  ) m
  FULL JOIN (SELECT g.wilayah, g.wajib FROM tally g WHERE g.kegiatan_id = event.id) t ON t.wilayah = m.wilayah
  WHERE coalesce(m.wajib, 0) IS DISTINCT FROM t.wajib
  ORDER BY 2
  ON CONFLICT (kegiatan_id, wilayah) DO UPDATE SET wajib = excluded.wajib;

  IF EXISTS (SELECT 1 FROM kegiatan_tahap t WHERE t.kegiatan_id = event.id AND t.tahap = 'dibuka') THEN
    PERFORM number_places(event.id, event.nomor_pola, event.tanggal);
  END IF;
  stood := stood - coalesce(cardinality(gone), 0);
  counts := jsonb_build_object('versi', next_versi, 'daftar', 'sha256:' || encode(digest, 'hex'), 'baru', nullif(given - stood, 0), 'berubah', nullif(stood - back, 0),
    'kembali', nullif(back, 0), 'keluar', nullif(cardinality(gone), 0), 'alasan', alasan);
  -- A change of one place that was there is one record.
  IF before IS NULL OR cardinality(places) > 1 OR before = '{}' THEN
    PERFORM record_act(actor, 'daftar-impor', event.id, NULL, 'sesi', '{}', counts);
  END IF;
  IF before IS NOT NULL THEN
    PERFORM record_act(actor, 'daftar-ubah', event.id, p.id::text, 'sesi', roster_fields(before->p.tempat),
      CASE WHEN cardinality(places) = 1 AND before <> '{}' THEN counts ELSE jsonb_build_object('versi', next_versi,
        'baru', CASE WHEN before->p.tempat IS NULL THEN 1 END, 'kembali', CASE WHEN p.id = ANY (away) AND p.tempat <> ALL (coalesce(gone, '{}')) THEN 1 END,
        'keluar', CASE WHEN p.tempat = ANY (gone) THEN 1 END, 'alasan', CASE WHEN p.tempat = ANY (gone) THEN alasan END) END
      || roster_fields(to_jsonb(p), before->p.tempat))
    FROM (SELECT * FROM person p WHERE p.kegiatan_id = event.id AND p.tempat = ANY (places) ORDER BY p.tempat COLLATE "C") p;
  END IF;
  RETURN QUERY SELECT 'imported', next_versi, NULL::text;
END $$;
