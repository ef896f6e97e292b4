-- Those who are known as penyelenggara: the installation has invited, made or vouched for them, or one whose word leads to them has
-- (officer_knows), in that role. Whoever isn't takes nothing from those who are known, and whom they alone know nobody knows.
CREATE OR REPLACE FUNCTION known_organizers(organizer text) RETURNS SETOF uuid
LANGUAGE sql STABLE AS $$
  WITH RECURSIVE knows AS (
    SELECT k.who, k.whom FROM officer_knows(organizer) k WHERE k.counts AND k.of_organizer
  ), known AS (
    SELECT k.whom FROM knows k WHERE k.who IS NULL
    UNION
    SELECT k.whom FROM known n JOIN knows k ON k.who = n.whom
  )
  SELECT n.whom FROM known n
$$;
