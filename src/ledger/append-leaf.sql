-- Queues an entry (put-leaf.sql) and returns the id of its row. `moment`: its time, which is now and not when the statement began:
-- that may have waited.
-- It acts for its owner (SECURITY DEFINER), since the service's role may put nothing into the ledger itself (src/rights.ts): whatever
-- it brings is a text of ours, without a place, and of now. A day of the audit trail is no entry of its: that
-- follows from the records (office/close-record-days.sql).
CREATE OR REPLACE FUNCTION append_leaf(jenis text, fields text[], moment timestamptz DEFAULT clock_timestamp()) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM must_read_committed();
  -- A clock that is set meanwhile refuses nobody.
  IF jenis = 'riwayat' OR moment NOT BETWEEN clock_timestamp() - interval '1 minute' AND clock_timestamp() + interval '1 minute' THEN
    RAISE EXCEPTION 'not an entry of the service: % %', jenis, moment USING ERRCODE = 'check_violation';
  END IF;
  RETURN put_leaf(jenis, fields, moment);
END $$;
