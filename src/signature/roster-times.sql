-- When each version of an event's list was brought in, and the next one, as far as clocks tell: from `earliest` to `latest`, which are one
-- instant as a rule; null: there is no next. The entry says it, and not the version's row, which the service's role writes (src/rights.ts).
-- Where the clock was wrong, or the entry got the time of the one before it (ledger/integrate.sql), checkpoints tell: it came after each
-- that didn't hold it, and before each that did. Order within a list, or within the ledger, is better: this is for what has neither.
CREATE OR REPLACE FUNCTION roster_times(event text) RETURNS TABLE (
  versi integer, earliest timestamptz, latest timestamptz, until_earliest timestamptz, until_latest timestamptz)
LANGUAGE sql STABLE AS $$
  SELECT v.versi, b.earliest, b.latest, lead(b.earliest) OVER w, lead(b.latest) OVER w
  FROM roster_version v JOIN leaf l ON l.id = v.leaf_id
  CROSS JOIN LATERAL (
    SELECT least(now(), (SELECT min(c.at) FROM checkpoint c WHERE c.size > l.log_index))) s (seen)
  CROSS JOIN LATERAL (
    SELECT (SELECT max(c.at) FROM checkpoint c WHERE c.at <= s.seen AND (l.log_index IS NULL OR c.size <= l.log_index))) m (missing)
  CROSS JOIN LATERAL (
    SELECT CASE WHEN s.seen < l.at THEN coalesce(m.missing, '-infinity') ELSE l.at END,
      CASE WHEN s.seen < l.at THEN s.seen ELSE greatest(l.at, m.missing) END) b (earliest, latest)
  WHERE v.kegiatan_id = event AND roster_entered(v)
  WINDOW w AS (ORDER BY v.versi)
$$;
