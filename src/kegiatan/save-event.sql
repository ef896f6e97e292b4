-- Writes an event's own fields for `actor` (office/officer.ts), `e`: judul, rezim, tempat, tanggal, zona, batas, nomor_pola, and perhaps kontak_nama and
-- kontak_nomor, which no statement carries. A new id makes a new event. `seen`, perhaps, in it: the same fields as whoever changes them saw
-- them, so that what another has written meanwhile isn't overwritten unseen.
-- Once it was opened, each deadline that is moved is kept, for everyone to see. Outcome: 'saved', 'event-unknown', 'event-changed' (it is no longer as it was seen),
-- 'event-deadline-past', 'event-numbered' (the pattern, once numbers are given) or 'event-signed' (anything a statement carries, once there is one).
CREATE OR REPLACE FUNCTION save_event(event_id text, actor jsonb, e jsonb) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  organizer text := actor->>'organizer';
  officer uuid := (actor->>'id')::uuid;
  old kegiatan%ROWTYPE;
  saved kegiatan%ROWTYPE;
  seen jsonb := e->'seen';
  -- Before.
  words text;
  new_batas timestamptz := (e->>'batas')::timestamptz;
BEGIN
  PERFORM must_act(actor, organizer, event_id);
  -- A signature's foreign key holds this row until it is committed, so none slips in between check and change.
  SELECT * INTO old FROM kegiatan k WHERE k.id = event_id FOR UPDATE;
  IF NOT FOUND THEN
    IF new_batas <= clock_timestamp() THEN RETURN 'event-deadline-past'; END IF;
    INSERT INTO kegiatan (id, organizer_id, judul, rezim, tempat, tanggal, zona, batas, nomor_pola, kontak_nama,
      kontak_nomor, created_by)
    VALUES (event_id, organizer, e->>'judul', e->>'rezim', e->>'tempat', (e->>'tanggal')::date, e->>'zona', new_batas,
      e->>'nomor_pola', coalesce(e->>'kontak_nama', ''), coalesce(e->>'kontak_nomor', ''), officer)
    RETURNING * INTO saved;
    PERFORM record_act(actor, 'kegiatan-buat', event_id, NULL, 'sesi', '{}', jsonb_build_object('judul', saved.judul, 'rezim', saved.rezim,
      'tempat', saved.tempat, 'tanggal', saved.tanggal, 'zona', saved.zona, 'batas', ikrar_time(saved.batas), 'pola-nomor', saved.nomor_pola,
      'kontak-nama', saved.kontak_nama, 'kontak-nomor', saved.kontak_nomor));
    RETURN 'saved';
  END IF;
  IF old.organizer_id <> organizer THEN RETURN 'event-unknown'; END IF;
  -- Who saw it knows milliseconds.
  IF seen IS NOT NULL AND (old.judul, old.rezim, old.tempat, old.tanggal, old.zona, date_trunc('milliseconds', old.batas), old.nomor_pola,
      old.kontak_nama, old.kontak_nomor)
    IS DISTINCT FROM (seen->>'judul', seen->>'rezim', seen->>'tempat', (seen->>'tanggal')::date, seen->>'zona',
      (seen->>'batas')::timestamptz, seen->>'nomor_pola', seen->>'kontak_nama', seen->>'kontak_nomor')
  THEN RETURN 'event-changed'; END IF;
  IF (old.judul, old.rezim, old.tempat, old.tanggal, old.zona, old.nomor_pola)
    IS DISTINCT FROM (e->>'judul', e->>'rezim', e->>'tempat', (e->>'tanggal')::date, e->>'zona', e->>'nomor_pola')
    AND EXISTS (SELECT 1 FROM signature g WHERE g.kegiatan_id = event_id)
  THEN RETURN 'event-signed'; END IF;
  IF (old.nomor_pola, old.tanggal) IS DISTINCT FROM (e->>'nomor_pola', (e->>'tanggal')::date)
    AND EXISTS (SELECT 1 FROM person p WHERE p.kegiatan_id = event_id AND p.nomor IS NOT NULL)
  THEN RETURN 'event-numbered'; END IF;
  IF new_batas <> old.batas AND new_batas <= clock_timestamp() THEN RETURN 'event-deadline-past'; END IF;

  IF new_batas <> old.batas AND tahap_kegiatan(event_id) <> 'disiapkan' THEN
    INSERT INTO kegiatan_batas (kegiatan_id, dari, menjadi, "by", at)
    VALUES (event_id, old.batas, new_batas, officer, clock_timestamp());
  END IF;
  UPDATE kegiatan SET judul = e->>'judul', rezim = e->>'rezim', tempat = e->>'tempat', tanggal = (e->>'tanggal')::date,
    zona = e->>'zona', batas = new_batas, nomor_pola = e->>'nomor_pola',
    kontak_nama = coalesce(e->>'kontak_nama', kontak_nama), kontak_nomor = coalesce(e->>'kontak_nomor', kontak_nomor)
  WHERE id = event_id RETURNING * INTO saved;
  -- Words written for the other regime no longer fit.
  SELECT string_agg(kn.unsur || ' ' || kn.naskah || '/' || kn.versi, ', ' ORDER BY kn.unsur COLLATE "C") INTO words
  FROM kegiatan_naskah kn WHERE kn.kegiatan_id = event_id;
  DELETE FROM kegiatan_naskah kn USING naskah n
  WHERE kn.kegiatan_id = event_id AND n.id = kn.naskah AND n.versi = kn.versi AND n.rezim NOT IN (e->>'rezim', 'umum');
  IF FOUND OR old IS DISTINCT FROM saved THEN
    PERFORM record_act(actor, 'kegiatan-ubah', event_id, NULL, 'sesi', jsonb_build_object('judul', old.judul, 'rezim', old.rezim,
      'tempat', old.tempat, 'tanggal', old.tanggal, 'zona', old.zona, 'batas', ikrar_time(old.batas), 'pola-nomor', old.nomor_pola,
      'kontak-nama', old.kontak_nama, 'kontak-nomor', old.kontak_nomor, 'naskah', words), jsonb_build_object('judul', saved.judul,
      'rezim', saved.rezim, 'tempat', saved.tempat, 'tanggal', saved.tanggal, 'zona', saved.zona, 'batas', ikrar_time(saved.batas),
      'pola-nomor', saved.nomor_pola, 'kontak-nama', saved.kontak_nama, 'kontak-nomor', saved.kontak_nomor, 'naskah', (
        SELECT string_agg(kn.unsur || ' ' || kn.naskah || '/' || kn.versi, ', ' ORDER BY kn.unsur COLLATE "C")
        FROM kegiatan_naskah kn WHERE kn.kegiatan_id = event_id)));
  END IF;
  RETURN 'saved';
END $$;
