-- Who made a pledge: place, bare name and NIP, empty if nothing says so. What pledge and passkey don't say, as once its data are
-- erased, the version of the list says by which it was signed: that is kept, so whoever erases once more still knows whom. The row on
-- the list as it is now says nothing of it: officers, and the service, may write it.
CREATE OR REPLACE FUNCTION pledge_holder(code text) RETURNS TABLE (tempat text, nama text, nip text)
LANGUAGE sql STABLE AS $$
  SELECT p.tempat, coalesce(nullif(g.nama, ''), nullif(c.nama, ''), l.nama, ''), coalesce(nullif(c.nip, ''), l.nip, '')
  FROM signature g JOIN person p ON p.id = g.person_id JOIN signer_credential c ON c.id = g.credential_id
  LEFT JOIN LATERAL (
    SELECT r.nama, r.nip FROM roster_lines(p.tempat, '') r
    WHERE r.here AND r.kegiatan_id = g.kegiatan_id AND r.versi = (
      SELECT max(t.versi) FROM roster_times(g.kegiatan_id) t WHERE t.since <= g.at AND coalesce(t.until > g.at, true))
    LIMIT 1) l ON true
  WHERE g.kode = code
$$;
