-- Whether whoever was shown one row of a role (`shown`: its id) has seen it as far as another may ask of them: since then nobody but its
-- holder has changed, ended or given it. Or a holder could put off its end by changing it each time somebody has looked.
CREATE OR REPLACE FUNCTION role_seen(held officer_role, shown bigint) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT count(*) FILTER (WHERE r.id = shown) = 1
    AND bool_and(r.id = held.id OR r.ended_by IS NOT DISTINCT FROM held.officer_id)
    -- A change keeps on whose word it stands and since when, or it is the holder's own.
    AND bool_and(r."by" IS NOT DISTINCT FROM held.officer_id
      OR (r."by", r.at) IS NOT DISTINCT FROM (SELECT (s."by", s.at) FROM officer_role s WHERE s.id = shown))
  FROM officer_role r
  WHERE r.officer_id = held.officer_id AND r.peran = held.peran AND r.kegiatan_id IS NOT DISTINCT FROM held.kegiatan_id
    AND r.id BETWEEN shown AND held.id
$$;
