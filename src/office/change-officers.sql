-- Makes more or fewer of those who may approve, on the word of an officer's passkey. `a`: tindakan (office/change.ts), actor
-- (office/officer.ts), what their passkey made over `text`, and about whom: target (uuid) and nama; for a link its digest
-- and hours, for a new passkey credential, new_spki, user_handle, counter and backup_eligible, for one that ends credential,
-- for what was looked at (`periksa`), or was shown when they vouched (`jamin`), `sampai`: id of the last change; for a role
-- (`undang`, `beri-peran`, `akhiri-peran`) peran, kegiatan, lembaga, jabatan, berlaku_mulai and berlaku_sampai; with `versi`, the id of
-- its row when it was shown, it is one that is held, and `beri-peran` changes it (change-role.sql): what is held ends, and something else
-- is given, so that it takes the right to end the one and to give the other; and with `ikut`, what was shown of what ends with it
-- (falls-shown.sql). For `jamin` keys, the digests of those that the text names. Bytes in hexadecimal. Changes of one organiser take
-- turns at its row.
-- Outcome: 'changed', 'officer-removed' (who acts, or the passkey it was signed with), 'statement-lapsed' (of another moment than
-- ours, or signed for something before), 'officer-unknown', 'officer-last', 'officer-known' (vouched for by the same before),
-- 'officer-changed' (got a passkey that wasn't shown to who vouches), 'officer-own' (nobody vouches for themselves),
-- 'officer-named' (another has that name, as a reader sees it), 'officer-invited' (another's invitation of that name is open),
-- 'officer-fresh' (who acts came, or got the passkey, less than 24 hours ago, nor has the installation vouched since, and takes
-- nothing from who was there before, nor, by a detour, a role that was), 'officer-stranger' (nor does one whom nobody known knows as penyelenggara),
-- 'key-unknown', 'key-last' (none would be left, or none that is surely theirs), 'role-known' (they have it), 'role-same' (and just so), 'role-changed' (it isn't what was shown),
-- 'role-unknown' (they don't have it), 'falls-unseen' (more ends with it than was shown), 'role-last' (without it nobody is
-- penyelenggara, or not for good), 'role-event' (no event of this organiser, or not what the role may be of), 'role-past' (it would have
-- ended), 'role-early' (it would have begun on a day before this one), 'role-reversed' (it would end before it begins), 'role-begun' (it
-- has, and begins on no other day), 'role-beyond' (it would outlast that of who gives it), 'role-bound' (a penyelenggara's is made longer,
-- or sooner, by who gave it alone), 'key-unowned' (office/officer-key-owned.sql), 'key-oldest' (another's oldest passkey is ended by its
-- owner alone) or 'credential-taken'.
CREATE OR REPLACE FUNCTION change_officers(a jsonb, terbit timestamptz) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  act text := a->>'tindakan';
  organizer text := a->'actor'->>'organizer';
  actor uuid := (a->'actor'->>'id')::uuid;
  signed_with bytea := decode(a->>'spki', 'hex');
  target uuid := (a->>'target')::uuid;
  credential bytea := decode(a->>'credential', 'hex');
  since timestamptz;
  fresh boolean;
  -- The passkey that ends, and those that end with it.
  ending bytea[];
  -- Of `periksa`: what was acknowledged with that passkey before.
  acknowledged bytea[];
  own boolean := act IN ('tautan-kunci', 'tambah-kunci', 'periksa') OR act = 'akhiri-kunci' AND target = actor;
  role text := a->>'peran';
  event text := a->>'kegiatan';
  from_day timestamptz := (a->>'berlaku_mulai')::timestamptz;
  until timestamptz := (a->>'berlaku_sampai')::timestamptz;
  held officer_role%ROWTYPE;
  -- What comes of it, or is given, or offered.
  given officer_role%ROWTYPE;
  shown bigint := (a->>'versi')::bigint;
  -- When a role begins that is given; of one that was to come, when it was to.
  begins timestamptz;
  was_to_come timestamptz;
  -- Whether it takes something from `target`. Whoever changes a role takes the one that was.
  takes boolean := act IN ('keluarkan', 'akhiri-kunci', 'akhiri-peran');
  -- Whether a role ends sooner than it did, or begins later; whether it lasts longer, or begins sooner.
  narrows boolean := false;
  widens boolean := false;
  -- The end that a role gets whose change ends others.
  falls_until timestamptz;
  -- `ubah-peran`: the role that is given is held, and only changed.
  kind text := act;
  were_open bytea[];
  -- Whether something else ends with it than was shown: asked once it can be at all.
  unseen boolean := false;
BEGIN
  PERFORM FROM organizer o WHERE o.id = organizer FOR NO KEY UPDATE;
  were_open := ARRAY(SELECT i.digest FROM open_links(organizer) i);
  -- Requests before officers, as whoever confirms or ends one takes them.
  IF act IN ('keluarkan', 'akhiri-kunci', 'akhiri-peran') THEN
    PERFORM FROM withdrawal_request r WHERE r."by" = target AND r.ended_at IS NULL ORDER BY r.id FOR UPDATE;
  END IF;
  -- Whoever was removed while waiting may change nothing any more.
  IF NOT actor_acts(a->'actor', organizer, own => own) OR NOT officer_signs(actor, organizer, signed_with) THEN RETURN 'officer-removed'; END IF;
  IF terbit NOT BETWEEN clock_timestamp() - interval '10 minutes' AND clock_timestamp() + interval '2 seconds'
    OR EXISTS (SELECT 1 FROM officer_change v WHERE v.text = a->>'text')
  THEN RETURN 'statement-lapsed'; END IF;
  IF target IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM officer o WHERE o.id = target AND o.organizer_id = organizer AND o.removed_at IS NULL
  ) THEN RETURN 'officer-unknown'; END IF;
  since := fresh_since(actor, signed_with);
  fresh := since IS NOT NULL;
  IF act IN ('undang', 'beri-peran') THEN
    IF NOT role_fits(role, event)
      OR event IS NOT NULL AND NOT EXISTS (SELECT 1 FROM kegiatan k WHERE k.id = event AND k.organizer_id = organizer)
    THEN RETURN 'role-event'; END IF;
    IF until <= clock_timestamp() THEN RETURN 'role-past'; END IF;
    -- The text names a day by its first second: 24 hours ago that was another one.
    IF from_day <= terbit - interval '24 hours' THEN RETURN 'role-early'; END IF;
    IF until <= from_day THEN RETURN 'role-reversed'; END IF;
  END IF;
  -- Whoever writes in a role of theirs, or with a passkey, holds the same row.
  IF takes OR act = 'beri-peran' THEN PERFORM FROM officer o WHERE o.id = target FOR UPDATE; END IF;
  IF act IN ('beri-peran', 'akhiri-peran') THEN
    SELECT r.* INTO held FROM officer_role r
    WHERE r.officer_id = target AND r.peran = role AND r.kegiatan_id IS NOT DISTINCT FROM event AND role_held(r) AND role_stands(r)
    ORDER BY r.id LIMIT 1;
    IF shown IS NULL AND act = 'beri-peran' AND held.id IS NOT NULL THEN RETURN 'role-known'; END IF;
    IF held.id IS NULL AND (shown IS NOT NULL OR act = 'akhiri-peran') THEN RETURN 'role-unknown'; END IF;
    -- Nobody ends or changes what they haven't seen; but another's also as its holder has changed it meanwhile.
    IF shown IS DISTINCT FROM held.id AND (target = actor OR NOT coalesce(role_seen(held, shown), false)) THEN RETURN 'role-changed'; END IF;
    was_to_come := CASE WHEN held.sejak > clock_timestamp() THEN held.sejak END;
    begins := CASE WHEN held.id IS NULL OR was_to_come IS NOT NULL THEN greatest(from_day, clock_timestamp()) ELSE held.sejak END;
    IF act = 'beri-peran' AND held.id IS NOT NULL THEN
      takes := true;
      narrows := coalesce(until, 'infinity') < coalesce(held.sampai, 'infinity') OR begins > held.sejak;
      widens := coalesce(until, 'infinity') > coalesce(held.sampai, 'infinity') OR begins < held.sejak;
      IF widens AND shown <> held.id THEN RETURN 'role-changed'; END IF;
      -- By the word of who gave it a penyelenggara is known: nobody else's makes more of it.
      IF widens AND role = 'penyelenggara' AND held."by" IS DISTINCT FROM actor THEN RETURN 'role-bound'; END IF;
      falls_until := coalesce(until, 'infinity');
    END IF;
  END IF;
  -- Nobody gives what lasts longer than what they have; said of what they may give at all.
  IF act IN ('undang', 'beri-peran') AND coalesce(until, 'infinity') > organizes_until(actor) THEN RETURN 'role-beyond'; END IF;
  -- What may be another's passkey takes nothing away, and knows of nothing.
  IF NOT officer_key_owned(actor, signed_with) AND (takes AND act <> 'akhiri-kunci' OR act = 'periksa'
    OR act = 'akhiri-kunci' AND NOT EXISTS (SELECT 1 FROM officer_credential c WHERE c.id = credential AND c.spki = signed_with))
  THEN RETURN 'key-unowned'; END IF;
  -- But for what they gave themselves, which they take back: unless somebody known has made their own word of it.
  IF takes AND target <> actor AND officer_known(target) AND actor NOT IN (SELECT known_organizers(organizer))
    AND (held."by" IS DISTINCT FROM actor
      OR role = 'penyelenggara' AND was_to_come IS NULL AND target IN (SELECT known_organizers(organizer)))
  THEN RETURN 'officer-stranger'; END IF;
  IF takes THEN
    -- Nobody can put off by making more meanwhile that they are removed, or that their passkey or role ends.
    unseen := held.id IS NOT NULL AND falls_unseen(target, held.id, falls_until, NULL, a->>'ikut');
    SELECT keys_falling(target, c.spki, CASE WHEN own THEN signed_with END) INTO ending
    FROM officer_credential c WHERE act = 'akhiri-kunci' AND c.id = credential AND c.officer_id = target;
    -- Nobody ends by a detour what they may not end: but for what their own passkey gave, which they give up with it; and whom nobody
    -- knows gives up what they gave themselves.
    IF NOT (act = 'akhiri-kunci' AND own) THEN
      IF target <> actor AND actor NOT IN (SELECT known_organizers(organizer)) AND EXISTS (
        SELECT FROM falls_with(target, held.id, falls_until, ending) f JOIN officer_role r ON f.apa = 'peran' AND f.id = r.id::text
        WHERE r.officer_id <> actor AND officer_known(r.officer_id)
      ) THEN RETURN 'officer-stranger'; END IF;
      IF fresh AND EXISTS (
        SELECT FROM falls_with(target, held.id, falls_until, ending) f JOIN officer_role r ON f.apa = 'peran' AND f.id = r.id::text
        WHERE r.officer_id <> actor AND role_before(r, since)
      ) THEN RETURN 'officer-fresh'; END IF;
    END IF;
  END IF;

  CASE act
  WHEN 'undang', 'tautan-kunci' THEN
    IF act = 'undang' AND EXISTS (
      SELECT 1 FROM officer o
      WHERE o.organizer_id = organizer AND o.removed_at IS NULL AND officer_name_key(o.nama) = officer_name_key(a->>'nama')
    ) THEN RETURN 'officer-named'; END IF;
    IF act = 'undang' AND EXISTS (
      SELECT 1 FROM open_links(organizer) i
      WHERE officer_name_key(i.nama) = officer_name_key(a->>'nama')
        -- Whoever uses one of a name ends the others: so none is made beside one that may not be ended.
        AND (i.created_by IS DISTINCT FROM actor OR i.spki IS DISTINCT FROM signed_with AND NOT officer_key_owned(actor, signed_with))
    ) THEN RETURN 'officer-invited'; END IF;
    -- One link for a key, or a name, at a time: the newer one is the one that works. What may be another's passkey ends none but its own.
    UPDATE officer_invitation i SET ended_at = clock_timestamp()
    WHERE i.organizer_id = organizer AND i.used_at IS NULL AND i.ended_at IS NULL AND i.expires_at > clock_timestamp()
      AND (i.spki = signed_with OR officer_key_owned(actor, signed_with)) AND CASE act
      WHEN 'undang' THEN i.created_by = actor AND officer_name_key(i.nama) = officer_name_key(a->>'nama')
      ELSE i.officer_id = target END;
    INSERT INTO officer_invitation (digest, organizer_id, officer_id, nama, created_by, spki, peran, kegiatan_id, lembaga, jabatan,
      mulai, sampai, at, expires_at)
    VALUES (decode(a->>'link', 'hex'), organizer, target, CASE WHEN target IS NULL THEN a->>'nama' END, actor,
      signed_with, coalesce(role, 'penyelenggara'), event, coalesce(a->>'lembaga', ''), coalesce(a->>'jabatan', ''), from_day, until,
      clock_timestamp(), least(clock_timestamp() + make_interval(hours => (a->>'hours')::integer), until));
    SELECT coalesce(role, 'penyelenggara'), coalesce(a->>'lembaga', ''), coalesce(a->>'jabatan', ''), from_day, until
    INTO given.peran, given.lembaga, given.jabatan, given.sejak, given.sampai WHERE act = 'undang';
  WHEN 'tambah-kunci' THEN
    IF EXISTS (
        SELECT 1 FROM officer_credential c WHERE c.id = credential OR c.spki = decode(a->>'new_spki', 'hex'))
      OR EXISTS (SELECT 1 FROM signer_credential c WHERE c.id = credential)
    THEN RETURN 'credential-taken'; END IF;
    INSERT INTO officer_credential (id, officer_id, spki, user_handle, counter, backup_eligible, at)
    VALUES (credential, target, decode(a->>'new_spki', 'hex'), decode(a->>'user_handle', 'hex'),
      (a->>'counter')::bigint, (a->>'backup_eligible')::boolean, clock_timestamp());
  WHEN 'akhiri-kunci' THEN
    IF NOT EXISTS (SELECT FROM officer_credential c WHERE c.id = credential AND c.officer_id = target AND c.ended_at IS NULL)
    THEN RETURN 'key-unknown'; END IF;
    IF (SELECT count(*) FROM officer_credential c WHERE c.officer_id = target AND c.ended_at IS NULL) = 1
    THEN RETURN 'key-last'; END IF;
    -- Of one's own passkeys only the newness of the other one counts, and not that one has just come, or got a role.
    IF own THEN SELECT c.at INTO since FROM officer_credential c WHERE c.officer_id = actor AND c.spki = signed_with; END IF;
    IF fresh AND (NOT own OR since > clock_timestamp() - interval '24 hours')
      AND NOT EXISTS (SELECT 1 FROM officer_credential c WHERE c.id = credential AND c.at > since)
    THEN RETURN 'officer-fresh'; END IF;
    IF target <> actor AND credential = (
      SELECT c.id FROM officer_credential c WHERE c.officer_id = target AND c.ended_at IS NULL ORDER BY c.at, c.id LIMIT 1)
    THEN RETURN 'key-oldest'; END IF;
    -- Nor is anybody left with what may be another's alone, by one that ends itself.
    IF NOT EXISTS (
      SELECT FROM officer_credential c
      WHERE c.officer_id = target AND c.ended_at IS NULL AND c.spki <> ALL (ending)
        AND (officer_key_owned(target, c.spki) OR NOT officer_key_owned(target, ending[1]))
    ) THEN RETURN 'key-last'; END IF;
    UPDATE officer_credential c SET ended_at = clock_timestamp()
    WHERE c.officer_id = target AND c.ended_at IS NULL AND c.spki = ANY (ending);
    UPDATE officer_session s SET ended_at = clock_timestamp()
    WHERE s.officer_id = target AND s.ended_at IS NULL
      AND (s.credential_id IS NULL OR s.credential_id IN (SELECT c.id FROM officer_credential c WHERE c.spki = ANY (ending)));
    UPDATE officer_invitation i SET ended_at = clock_timestamp()
    WHERE i.used_at IS NULL AND i.ended_at IS NULL AND i.expires_at > clock_timestamp() AND i.created_by = target
      AND (i.spki = ANY (ending) OR i.spki IS NULL);
  WHEN 'keluarkan' THEN
    IF (SELECT count(*) FROM officer o WHERE o.organizer_id = organizer AND o.removed_at IS NULL) = 1
    THEN RETURN 'officer-last'; END IF;
    IF is_last_penyelenggara(target) THEN RETURN 'role-last'; END IF;
    IF fresh AND target <> actor AND NOT EXISTS (SELECT 1 FROM officer o WHERE o.id = target AND o.at > since)
    THEN RETURN 'officer-fresh'; END IF;
    PERFORM close_officer(target, actor);
  WHEN 'jamin' THEN
    IF target = actor THEN RETURN 'officer-own'; END IF;
    -- Of a passkey that came after the question was shown nobody has said anything.
    IF EXISTS (
      SELECT 1 FROM officer_change v JOIN officer_credential c ON c.id = v.credential_id AND c.ended_at IS NULL
      WHERE v.officer_id = target AND v.tindakan IN ('masuk', 'kunci-tautan', 'tambah-kunci')
        AND v.id > coalesce((a->>'sampai')::bigint, 0))
    THEN RETURN 'officer-changed'; END IF;
    IF EXISTS (
      SELECT 1 FROM officer_knows(organizer) k
      WHERE k.vouched AND k.of_organizer AND k.stands AND k.whom = target AND k.who = actor
        -- Said before they became penyelenggara it may be said again (office/counts-beside.sql).
        AND k.at >= greatest((SELECT max(c.at) FROM officer_credential c WHERE c.officer_id = target), organizes_anew(target))
        -- Nor does a word of a passkey that may be somebody else's stand in the way of theirs.
        AND (officer_key_owned(actor, k.key) OR NOT officer_key_owned(actor, signed_with))
    ) THEN RETURN 'officer-known'; END IF;
    -- The text names those that work, all of them.
    IF (a->'keys') IS DISTINCT FROM (
      SELECT jsonb_agg('sha256:' || encode(sha256(c.spki), 'hex') ORDER BY encode(sha256(c.spki), 'hex') COLLATE "C")
      FROM officer_credential c WHERE c.officer_id = target AND c.ended_at IS NULL)
    THEN RETURN 'officer-changed'; END IF;
  WHEN 'beri-peran' THEN
    IF held.id IS NOT NULL THEN
      IF was_to_come IS NULL AND from_day <> date_trunc('second', held.sejak) THEN RETURN 'role-begun'; END IF;
      IF (coalesce(a->>'lembaga', ''), coalesce(a->>'jabatan', ''), begins, until)
        IS NOT DISTINCT FROM (held.lembaga, held.jabatan, held.sejak, held.sampai)
      THEN RETURN 'role-same'; END IF;
      IF narrows AND role = 'penyelenggara' AND is_last_penyelenggara(target) THEN RETURN 'role-last'; END IF;
      IF fresh AND target <> actor AND role_before(held, since) THEN RETURN 'officer-fresh'; END IF;
      IF unseen THEN RETURN 'falls-unseen'; END IF;
      SELECT 'ubah-peran' INTO kind;
      given := held;
      given.lembaga := coalesce(a->>'lembaga', '');
      given.jabatan := coalesce(a->>'jabatan', '');
      given.sejak := begins;
      given.sampai := until;
      -- What stands afterwards stands on the word of who changed it. A part of what was given, and called the same, is its giver's still;
      -- so is a penyelenggara's, who is known by it, and then by the passkey that made it more.
      IF role = 'penyelenggara' THEN given.spki := CASE WHEN widens THEN signed_with ELSE held.spki END;
      ELSIF widens OR (given.lembaga, given.jabatan) <> (held.lembaga, held.jabatan) THEN
        given."by" := actor;
        given.spki := signed_with;
        given.at := clock_timestamp();
      END IF;
      given := change_role(held, given, actor);
    ELSE
      INSERT INTO officer_role (officer_id, peran, kegiatan_id, lembaga, jabatan, sejak, sampai, "by", spki, at)
      VALUES (target, role, event, coalesce(a->>'lembaga', ''), coalesce(a->>'jabatan', ''), begins, until, actor, signed_with,
        clock_timestamp())
      RETURNING * INTO given;
    END IF;
  WHEN 'akhiri-peran' THEN
    IF role = 'penyelenggara' AND event IS NULL AND is_last_penyelenggara(target) THEN RETURN 'role-last'; END IF;
    IF fresh AND target <> actor AND role_before(held, since) THEN RETURN 'officer-fresh'; END IF;
    IF unseen THEN RETURN 'falls-unseen'; END IF;
    UPDATE officer_role r SET ended_at = clock_timestamp(), ended_by = actor WHERE r.id = held.id;
    -- What they asked for as penyelenggara waits for nobody any more.
    IF organizes(target) IS NULL THEN PERFORM end_requests_of(target, a->'actor', 'petugas-akhiri-peran'); END IF;
  WHEN 'periksa' THEN
    acknowledged := ARRAY(SELECT k.spki FROM acknowledged_keys(organizer) k WHERE k.officer = actor AND k.acknowledged_with = signed_with);
  END CASE;

  -- What was asked for with those passkeys, and nobody has confirmed yet, is asked for by nobody any more.
  PERFORM end_requests_of(target, a->'actor', 'petugas-akhiri-kunci', k.spki) FROM unnest(ending) k (spki);
  INSERT INTO officer_change (organizer_id, tindakan, "by", officer_id, nama, credential_id, peran, text, authenticator_data,
    client_data_json, signature, spki, sampai, at)
  VALUES (organizer, kind, actor, target, a->>'nama', credential, role, a->>'text', decode(a->>'authenticator_data', 'hex'),
    decode(a->>'client_data_json', 'hex'), decode(a->>'signature', 'hex'), signed_with,
    -- Nobody has looked at what came after the text was made; its time is in whole seconds.
    (SELECT max(v.id) FROM officer_change v WHERE act = 'periksa' AND v.organizer_id = organizer
      AND v.id <= (a->>'sampai')::bigint AND v.at < terbit + interval '1 second'),
    clock_timestamp());
  -- Each is told.
  INSERT INTO officer_change (organizer_id, tindakan, "by", officer_id, nama, credential_id, at)
  SELECT organizer, 'akhiri-kunci', actor, target, a->>'nama', c.id, clock_timestamp()
  FROM officer_credential c WHERE c.officer_id = target AND c.spki = ANY (ending[2:]) ORDER BY c.at, c.id;
  PERFORM record_act(a->'actor', 'petugas-' || kind, event, concat_ws(' ', target::text, a->>'nama'), 'kunci-sandi',
    jsonb_build_object('kunci', (SELECT string_agg('sha256:' || encode(sha256(k.spki), 'hex'), ' ' ORDER BY k.n)
        FROM unnest(ending) WITH ORDINALITY k (spki, n)),
      'tautan', count_ended_links(were_open))
      || CASE kind
        WHEN 'akhiri-peran' THEN role_values(held)
        WHEN 'ubah-peran' THEN role_changes(held, given)
        WHEN 'keluarkan' THEN held_values(target)
        ELSE '{}' END,
    jsonb_build_object('berlaku-jam', a->>'hours', 'kunci', 'sha256:' || encode(sha256(decode(a->>'new_spki', 'hex')), 'hex'))
      || role_values(given)
      || CASE kind WHEN 'periksa' THEN jsonb_build_object('memakai', 'sha256:' || encode(sha256(signed_with), 'hex'),
        'kunci', (SELECT string_agg('sha256:' || encode(sha256(k.spki), 'hex'), ' ' ORDER BY c.at, c.id)
          FROM acknowledged_keys(organizer) k JOIN officer_credential c ON c.spki = k.spki
          WHERE k.officer = actor AND k.acknowledged_with = signed_with AND k.spki <> ALL (acknowledged)))
        ELSE '{}' END);
  -- What follows is told after what it follows from.
  PERFORM end_fallen(a->'actor');
  RETURN 'changed';
END $$;
