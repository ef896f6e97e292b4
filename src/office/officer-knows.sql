-- Who knows whom among the officers of an organiser: who invited them, made them penyelenggara or vouched for them, with which passkey and
-- when. `who` null: the installation. `of_organizer`: said of them as the penyelenggara that they are, or of the officer, where they
-- are none. Whoever made one of an officer stands there where the inviter stood, and what was said before was said of something else;
-- but it goes on to say who they are, whatever anybody gives them. `stands`: not the word of one who was removed, who is penyelenggara
-- no longer or was none when they said it, or of a passkey that was ended: of its owner nobody knows any more who it was. `counts`:
-- nor of a passkey that isn't surely theirs (office/owned-keys.sql), nor before whoever says it, the passkey it was said with, and their
-- being penyelenggara, by somebody's gift or since it began, are 24 hours old; until then a passkey that somebody else took in their name
-- can be noticed and ended, and its words with it.
-- `as_of`: then (role-held.sql), and nothing that was said later.
CREATE OR REPLACE FUNCTION officer_knows(organizer text, as_of timestamptz DEFAULT NULL)
RETURNS TABLE (who uuid, whom uuid, key bytea, vouched boolean, at timestamptz, stands boolean, counts boolean, of_organizer boolean)
LANGUAGE sql STABLE AS $$
  SELECT w.who, w.whom, w.key, w.vouched, w.at,
    w.who IS NULL OR s.stands,
    w.who IS NULL OR (s.stands AND greatest(o.at, c.at, organizes(o.id, as_of)) <= coalesce(as_of, clock_timestamp()) - interval '24 hours'
      AND (w.key IS NULL OR k.spki IS NOT NULL)),
    w.of_organizer
  FROM (
    SELECT i.created_by AS who, m.id AS whom, i.spki AS key, false AS vouched, i.at, m.made IS NULL AS of_organizer
    FROM (SELECT o.*, made_penyelenggara(o.id, as_of) AS made FROM officer o WHERE o.organizer_id = organizer) m
      LEFT JOIN officer_invitation i ON i.digest = m.invitation
    UNION ALL
    -- The passkey of who made the role longer since is the one that vouches for it.
    SELECT g."by", g.officer_id, coalesce((
        SELECT r.spki FROM officer_role r
        WHERE r.officer_id = g.officer_id AND r.peran = 'penyelenggara' AND r.kegiatan_id IS NULL AND role_in_force(r, as_of)
        ORDER BY r.id LIMIT 1), g.spki),
      false, g.at, true
    FROM officer o JOIN officer_change g ON g.id = made_penyelenggara(o.id, as_of)
    WHERE o.organizer_id = organizer
    UNION ALL
    SELECT v."by", v.officer_id, v.spki, true, v.at, v.id > coalesce(made_penyelenggara(v.officer_id, as_of), 0)
    FROM officer_change v
    WHERE v.organizer_id = organizer AND v.tindakan = 'jamin'
  ) w
  LEFT JOIN officer o ON o.id = w.who AND organizes(o.id, as_of) IS NOT NULL
  LEFT JOIN officer_credential c ON c.officer_id = o.id AND c.spki = w.key AND (c.ended_at IS NULL OR c.ended_at > as_of)
  LEFT JOIN owned_keys(organizer, as_of) k ON k.officer = o.id AND k.spki = w.key
  CROSS JOIN LATERAL (SELECT coalesce(w.at >= organizes(o.id, as_of), false) AND (w.key IS NULL OR c.id IS NOT NULL) AS stands) s
  WHERE coalesce(w.at <= as_of, true)
$$;
