-- From when until when (null: still) each version of an event's list was the last. The ledger says it, and not the version's row, which
-- the service's role writes (src/rights.ts): a version counts if it is of this event and its entry is of its text, from the entry's time
-- on. Of an entry that waits, that is no earlier than the last one that has its place (ledger/integrate.sql).
CREATE OR REPLACE FUNCTION roster_times(event text) RETURNS TABLE (versi integer, since timestamptz, until timestamptz)
LANGUAGE sql STABLE AS $$
  SELECT v.versi, t.since, lead(t.since) OVER (ORDER BY v.versi)
  FROM roster_version v JOIN leaf l ON l.id = v.leaf_id
  CROSS JOIN LATERAL (SELECT CASE WHEN l.log_index IS NOT NULL THEN l.at
    ELSE greatest(l.at, (SELECT p.at FROM leaf p WHERE p.log_index = (SELECT t.size FROM tree t) - 1)) END) t (since)
  WHERE v.kegiatan_id = event
    AND starts_with(v.isi, 'ikrar/daftar@v1' || E'\n' || 'kegiatan ' || event || E'\n' || 'versi ' || v.versi || E'\n')
    AND starts_with(l.entry, 'ikrar/catatan@v1' || E'\n' || 'jenis daftar' || E'\n'
      || 'daftar sha256:' || encode(sha256(convert_to(v.isi, 'UTF8')), 'hex') || E'\n')
$$;
