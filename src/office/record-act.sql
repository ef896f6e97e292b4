-- Writes a record of the audit trail, within the statement that does what it tells of: both are there, or neither is. `actor`: as in
-- office/officer.ts; without `id` it is the installation, or who was refused with a link and isn't known; without `peran` nobody acts
-- in a role: who comes, goes or is refused at the entrance. Of `sebelum` and `sesudah` only what differs is kept. Returns the
-- record's id. Whatever it is told is kept for as long as the trail: no secret, no key, no number.
-- It acts for its owner (SECURITY DEFINER): the service's role may only read the trail (src/rights.ts), so that whatever is in it is a
-- text of ours, with its digest and the database's time, which `parseRecord` reads. What can't be a record of ours is refused, whoever
-- calls: also of an officer who acts no more, or in a role that is over or of another event or that may not do it (act-roles.sql), but
-- where the same statement ends it; and what a passkey is said to have done, without what it signed, of the same act and subject, kept by
-- the same statement: one for each record. Whether a signature verifies no function of the database can tell: that is checked when it
-- is read.
CREATE OR REPLACE FUNCTION record_act(actor jsonb, tindakan text, kegiatan text, perihal text, dasar text,
  sebelum jsonb DEFAULT '{}', sesudah jsonb DEFAULT '{}') RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  moment timestamptz;
  who CONSTANT uuid DEFAULT actor->>'id';
  organizer CONSTANT text DEFAULT actor->>'organizer';
  peran CONSTANT text DEFAULT actor->>'peran';
  before CONSTANT jsonb DEFAULT coalesce(sebelum, '{}');
  after CONSTANT jsonb DEFAULT coalesce(sesudah, '{}');
  nama text;
  acts boolean;
  -- Which rows are of the same statement; what ends in it ends now.
  this CONSTANT xid DEFAULT pg_current_xact_id()::xid;
  about text;
  -- What a passkey signed, that this may be a record of; null: of an act that leaves nothing signed.
  signed bigint;
  wrong text;
  written text;
  new_id bigint;
BEGIN
  -- Before anything is looked for in it: masking takes time, and a record of 64 KiB says what stood before and after.
  IF octet_length(concat(actor, tindakan, kegiatan, perihal, dasar, before, after)) > 262144 THEN
    RAISE EXCEPTION 'not a record of ours: length' USING ERRCODE = 'IK422';
  END IF;
  PERFORM must_read_committed();
  -- As long as this goes on no day is closed, and it is dated after those that were.
  LOCK TABLE riwayat IN ROW EXCLUSIVE MODE;
  SELECT clock_timestamp() INTO moment;
  IF who IS NOT NULL THEN
    SELECT mask_numbers(o.nama), o.removed_at IS NULL OR o.xmin = this AND o.removed_at >= now() INTO nama, acts
    FROM officer o WHERE o.id = who AND o.organizer_id = organizer;
  END IF;
  -- A pledge's code, or a recap's area, is no number of anybody.
  about := CASE WHEN perihal ~ '^[a-z ]*[0-9]{2}([.][0-9]{2}){0,2}([.][0-9]{4})?$'
    OR EXISTS (SELECT FROM signature g WHERE g.kode = record_act.perihal) THEN perihal ELSE mask_numbers(perihal) END;
  SELECT CASE
    WHEN who IS NULL THEN NULL
    WHEN record_act.tindakan = 'pencabutan-ajukan' THEN (
      SELECT count(*) FROM withdrawal_request w JOIN signature g ON g.hash = w.hash
      WHERE w."by" = who AND w.xmin = this AND g.kode = record_act.perihal AND g.kegiatan_id = record_act.kegiatan
        AND w.statement <> '' AND w.signature <> '')
    WHEN record_act.tindakan = 'pencabutan-setujui' THEN (
      SELECT count(*) FROM withdrawal w JOIN withdrawal_request q ON q.id = w.request_id JOIN signature g ON g.hash = w.hash
      WHERE w."by" = who AND w.xmin = this AND q.hash = w.hash AND g.kode = record_act.perihal AND g.kegiatan_id = record_act.kegiatan
        AND q.statement <> '' AND w.signature <> '')
    WHEN record_act.tindakan = 'pencabutan-batalkan' THEN (
      SELECT count(*) FROM withdrawal_request w JOIN signature g ON g.hash = w.hash
      WHERE w.ended_by = who AND w.xmin = this AND w.ended_at >= now() AND g.kode = record_act.perihal
        AND g.kegiatan_id = record_act.kegiatan)
    WHEN record_act.tindakan = 'masuk' THEN (
      SELECT count(*) FROM officer_session s JOIN officer_credential c ON c.id = s.credential_id
      WHERE s.officer_id = who AND s.xmin = this AND c.officer_id = who AND c.ended_at IS NULL)
    WHEN record_act.tindakan LIKE 'petugas-%' THEN (
      SELECT count(*) FROM officer_change v
      WHERE v.organizer_id = organizer AND 'petugas-' || v.tindakan = record_act.tindakan AND v.xmin = this AND CASE
        WHEN record_act.tindakan IN ('petugas-masuk', 'petugas-kunci-tautan') THEN v.officer_id = who
        ELSE v."by" = who AND concat_ws(' ', v.officer_id::text, v.nama) = record_act.perihal
          AND (record_act.tindakan = 'petugas-akhiri-tautan' OR v.text <> '' AND v.signature <> ''
            -- What fell with what they signed (end-fallen.sql).
            OR v.tindakan = 'akhiri-peran' AND EXISTS (
              SELECT FROM officer_role f
              WHERE f.officer_id = v.officer_id AND f.ended_by = who AND f.xmin = this AND f.ended_at >= now())
            AND EXISTS (
              SELECT FROM officer_change m WHERE m.organizer_id = organizer AND m."by" = who AND m.xmin = this AND m.text <> ''
                AND m.signature <> '')) END)
    END INTO signed;
  IF signed > 0 THEN
    SELECT signed - count(*) INTO signed FROM riwayat r
    WHERE r.officer_id = who AND r.xmin = this AND r.tindakan = record_act.tindakan
      AND strpos(r.isi, E'\nperihal ' || coalesce(nullif(tidy_line(about), ''), '-') || E'\n') > 0;
  END IF;
  SELECT string_agg(c.part, ', ') INTO wrong FROM (VALUES
    ('act', NOT coalesce(record_act.tindakan = ANY (recorded_acts()), false)),
    ('ground', NOT coalesce(CASE
      WHEN who IS NULL THEN record_act.dasar IN ('pengelola', 'tautan')
      WHEN record_act.tindakan = 'masuk-ditolak' THEN record_act.dasar IN ('kunci-sandi', 'tautan')
      WHEN record_act.tindakan IN ('masuk', 'tindakan-ditolak') THEN record_act.dasar = 'kunci-sandi'
      WHEN record_act.tindakan IN ('petugas-masuk', 'petugas-kunci-tautan') THEN record_act.dasar = 'tautan'
      WHEN record_act.tindakan = 'pencabutan-batalkan' THEN record_act.dasar IN ('sesi', 'kunci-sandi')
      WHEN record_act.tindakan IN ('pencabutan-ajukan', 'pencabutan-setujui')
        OR record_act.tindakan LIKE 'petugas-%' AND record_act.tindakan <> 'petugas-akhiri-tautan' THEN record_act.dasar = 'kunci-sandi'
      ELSE record_act.dasar = 'sesi' END, false)
      -- What a passkey is said to have done stands beside what it signed.
      OR coalesce(signed < 1, false)),
    -- What the installation does is done by the operator's tools; but for the first link, which the service prints when it starts.
    ('installation', CASE
      WHEN record_act.dasar = 'pengelola' THEN NOT pg_has_role(session_user,
          (SELECT c.relowner FROM pg_class c WHERE c.oid = 'public.riwayat'::regclass), 'USAGE')
        AND NOT (record_act.tindakan = 'penyelenggara-undang' AND organizer IS NULL AND NOT EXISTS (SELECT FROM public.organizer))
      ELSE record_act.tindakan IN ('data-hapus', 'penyelenggara-undang')
        OR who IS NULL AND NOT (record_act.tindakan = 'masuk-ditolak' AND record_act.dasar = 'tautan') END),
    ('organiser', organizer !~ '^[0-9a-z]{1,40}$'),
    ('officer', who IS NOT NULL
      AND (coalesce(tidy_line(nama), '') = '' OR NOT acts AND record_act.tindakan <> 'masuk-ditolak')),
    ('role', CASE
      WHEN who IS NULL
        OR record_act.tindakan IN ('masuk', 'masuk-ditolak', 'keluar', 'keluar-semua', 'petugas-masuk', 'petugas-kunci-tautan')
      THEN peran IS NOT NULL
      ELSE nama IS NOT NULL AND NOT (coalesce(peran = ANY (act_roles(record_act.tindakan)), false) AND EXISTS (
        SELECT FROM officer_role r
        WHERE r.officer_id = who AND r.peran = actor->>'peran' AND r.sejak <= clock_timestamp()
          AND (r.ended_at IS NULL OR r.xmin = this AND r.ended_at >= now()) AND coalesce(r.sampai > clock_timestamp(), true)
          AND (r.kegiatan_id IS NULL OR r.kegiatan_id = record_act.kegiatan OR act_own(record_act.tindakan)))) END),
    ('event', record_act.kegiatan IS NOT NULL AND (record_act.kegiatan !~ '^[0-9a-z]{1,40}$' OR NOT EXISTS (
      SELECT FROM kegiatan k WHERE k.id = record_act.kegiatan AND k.organizer_id = organizer))),
    ('name of a value', jsonb_typeof(before) <> 'object' OR jsonb_typeof(after) <> 'object' OR EXISTS (
      SELECT FROM jsonb_path_query(jsonb_build_array(before, after), '$[*].keyvalue().key') k WHERE k #>> '{}' !~ '^[a-z][a-z-]*$'))
  ) c (part, differs) WHERE c.differs;
  IF wrong IS NULL THEN
    WITH said AS (
      SELECT k.kind, e.key, e.value, k.other->>e.key AS other,
        -- What an event publishes, and what is written in digits by its kind. Whatever else is free text.
        CASE e.key
          WHEN 'judul' THEN true WHEN 'tempat' THEN true WHEN 'pola-nomor' THEN true
          WHEN 'kontak-nomor' THEN e.value ~ '^[+][0-9]{8,15}$'
          WHEN 'wilayah' THEN e.value ~ '^[0-9]{2}([.][0-9]{2}){0,2}([.][0-9]{4})?$'
          WHEN 'kunci' THEN e.value ~ '^sha256:[0-9a-f]{64}( sha256:[0-9a-f]{64})*$'
          WHEN 'baris' THEN record_act.tindakan = 'data-hapus'
          ELSE false END AS exact
      FROM (VALUES ('sebelum', before, after), ('sesudah', after, before)) k (kind, of, other), jsonb_each_text(k.of) e
      WHERE e.value IS DISTINCT FROM k.other->>e.key
    ), kept AS (
      -- Two numbers that end alike are no number that stayed.
      SELECT s.kind, s.key, CASE WHEN s.exact THEN s.value ELSE mask_numbers(s.value) || CASE
        WHEN s.kind = 'sesudah' AND tidy_line(mask_numbers(s.value)) = tidy_line(mask_numbers(s.other)) THEN ' (lain)' ELSE '' END END AS value
      FROM said s
    )
    SELECT format_record(jsonb_build_object(
      'waktu', ikrar_time(moment), 'penyelenggara', organizer, 'petugas', who, 'nama', nama, 'peran', peran, 'tindakan', tindakan,
      'kegiatan', kegiatan, 'perihal', about, 'dasar', dasar,
      'sebelum', coalesce(jsonb_object_agg(k.key, k.value) FILTER (WHERE k.kind = 'sebelum'), '{}'),
      'sesudah', coalesce(jsonb_object_agg(k.key, k.value) FILTER (WHERE k.kind = 'sesudah'), '{}'),
      'acak', replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''))) INTO written FROM kept k;
    SELECT 'length' INTO wrong WHERE octet_length(written) > 65535;
  END IF;
  IF wrong IS NOT NULL THEN RAISE EXCEPTION 'not a record of ours: %', wrong USING ERRCODE = 'IK422'; END IF;
  -- Beside it, whose place one was: by order, since clocks may be wrong (signature/person-records.sql).
  INSERT INTO riwayat (organizer_id, officer_id, tindakan, kegiatan_id, isi, sha256, versi, at)
  VALUES (organizer, who, tindakan, kegiatan, written, sha256(convert_to(written, 'UTF8')), (
    SELECT v.versi FROM roster_version v WHERE v.kegiatan_id = kegiatan AND roster_entered(v) ORDER BY v.versi DESC LIMIT 1), moment)
  RETURNING id INTO new_id;
  RETURN new_id;
END $$;
