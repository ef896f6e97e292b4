-- What ends with an officer, with one role of theirs (`role`; where `until` is given, with what it is changed to: the end that it gets), or
-- with passkeys (`keys`), since nobody stands behind it any more (office/end-fallen.sql). The question before an act shows it.
-- `apa`: 'tautan', 'pengajuan' or 'peran'; `id` of its row; `at`: when it was made; `mark`: for a page to name it by
-- (office/falls-shown.sql), the same whatever is changed of it.
CREATE OR REPLACE FUNCTION falls_with(who uuid, role bigint, until timestamptz, keys bytea[])
RETURNS TABLE (apa text, id text, at timestamptz, mark text)
LANGUAGE sql STABLE AS $$
  WITH e AS (
    SELECT o.id AS officer, o.organizer_id, officer_name_key(o.nama) AS nama, role IS NULL AND keys IS NULL AS removed,
      coalesce(until, '-infinity') AS ends,
      -- What only a penyelenggara makes stands on no other role.
      coalesce((SELECT r.peran = 'penyelenggara' AND role_in_force(r) FROM officer_role r WHERE r.id = role), true) AS organizing
    FROM officer o WHERE o.id = who
  )
  SELECT 'tautan', encode(i.digest, 'hex'), i.at, left(encode(sha256(i.digest), 'hex'), 16)
  FROM e JOIN officer_invitation i ON i.organizer_id = e.organizer_id
  WHERE i.used_at IS NULL AND i.ended_at IS NULL AND i.expires_at > clock_timestamp() AND link_stands(i)
    AND (i.created_by = e.officer OR e.removed AND (i.officer_id = e.officer OR officer_name_key(i.nama) = e.nama))
    AND (keys IS NULL OR i.spki = ANY (keys) OR i.spki IS NULL)
    AND (role IS NULL OR CASE
      WHEN i.officer_id IS NULL THEN e.organizing AND coalesce(i.sampai, 'infinity') > e.ends
      ELSE until IS NULL AND NOT EXISTS (
        SELECT FROM officer_role r WHERE r.officer_id = e.officer AND r.id <> role AND role_in_force(r) AND r.sejak <= i.at) END)
  UNION ALL
  SELECT 'pengajuan', q.id::text, q.at, left(encode(sha256(convert_to(q.id::text, 'UTF8')), 'hex'), 16)
  FROM e JOIN withdrawal_request q ON q."by" = e.officer
  WHERE (e.organizing OR organizes(e.officer) IS NULL) AND until IS NULL AND q.ended_at IS NULL AND (keys IS NULL OR q.spki = ANY (keys))
    AND NOT EXISTS (SELECT FROM withdrawal w WHERE w.request_id = q.id)
  UNION ALL
  SELECT 'peran', r.id::text, r.at,
    left(encode(sha256(convert_to(concat_ws(' ', r.officer_id, r.peran, r.kegiatan_id), 'UTF8')), 'hex'), 16)
  FROM e JOIN officer_role r ON r."by" = e.officer JOIN officer o ON o.id = r.officer_id AND o.removed_at IS NULL
  WHERE e.organizing AND role_held(r) AND NOT role_in_force(r) AND (keys IS NULL OR r.spki = ANY (keys))
    AND (role IS NULL OR coalesce(r.sampai, 'infinity') > e.ends) AND r.id IS DISTINCT FROM role
$$;
