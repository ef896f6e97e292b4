-- Changes a role that is held to what it says from now on: the row ends, and another follows without a gap. On whose word that one
-- stands, whoever calls has decided, who holds the holder's row.
CREATE OR REPLACE FUNCTION change_role(held officer_role, given officer_role, actor uuid) RETURNS officer_role
LANGUAGE plpgsql AS $$
DECLARE
  changed officer_role%ROWTYPE;
BEGIN
  UPDATE officer_role r SET ended_at = clock_timestamp(), ended_by = actor WHERE r.id = held.id;
  INSERT INTO officer_role (officer_id, peran, kegiatan_id, lembaga, jabatan, sejak, sampai, "by", spki, at)
  VALUES (held.officer_id, held.peran, held.kegiatan_id, given.lembaga, given.jabatan, given.sejak, given.sampai, given."by", given.spki,
    given.at)
  RETURNING * INTO changed;
  RETURN changed;
END $$;
