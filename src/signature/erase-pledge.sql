-- Removes text, evidence and paper of a pledge, why it was withdrawn, and every other trace of its holder, at whichever organiser,
-- that no other pledge needs. The digests stay: here, and in the ledger. So does the list (erasures.ts says where else the name
-- is). Outcome: 'erased', 'pledge-unknown', or 'pledge-erased': before, and what an earlier run had to leave, or an earlier
-- version of this function, is cleared now if it can be.
CREATE OR REPLACE FUNCTION erase_pledge(code text, reason text) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  pledge signature%ROWTYPE;
  place person%ROWTYPE;
  name text;
  folded text;
  names text[];
  number text;
  offices text[];
  theirs bytea[];
  before boolean;
  -- Records that lose their text: [{id, organizer_id}].
  emptied jsonb;
BEGIN
  -- No entry gets its place meanwhile: the public list would keep the name.
  PERFORM FROM tree FOR UPDATE;
  -- In the order of confirm_withdrawal, so that the two can't wait crosswise.
  PERFORM FROM withdrawal_request r JOIN signature g ON g.hash = r.hash
  WHERE g.kode = code AND r.ended_at IS NULL FOR UPDATE OF r;
  PERFORM FROM person p JOIN signature g ON g.person_id = p.id WHERE g.kode = code FOR UPDATE OF p;
  SELECT * INTO pledge FROM signature g WHERE g.kode = code FOR UPDATE;
  IF NOT FOUND THEN RETURN 'pledge-unknown'; END IF;
  before := EXISTS (SELECT 1 FROM erasure e WHERE e.hash = pledge.hash);
  SELECT * INTO STRICT place FROM person p WHERE p.id = pledge.person_id;
  SELECT h.nama, search_fold(h.nama), h.nip INTO STRICT name, folded, number FROM pledge_holder(code) h;
  names := roster_names(place.tempat, name, number, true);

  IF NOT before THEN
    INSERT INTO erasure (hash, alasan) VALUES (pledge.hash, reason);
  ELSIF reason <> '' THEN
    -- It is public. One that an earlier version let name the holder is replaced.
    UPDATE erasure e SET alasan = reason WHERE e.hash = pledge.hash
      AND names_person(e.alasan, roster_names(place.tempat, name, number, false), number);
  END IF;

  -- Organisers with a version of a list that has the holder. At others the same name may be a stranger's.
  offices := ARRAY(
    SELECT k.organizer_id FROM kegiatan k WHERE k.id = pledge.kegiatan_id
    UNION
    SELECT k.organizer_id FROM roster_lines(place.tempat, number) l JOIN kegiatan k ON k.id = l.kegiatan_id
    WHERE l.nip = number AND number <> '' OR l.here AND search_fold(l.nama) = folded AND folded <> '');

  -- Passkeys of the holder, and those made for this place under a like name that nobody on any list has any more, as before a
  -- corrected spelling: who held this place before may serve elsewhere, and their passkey is theirs. One with which a pledge was
  -- made that is still here stays, and goes on working. Names are folded last, and CASE keeps it so: a country's take too long.
  theirs := ARRAY(
    SELECT c.id FROM signer_credential c JOIN person p ON p.id = c.person_id
    WHERE CASE
        WHEN c.id = pledge.credential_id THEN true
        WHEN c.nip = number AND number <> '' THEN true
        WHEN p.tempat <> place.tempat OR c.nip <> '' AND number <> '' THEN false
        WHEN search_fold(c.nama) = folded THEN folded <> ''
        WHEN names_alike(c.nama, name) THEN NOT EXISTS (
          SELECT FROM person o WHERE CASE WHEN o.tempat = p.tempat OR o.nip = c.nip AND c.nip <> ''
            THEN same_holder(p.tempat, search_fold(c.nama), c.nip, o.tempat, search_fold(o.nama), o.nip) ELSE false END)
        ELSE false END
      AND NOT EXISTS (
        SELECT 1 FROM signature g WHERE g.credential_id = c.id AND NOT EXISTS (SELECT 1 FROM erasure e WHERE e.hash = g.hash)));
  DELETE FROM signer_credential c
  WHERE c.id = ANY (theirs) AND NOT EXISTS (SELECT 1 FROM signature g WHERE g.credential_id = c.id);
  UPDATE signer_credential SET spki = '', user_handle = '', nama = '', nip = '', transports = '{}' WHERE id = ANY (theirs);

  -- Cards of this place, but for those of another holder, and of a pledge of the same holder that is still here.
  UPDATE invitation i SET nama = ''
  WHERE i.person_id = place.id AND i.nama <> '' AND NOT (
    i.nama = place.nama AND (
      NOT same_holder(place.tempat, folded, number, place.tempat, search_fold(place.nama), place.nip)
      OR EXISTS (
        SELECT 1 FROM signature g WHERE g.hash = standing_pledge(place.id)
          AND NOT EXISTS (SELECT 1 FROM erasure e WHERE e.hash = g.hash))));
  -- And with a name of theirs, those of other places that open nothing any more: replaced, or of a place that has another holder
  -- now. In another dress only at the same place.
  UPDATE invitation i SET nama = '' FROM person p JOIN kegiatan k ON k.id = p.kegiatan_id
  WHERE p.id = i.person_id AND k.organizer_id = ANY (offices) AND p.id <> place.id AND i.nama <> ''
    AND CASE WHEN i.nama = ANY (names) THEN true WHEN p.tempat = place.tempat THEN names_alike(i.nama, name) ELSE false END
    AND (p.nama <> i.nama OR EXISTS (SELECT FROM invitation n WHERE n.person_id = i.person_id AND n.version > i.version));

  -- Why a place left a list is free text: here, but for one where another holder is off the list now; and wherever it names them.
  UPDATE roster_removal r SET alasan = '' FROM person p JOIN kegiatan k ON k.id = p.kegiatan_id
  WHERE p.id = r.person_id AND k.organizer_id = ANY (offices) AND r.alasan <> ''
    AND (p.id = place.id
        AND (r.ended_at IS NOT NULL OR same_holder(place.tempat, folded, number, place.tempat, search_fold(place.nama), place.nip))
      OR names_person(r.alasan, names, number));

  -- What officers did with their row: records about a place that they held then, by the version of the list that was in force, which
  -- the ledger dates (roster-times.sql); about such a place, or their number, under their whole name; and a reason that names them. Who
  -- holds it now says nothing: officers, and the service, may write that. A longer name that has theirs in it is another's. The
  -- record's digest stays, and the day's with it. What was done to officers and events stays: nobody's own trail ends with their pledge.
  WITH line AS MATERIALIZED (
    SELECT l.*, l.nip = number AND number <> '' OR l.here AND (l.nip = '' OR number = '') AND search_fold(l.nama) = folded AND folded <> ''
      AS same
    FROM roster_lines(place.tempat, number) l
  ), version AS MATERIALIZED (
    SELECT e.kegiatan_id, t.* FROM (SELECT DISTINCT l.kegiatan_id FROM line l) e, roster_times(e.kegiatan_id) t
  ), held AS MATERIALIZED (
    -- Also under what may be an earlier spelling.
    SELECT l.kegiatan_id, l.places, l.nama, l.same, v.since, v.until
    FROM line l JOIN version v ON v.kegiatan_id = l.kegiatan_id AND v.versi = l.versi
    WHERE l.same OR l.here AND (l.nip = '' OR number = '') AND names_alike(l.nama, name)
  ), called AS MATERIALIZED (
    SELECT name AS nama, '-infinity'::timestamptz AS since WHERE name <> ''
    UNION ALL
    SELECT h.nama, min(h.since) FROM held h WHERE h.same GROUP BY h.nama
  ), gone AS (
    UPDATE riwayat r SET isi = ''
    WHERE r.organizer_id = ANY (offices) AND r.isi <> '' AND r.tindakan NOT LIKE ALL (ARRAY['petugas-%', 'kegiatan-%', 'data-hapus'])
      AND (EXISTS (
        SELECT FROM person p JOIN kegiatan k ON k.id = p.kegiatan_id
        WHERE k.organizer_id = r.organizer_id AND p.id::text = substring(r.isi FROM E'\\nperihal ([0-9a-f-]{36})\\n') AND (
          EXISTS (
            SELECT FROM held h WHERE h.kegiatan_id = p.kegiatan_id AND p.tempat = ANY (h.places) AND coalesce(h.until > r.at, true)
              -- Earlier releases kept the time of a record in whole seconds.
              AND (h.since <= r.at OR date_trunc('second', h.since) = r.at))
          OR (p.tempat = place.tempat
              OR number <> '' AND r.isi ~ (E'\\n(?:sebelum|sesudah) nip ' || mask_nip(number) || E'(?: \\(lain\\))?\\n'))
            AND EXISTS (
              SELECT FROM regexp_matches(r.isi, E'\\n(?:sebelum|sesudah) nama ([^\\n]+)', 'g') m
              WHERE m[1] IN (SELECT c.nama FROM called c WHERE c.since <= r.at OR date_trunc('second', c.since) = r.at)
                OR search_fold(m[1]) = folded AND folded <> '')))
        OR r.tindakan LIKE 'daftar-%' AND names_person(substring(r.isi FROM E'\\nsesudah alasan ([^\\n]+)'),
          ARRAY(SELECT c.nama FROM called c WHERE c.nama LIKE '% %' AND (c.since <= r.at OR date_trunc('second', c.since) = r.at)), number))
    RETURNING r.id, r.organizer_id
  )
  SELECT jsonb_agg(g) INTO emptied FROM gone g;

  UPDATE signature SET statement = '', nama = '', nama_lengkap = '', jabatan = '', nomor = '', authenticator_data = '',
    client_data_json = '', signature = '', spki = '', counter_note = NULL
  WHERE hash = pledge.hash;
  -- Nobody could confirm an open one any more; and why may name the holder.
  UPDATE withdrawal_request r SET ended_at = now()
  WHERE r.hash = pledge.hash AND r.ended_at IS NULL AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.request_id = r.id);
  IF FOUND THEN
    PERFORM record_act(jsonb_build_object('organizer', k.organizer_id), 'pencabutan-batalkan', k.id, pledge.kode, 'pengelola', '{}',
      '{"alasan": "data-hapus"}') FROM kegiatan k WHERE k.id = pledge.kegiatan_id;
  END IF;
  UPDATE withdrawal_request r SET statement = '' WHERE r.hash = pledge.hash;
  DELETE FROM listing l WHERE l.hash = pledge.hash;
  DELETE FROM document d WHERE d.hash = pledge.hash;
  DELETE FROM document_due d WHERE d.hash = pledge.hash;
  -- Which records lost their text is itself on record, for whoever checks the trail (office/check-trail.ts).
  PERFORM record_act(jsonb_build_object('organizer', g.organizer), 'data-hapus', g.event, pledge.kode, 'pengelola', '{}',
    jsonb_build_object('baris', g.rows))
  FROM (
    SELECT coalesce(e.organizer_id, k.organizer_id) AS organizer,
      CASE WHEN coalesce(e.organizer_id, k.organizer_id) = k.organizer_id THEN k.id END AS event, e.rows
    FROM kegiatan k LEFT JOIN (
      SELECT n.organizer_id, string_agg(n.id::text, ' ' ORDER BY n.id) AS rows
      FROM (SELECT r.*, (row_number() OVER (PARTITION BY r.organizer_id ORDER BY r.id) - 1) / 1000 AS part
        FROM jsonb_to_recordset(coalesce(emptied, '[]')) r (id bigint, organizer_id text)) n
      GROUP BY n.organizer_id, n.part
    ) e ON true
    WHERE k.id = pledge.kegiatan_id
    UNION ALL
    -- Always one at the pledge's own organiser.
    SELECT k.organizer_id, k.id, NULL FROM kegiatan k
    WHERE k.id = pledge.kegiatan_id AND emptied IS NOT NULL AND NOT EXISTS (
      SELECT FROM jsonb_to_recordset(emptied) r (id bigint, organizer_id text) WHERE r.organizer_id = k.organizer_id)
  ) g;
  IF before THEN RETURN 'pledge-erased'; END IF;
  RETURN 'erased';
END $$;
