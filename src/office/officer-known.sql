-- Whether an officer is known: the installation has invited or vouched for them, or for one whose word leads to them
-- (officer_knows). Who isn't may be anybody, and takes nothing from those who are.
CREATE OR REPLACE FUNCTION officer_known(officer uuid) RETURNS boolean
LANGUAGE sql STABLE AS $$
  WITH RECURSIVE knows AS (
    SELECT k.who, k.whom FROM officer_knows((SELECT o.organizer_id FROM officer o WHERE o.id = officer_known.officer)) k
    WHERE k.counts
  ), known AS (
    SELECT k.whom FROM knows k WHERE k.who IS NULL
    UNION
    SELECT k.whom FROM known n JOIN knows k ON k.who = n.whom
  )
  SELECT EXISTS (SELECT FROM known n WHERE n.whom = officer_known.officer)
$$;
