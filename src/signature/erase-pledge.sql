-- Removes text, evidence and paper of a pledge, why it was withdrawn, and every other trace of its holder, at whichever organiser,
-- that no other pledge needs. The digests stay: here, and in the ledger. So does the list (erasures.ts says where else the name
-- is). `signed`: whether whoever calls has verified that a passkey signed the statement (proof/erase-data.ts). Whose it is pledge_holder
-- says; unless both do, nothing is taken but the pledge itself: what its row points at may be somebody else's. Outcome: 'erased',
-- 'pledge-unknown', or 'pledge-erased': before, and what an earlier run had to leave, or an earlier version of this function, is cleared
-- now if it can be.
CREATE OR REPLACE FUNCTION erase_pledge(code text, reason text, signed boolean) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  pledge signature%ROWTYPE;
  holder record;
  name text := '';
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
  SELECT h.* INTO holder FROM pledge_holder(code) h WHERE signed OR before AND pledge.statement = '';
  IF holder.nama IS NOT NULL THEN
    name := holder.nama;
    folded := search_fold(name);
    number := holder.nip;
    names := roster_names(holder.tempat, name, number, true);
  END IF;

  IF NOT before THEN
    -- Which line of which list it was, so that whoever erases once more still knows whom.
    INSERT INTO erasure (hash, alasan, daftar, baris) VALUES (pledge.hash, reason, holder.daftar, holder.baris);
  ELSIF reason <> '' AND name <> '' THEN
    -- It is public. One that an earlier version let name the holder is replaced.
    UPDATE erasure e SET alasan = reason WHERE e.hash = pledge.hash
      AND names_person(e.alasan, roster_names(holder.tempat, name, number, false), number);
  END IF;

  IF name <> '' THEN
    -- Organisers with a version of a list that has the holder. At others the same name may be a stranger's.
    offices := ARRAY(SELECT DISTINCT l.organizer_id FROM held_lines(holder.tempat, name, number) l WHERE l.same);

    -- Passkeys of the holder (the one that signed, and those that were made under their number, or for their place under their name), and
    -- those made for this place under a like name that nobody on the last version of any list has, as before a corrected spelling: who held
    -- this place before may serve elsewhere, and their passkey is theirs. One with which a pledge was made that is still here stays, and
    -- goes on working; `remains` tells by which. Names are folded last, and CASE keeps it so: a country's take too long.
    theirs := ARRAY(
      SELECT c.id FROM signer_credential c JOIN person p ON p.id = c.person_id
      WHERE CASE
          WHEN c.id = pledge.credential_id AND c.spki = pledge.spki AND c.spki <> '' THEN true
          WHEN c.nip = number AND number <> '' THEN true
          WHEN p.tempat <> holder.tempat OR c.nip <> '' AND number <> '' THEN false
          WHEN search_fold(c.nama) = folded THEN folded <> ''
          WHEN names_alike(c.nama, name) THEN NOT EXISTS (SELECT FROM held_lines(p.tempat, c.nama, c.nip) l WHERE l.same AND l.now)
          ELSE false END
        AND NOT EXISTS (
          SELECT 1 FROM signature g WHERE g.credential_id = c.id AND NOT EXISTS (SELECT 1 FROM erasure e WHERE e.hash = g.hash)));
    DELETE FROM signer_credential c
    WHERE c.id = ANY (theirs) AND NOT EXISTS (SELECT 1 FROM signature g WHERE g.credential_id = c.id);
    UPDATE signer_credential SET spki = '', user_handle = '', nama = '', nip = '', transports = '{}' WHERE id = ANY (theirs);

    -- Cards under a name of theirs. One that works stays, but of this pledge's place only while a pledge of it is still here.
    UPDATE invitation i SET nama = ''
    FROM person_cards(holder.tempat, name, number) c
    WHERE c.person_id = i.person_id AND c.version = i.version AND c.sure AND NOT (c.works AND (
      (c.kegiatan_id, c.tempat) <> (holder.kegiatan_id, holder.tempat) OR EXISTS (
        SELECT 1 FROM signature g WHERE g.hash = standing_pledge(c.person_id)
          AND NOT EXISTS (SELECT 1 FROM erasure e WHERE e.hash = g.hash))));

    -- Why a place left a list is free text: of a place that nobody else has held; and wherever it names them, and nobody else by that name.
    UPDATE roster_removal r SET alasan = '' FROM person p JOIN kegiatan k ON k.id = p.kegiatan_id
    WHERE p.id = r.person_id AND k.organizer_id = ANY (offices) AND r.alasan <> ''
      AND (EXISTS (
          SELECT FROM held_lines(holder.tempat, name, number) l WHERE l.same AND l.kegiatan_id = p.kegiatan_id AND p.tempat = ANY (l.places))
        AND NOT EXISTS (SELECT FROM other_lines(p.tempat, holder.tempat, name, number) o WHERE o.kegiatan_id = p.kegiatan_id)
        OR names_person(r.alasan, ARRAY(
            SELECT n FROM unnest(names) n EXCEPT
            SELECT s.nama FROM namesakes(offices, holder.tempat, names, number) s WHERE s.organizer_id = k.organizer_id), number));

    -- What officers did with their row. The record's digest stays, and the day's with it.
    WITH gone AS (
      UPDATE riwayat r SET isi = '' FROM person_records(holder.tempat, name, number) f WHERE f.id = r.id AND f.sure
      RETURNING r.id, r.organizer_id
    )
    SELECT jsonb_agg(g) INTO emptied FROM gone g;
  END IF;

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
