-- All that a pledge is made from, and whether it may be made, in one read; no row if there is no such person. A set, so that the
-- keeper's statement takes it in as if it were written there: one plan, which a connection keeps, of look-ups by index alone.
CREATE OR REPLACE FUNCTION pledge_particulars(who_id uuid, passkey_id bytea) RETURNS TABLE (
  now text, dated text, signed boolean, tahap text, late boolean, removed boolean,
  kegiatan_id text, roster_versi integer, nomor text, gelar_depan text, nama text, gelar_belakang text, unsur text, jabatan text,
  wilayah text, areas jsonb, judul text, tempat text, tanggal text, organizer text, organizer_wilayah text,
  naskah text, versi integer, naskah_sha256 bytea, isi text, daftar bytea, size bigint, root bytea,
  credential_id bytea, spki bytea, kunci bytea, user_handle bytea, backup_eligible boolean, transports jsonb, own boolean, stands boolean)
LANGUAGE sql STABLE AS $$
  SELECT ikrar_time(now()),
    -- When an entry would be dated: never before the last one, whatever the clock says. (Found from the end of the index: joined by
    -- its number, the ledger was read whole wherever the plan was as old as its first entries.)
    ikrar_time(greatest(now(), (SELECT l.at FROM leaf l WHERE l.log_index IS NOT NULL ORDER BY l.log_index DESC LIMIT 1))),
    EXISTS (SELECT FROM last_pledge(p.id) g WHERE g.stands),
    tahap_kegiatan(k.id), k.batas <= now(),
    EXISTS (SELECT FROM roster_removal r WHERE r.person_id = p.id AND r.ended_at IS NULL),
    k.id, p.roster_versi, p.nomor, p.gelar_depan, p.nama, p.gelar_belakang, p.unsur, p.jabatan,
    p.wilayah, (
      SELECT jsonb_agg(jsonb_build_object('kode', w.kode, 'nama', w.nama, 'jenis', w.jenis)) FROM wilayah w
      WHERE w.kode IN (p.wilayah, left(p.wilayah, 8), left(p.wilayah, 5), left(p.wilayah, 2))),
    k.judul, k.tempat, k.tanggal::text, o.nama, o.wilayah,
    n.id, n.versi, n.sha256, n.isi,
    (SELECT r.sha256 FROM roster_version r WHERE r.kegiatan_id = p.kegiatan_id AND r.versi = p.roster_versi),
    t.size, t.root,
    c.id, c.spki, sha256(c.spki), c.user_handle, c.backup_eligible, to_jsonb(c.transports),
    EXISTS (
      SELECT FROM person h JOIN kegiatan e ON e.id = h.kegiatan_id
      WHERE h.id = c.person_id AND e.organizer_id = k.organizer_id
        AND signs_as(h.tempat, c.nama, c.nip, p.tempat, p.nama, p.nip)),
    c.id IS NOT NULL AND (SELECT s.stands FROM passkey_standing(c) s)
  FROM person p
  JOIN kegiatan k ON k.id = p.kegiatan_id
  JOIN organizer o ON o.id = k.organizer_id
  LEFT JOIN kegiatan_naskah kn ON kn.kegiatan_id = k.id AND kn.unsur = p.unsur
  LEFT JOIN naskah n ON n.id = kn.naskah AND n.versi = kn.versi
  LEFT JOIN signer_credential c ON c.id = passkey_id
  LEFT JOIN LATERAL (SELECT b.size, b.root FROM checkpoint b ORDER BY b.size DESC LIMIT 1) t ON true
  WHERE p.id = who_id
$$;
