-- Whether whoever made a link, or gave a role that is to come, still stands behind it: not removed, with a role that they have held
-- without a gap since they made it (`made_at`), and the passkey that signed for it not ended. `organizing`: what only a penyelenggara
-- makes, and nothing that lasts longer than their own role (`until`); otherwise any role will do. What the installation made stands.
-- A role is held since `sejak`, whoever changed it since, or gave it anew while it was held: `at` says only on whose word it stands now.
CREATE OR REPLACE FUNCTION stands_behind(who uuid, key_spki bytea, made_at timestamptz, until timestamptz, organizing boolean) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT who IS NULL OR (EXISTS (
      SELECT FROM officer o JOIN officer_role r ON r.officer_id = o.id
      WHERE o.id = who AND o.removed_at IS NULL AND role_in_force(r) AND r.sejak <= made_at
        AND (NOT organizing OR (r.peran = 'penyelenggara' AND r.kegiatan_id IS NULL
          AND coalesce(until, 'infinity') <= coalesce(r.sampai, 'infinity'))))
    AND NOT EXISTS (
      SELECT FROM officer_credential k WHERE k.officer_id = who AND k.spki = key_spki AND k.ended_at IS NOT NULL))
$$;
