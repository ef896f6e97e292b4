-- Refuses any transaction isolation but READ COMMITTED: a function that acts for the owner (SECURITY DEFINER) goes by what is so now, and
-- a caller with an old snapshot would have it go by what was so once. Each of its statements then sees what was committed before it.
CREATE OR REPLACE FUNCTION must_read_committed() RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'a transaction of ours is read committed' USING ERRCODE = 'invalid_transaction_state';
  END IF;
END $$;
