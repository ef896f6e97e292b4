-- Who made a pledge: place, bare name and NIP, empty if nothing says so. Once its data are erased, the list says it by which it
-- was signed: that is kept, so whoever erases once more still knows whom.
CREATE OR REPLACE FUNCTION pledge_holder(code text) RETURNS TABLE (tempat text, nama text, nip text)
LANGUAGE sql STABLE AS $$
  SELECT p.tempat, coalesce(nullif(g.nama, ''), nullif(c.nama, ''), h.nama, l.nama, ''), coalesce(nullif(c.nip, ''), h.nip, l.nip, '')
  FROM signature g JOIN person p ON p.id = g.person_id JOIN signer_credential c ON c.id = g.credential_id
  -- A place keeps its holder while the pledge stands.
  LEFT JOIN person h ON h.id = p.id AND standing_pledge(p.id) = g.hash
  LEFT JOIN LATERAL (
    SELECT r.nama, r.nip FROM roster_lines(p.tempat, '') r
    WHERE r.here AND r.kegiatan_id = g.kegiatan_id AND r.versi = (
      SELECT max(v.versi) FROM roster_version v WHERE v.kegiatan_id = g.kegiatan_id AND v.at <= g.at)
    LIMIT 1) l ON true
  WHERE g.kode = code
$$;
