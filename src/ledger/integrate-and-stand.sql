-- Integrates, and says how many entries got a place and how the ledger stands then: the second statement sees what the first has
-- written, and what others have committed meanwhile.
CREATE OR REPLACE FUNCTION integrate_and_stand(at_most integer, OUT placed integer, OUT standing jsonb)
LANGUAGE plpgsql AS $$
BEGIN
  SELECT i.placed INTO placed FROM integrate(at_most) i;
  standing := ledger_standing();
END $$;
