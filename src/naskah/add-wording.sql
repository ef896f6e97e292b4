-- Publishes a wording as the next version of its name, with its entry in the ledger, and returns the version. The same
-- text from the same organiser (`actor` null: ours) is not published twice. Of two who publish at once the
-- second looks again.
CREATE OR REPLACE FUNCTION add_wording(name text, actor jsonb, unsur text, rezim text, isi text, contoh boolean)
RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  organizer text := actor->>'organizer';
  found_versi integer;
  new_versi integer;
  digest bytea := sha256(convert_to(isi, 'UTF8'));
BEGIN
  IF actor IS NOT NULL THEN PERFORM must_act(actor, organizer); END IF;
  LOOP
    SELECT n.versi INTO found_versi FROM naskah n
    WHERE n.id = name AND n.organizer_id IS NOT DISTINCT FROM organizer AND n.sha256 = digest;
    IF FOUND THEN RETURN found_versi; END IF;

    SELECT coalesce(max(n.versi), 0) + 1 INTO new_versi FROM naskah n WHERE n.id = name;
    BEGIN
      INSERT INTO naskah (id, versi, organizer_id, unsur, rezim, isi, sha256, contoh, created_by, leaf_id)
      VALUES (name, new_versi, organizer, unsur, rezim, isi, digest, contoh, (actor->>'id')::uuid,
        append_leaf('naskah', ARRAY['naskah ' || name || '/' || new_versi || ' sha256:' || encode(digest, 'hex')]));
      IF actor IS NOT NULL THEN
        PERFORM record_act(actor, 'naskah-tambah', NULL, name || '/' || new_versi, 'sesi', '{}',
          jsonb_build_object('unsur', unsur, 'rezim', rezim, 'naskah', 'sha256:' || encode(digest, 'hex')));
      END IF;
      RETURN new_versi;
    EXCEPTION WHEN unique_violation THEN
      -- Another one has published this version meanwhile; the entry is undone with it.
    END;
  END LOOP;
END $$;
