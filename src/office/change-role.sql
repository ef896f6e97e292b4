-- Changes of a role that is held what it says: institution, title, when it ends; and when it begins, of one to come. Its holder has it
-- from whom they first had it: the row that ends is followed by one that was given by the same, then. `spki`: of the passkey that made
-- it longer or sooner, which stands for it from now on; null where it is the same. Whoever calls holds the holder's row.
CREATE OR REPLACE FUNCTION change_role(held officer_role, lembaga text, jabatan text, sejak timestamptz, sampai timestamptz, actor uuid,
  spki bytea) RETURNS officer_role
LANGUAGE plpgsql AS $$
DECLARE
  changed officer_role%ROWTYPE;
BEGIN
  UPDATE officer_role r SET ended_at = clock_timestamp(), ended_by = actor WHERE r.id = held.id;
  INSERT INTO officer_role (officer_id, peran, kegiatan_id, lembaga, jabatan, sejak, sampai, "by", spki, at)
  VALUES (held.officer_id, held.peran, held.kegiatan_id, lembaga, jabatan, sejak, sampai, held."by",
    coalesce(change_role.spki, held.spki), held.at)
  RETURNING * INTO changed;
  RETURN changed;
END $$;
