-- Writes a record of the audit trail, within the statement that does what it tells of: both are there, or neither is. `actor`: as in
-- office/officer.ts; without `id` it is the installation, or who was refused with a link and isn't known; without `peran` nobody acts
-- in a role: who comes, goes or is refused at the entrance. Of `sebelum` and `sesudah` only what differs is kept. Returns the
-- record's id. Whatever it is told is kept for as long as the trail: no secret, no key, no number.
-- It acts for its owner (SECURITY DEFINER): the service's role may only read the trail (src/rights.ts), so that whatever is in it is a
-- text of ours, with its digest and the database's time. What can't be a record of ours is refused, whoever calls: also of an officer
-- who acts no more, or in a role that is over, but where the same statement ends it; and what a passkey is said to have done, without
-- what it signed.
CREATE OR REPLACE FUNCTION record_act(actor jsonb, tindakan text, kegiatan text, perihal text, dasar text,
  sebelum jsonb DEFAULT '{}', sesudah jsonb DEFAULT '{}') RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  moment timestamptz := date_trunc('second', clock_timestamp());
  nama text;
  acts boolean;
  -- Which rows are of the same statement.
  this CONSTANT xid DEFAULT pg_current_xact_id()::xid;
  wrong text;
  -- What an event publishes, and what is written in digits by its kind. Whatever else is free text.
  exact CONSTANT text[] := ARRAY['judul', 'tempat', 'kontak-nomor', 'pola-nomor', 'wilayah', 'batas', 'tanggal', 'sampai', 'kegiatan',
    'baris', 'naskah'];
  written text;
  new_id bigint;
BEGIN
  IF actor->>'id' IS NOT NULL THEN
    SELECT o.nama, o.removed_at IS NULL OR o.xmin = this INTO nama, acts
    FROM officer o WHERE o.id = (actor->>'id')::uuid AND o.organizer_id = actor->>'organizer';
  END IF;
  SELECT string_agg(c.part, ', ') INTO wrong FROM (VALUES
    ('act', NOT coalesce(record_act.tindakan = ANY (recorded_acts()), false)),
    -- What a passkey is said to have done stands beside what it signed, kept by the same statement.
    ('ground', NOT coalesce(CASE
      WHEN actor->>'id' IS NULL THEN record_act.dasar IN ('pengelola', 'tautan')
      WHEN record_act.tindakan = 'masuk-ditolak' THEN record_act.dasar IN ('kunci-sandi', 'tautan')
      WHEN record_act.tindakan IN ('masuk', 'tindakan-ditolak') THEN record_act.dasar = 'kunci-sandi'
      WHEN record_act.tindakan IN ('petugas-masuk', 'petugas-kunci-tautan') THEN record_act.dasar = 'tautan'
      WHEN record_act.tindakan = 'pencabutan-batalkan' THEN record_act.dasar IN ('sesi', 'kunci-sandi')
      WHEN record_act.tindakan = 'pencabutan-ajukan' THEN record_act.dasar = 'kunci-sandi' AND EXISTS (
        SELECT FROM withdrawal_request w WHERE w."by" = (actor->>'id')::uuid AND w.xmin = this)
      WHEN record_act.tindakan = 'pencabutan-setujui' THEN record_act.dasar = 'kunci-sandi' AND EXISTS (
        SELECT FROM withdrawal w WHERE w."by" = (actor->>'id')::uuid AND w.xmin = this)
      WHEN record_act.tindakan LIKE 'petugas-%' AND record_act.tindakan <> 'petugas-akhiri-tautan'
      THEN record_act.dasar = 'kunci-sandi' AND EXISTS (
        SELECT FROM officer_change v
        WHERE v."by" = (actor->>'id')::uuid AND 'petugas-' || v.tindakan = record_act.tindakan AND v.xmin = this)
      ELSE record_act.dasar = 'sesi' END, false)),
    -- What the installation does is done by the operator's tools; but for the first link, which the service prints when it starts.
    ('installation', CASE
      WHEN record_act.dasar = 'pengelola' THEN NOT pg_has_role(session_user,
          (SELECT c.relowner FROM pg_class c WHERE c.oid = 'public.riwayat'::regclass), 'USAGE')
        AND NOT (record_act.tindakan = 'penyelenggara-undang' AND actor->>'organizer' IS NULL AND NOT EXISTS (SELECT FROM organizer))
      ELSE record_act.tindakan IN ('data-hapus', 'penyelenggara-undang')
        OR actor->>'id' IS NULL AND NOT (record_act.tindakan = 'masuk-ditolak' AND record_act.dasar = 'tautan') END),
    ('officer', actor->>'id' IS NOT NULL AND (nama IS NULL OR NOT acts AND record_act.tindakan <> 'masuk-ditolak')),
    ('role', nama IS NOT NULL AND CASE
      WHEN record_act.tindakan IN ('masuk', 'masuk-ditolak', 'keluar', 'keluar-semua', 'petugas-masuk', 'petugas-kunci-tautan')
      THEN actor->>'peran' IS NOT NULL
      ELSE NOT EXISTS (
        SELECT FROM officer_role r
        WHERE r.officer_id = (actor->>'id')::uuid AND r.peran = actor->>'peran' AND r.sejak <= clock_timestamp()
          AND (r.ended_at IS NULL OR r.xmin = this) AND coalesce(r.sampai > now(), true)) END),
    ('event', record_act.kegiatan IS NOT NULL AND NOT EXISTS (
      SELECT FROM kegiatan k WHERE k.id = record_act.kegiatan AND k.organizer_id = actor->>'organizer')),
    ('name of a value', EXISTS (
      SELECT FROM jsonb_object_keys(record_act.sebelum || record_act.sesudah) k WHERE k !~ '^[a-z][a-z-]*$'))
  ) c (part, differs) WHERE c.differs;
  IF wrong IS NULL THEN
    written := format_record(jsonb_build_object(
      'waktu', ikrar_time(moment), 'penyelenggara', actor->>'organizer', 'petugas', actor->>'id',
      'nama', mask_numbers(nama), 'peran', actor->>'peran', 'tindakan', tindakan, 'kegiatan', kegiatan,
      'perihal', CASE WHEN coalesce(sesudah->>'dicoba', tindakan) LIKE 'petugas-%' OR tindakan = 'masuk-ditolak'
        THEN mask_numbers(perihal) ELSE perihal END, 'dasar', dasar,
      'sebelum', (SELECT coalesce(jsonb_object_agg(e.key, CASE WHEN e.key = ANY (exact) THEN e.value ELSE mask_numbers(e.value) END), '{}')
        FROM jsonb_each_text(sebelum) e WHERE e.value IS DISTINCT FROM sesudah->>e.key),
      'sesudah', (SELECT coalesce(jsonb_object_agg(e.key, CASE WHEN e.key = ANY (exact) THEN e.value ELSE mask_numbers(e.value) END), '{}')
        FROM jsonb_each_text(sesudah) e WHERE e.value IS DISTINCT FROM sebelum->>e.key),
      'acak', replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '')));
    SELECT 'length' INTO wrong WHERE octet_length(written) > 65535;
  END IF;
  IF wrong IS NOT NULL THEN RAISE EXCEPTION 'not a record of ours: %', wrong USING ERRCODE = 'IK422'; END IF;
  INSERT INTO riwayat (organizer_id, officer_id, tindakan, kegiatan_id, isi, sha256, at)
  VALUES (actor->>'organizer', (actor->>'id')::uuid, tindakan, kegiatan, written, sha256(convert_to(written, 'UTF8')), moment)
  RETURNING id INTO new_id;
  RETURN new_id;
END $$;
