-- Closes the days (WIB) of the audit trail that have ended: the digest of each becomes an entry of the ledger, by the text of
-- office/record.ts, `formatRecordDay`. A day waits five minutes, and for whatever is being written then: what comes later is of
-- another day. Two at once are safe: whoever comes second finds nothing left. Returns how many it closed.
-- It acts for its owner (SECURITY DEFINER): a day follows from its records alone, whoever calls.
CREATE OR REPLACE FUNCTION close_record_days() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '3s' AS $$
DECLARE
  today date := ((clock_timestamp() - interval '5 minutes') AT TIME ZONE 'UTC' + interval '7 hours')::date;
  day date;
  closed integer DEFAULT 0;
BEGIN
  PERFORM must_read_committed();
  -- Nearly always there is none: asked once a minute, it looks at no more than the records of today.
  IF NOT EXISTS (
    SELECT FROM riwayat r WHERE r.id > coalesce((SELECT max(t.riwayat_id) FROM riwayat_terhitung t), 0)
      AND (r.at AT TIME ZONE 'UTC' + interval '7 hours')::date < today)
  THEN RETURN 0; END IF;
  -- Not for long, since others wait meanwhile: the next minute asks again, and a day that was never closed is noticed.
  BEGIN
    -- The row that stands for the ledger, whose turns are short.
    PERFORM FROM tree FOR UPDATE;
    -- Whoever is writing a record has written it; whoever begins waits until the day is closed, and is dated after (record-act.sql).
    LOCK TABLE riwayat IN SHARE MODE;
  EXCEPTION WHEN lock_not_available THEN
    RETURN 0;
  END;
  FOR day IN
    SELECT DISTINCT greatest((r.at AT TIME ZONE 'UTC' + interval '7 hours')::date, (SELECT max(d.hari) + 1 FROM riwayat_hari d))
    FROM riwayat r WHERE NOT EXISTS (SELECT FROM riwayat_terhitung t WHERE t.riwayat_id = r.id)
    ORDER BY 1
  LOOP
    CONTINUE WHEN day >= today;
    WITH taken AS (
      SELECT r.id, r.sha256 FROM riwayat r WHERE (r.at AT TIME ZONE 'UTC' + interval '7 hours')::date <= day
        AND NOT EXISTS (SELECT FROM riwayat_terhitung t WHERE t.riwayat_id = r.id)
    ), said AS (
      SELECT count(*) AS baris, sha256(convert_to('ikrar/riwayat-hari@v1' || E'\n' || 'hari ' || to_char(day, 'YYYY-MM-DD') || E'\n'
        || 'baris ' || count(*) || E'\n' || string_agg('sha256:' || encode(k.sha256, 'hex') || E'\n', '' ORDER BY k.id), 'UTF8')) AS digest
      FROM taken k
    ), kept AS (
      INSERT INTO riwayat_hari (hari, baris, sha256, leaf_id, at)
      SELECT day, s.baris, s.digest, put_leaf('riwayat', ARRAY['riwayat sha256:' || encode(s.digest, 'hex')], clock_timestamp()), clock_timestamp()
      FROM said s
    )
    INSERT INTO riwayat_terhitung (riwayat_id, hari) SELECT k.id, day FROM taken k;
    closed := closed + 1;
  END LOOP;
  RETURN closed;
END $$;
