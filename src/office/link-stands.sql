-- Whether whoever made a link still stands behind it: not removed, with the role in which they made it held without a gap since, and
-- the passkey with which they signed for it. An invitation is the act of a penyelenggara, and gives nothing that lasts longer than
-- their own role; a link for a passkey of one's own is the act of anyone who has a role. The installation's own stands.
CREATE OR REPLACE FUNCTION link_stands(link officer_invitation) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT link.created_by IS NULL OR (EXISTS (
      SELECT FROM officer o JOIN officer_role r ON r.officer_id = o.id
      WHERE o.id = link.created_by AND o.removed_at IS NULL AND role_in_force(r)
        AND greatest(r.at, r.sejak) <= link.at
        AND (link.officer_id IS NOT NULL OR (r.peran = 'penyelenggara' AND r.kegiatan_id IS NULL
          AND coalesce(link.sampai, 'infinity') <= coalesce(r.sampai, 'infinity'))))
    AND NOT EXISTS (
      SELECT FROM officer_credential k WHERE k.officer_id = link.created_by AND k.spki = link.spki AND k.ended_at IS NOT NULL))
$$;
