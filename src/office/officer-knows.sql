-- Who knows whom among the officers of an organiser: who invited or vouched for them, with which passkey and when. Whoever made a
-- penyelenggara of one who was an officer before stands where the inviter stood, and what was said of that one before, was said of
-- something else. `who` null: the installation. The word of one who was removed, who is penyelenggara no longer, or of a passkey that
-- was ended, counts no longer: of its owner nobody knows any more who it was. `counts`: not before whoever says it, the passkey it was
-- said with, and their being penyelenggara, by somebody's gift or since it began, are 24 hours old; until then a passkey that somebody
-- else took in their name can be noticed and ended, and its words with it.
CREATE OR REPLACE FUNCTION officer_knows(organizer text)
RETURNS TABLE (who uuid, whom uuid, key bytea, vouched boolean, at timestamptz, counts boolean)
LANGUAGE sql STABLE AS $$
  SELECT w.who, w.whom, w.key, w.vouched, w.at,
    w.who IS NULL OR greatest(o.at, c.at, p.at, organizes(o.id)) <= clock_timestamp() - interval '24 hours'
  FROM (
    SELECT CASE WHEN g.id IS NULL THEN i.created_by ELSE g."by" END AS who, c.id AS whom,
      CASE WHEN g.id IS NULL THEN i.spki ELSE g.spki END AS key, false AS vouched, coalesce(g.at, c.at) AS at
    FROM officer c LEFT JOIN officer_invitation i ON i.digest = c.invitation
      LEFT JOIN officer_change g ON g.id = made_penyelenggara(c.id)
    WHERE c.organizer_id = organizer
    UNION ALL
    SELECT v."by", v.officer_id, v.spki, true, v.at
    FROM officer_change v
    WHERE v.organizer_id = organizer AND v.tindakan = 'jamin' AND v.id > coalesce(made_penyelenggara(v.officer_id), 0)
  ) w
  LEFT JOIN officer o ON o.id = w.who AND organizes(o.id) IS NOT NULL
  LEFT JOIN officer_change p ON p.id = made_penyelenggara(o.id)
  LEFT JOIN officer_credential c ON c.officer_id = o.id AND c.spki = w.key AND c.ended_at IS NULL
  WHERE w.who IS NULL OR (o.id IS NOT NULL AND (w.key IS NULL OR c.id IS NOT NULL))
$$;
