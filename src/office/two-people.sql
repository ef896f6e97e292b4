-- Whether two officers are two people, as far as an organiser can know: no single officer stands between the installation
-- and both of them. An officer is known by who invited or vouched for them (officer_knows). Whoever could have made up all who know
-- an officer could have made up the officer; so for every officer, also for these two themselves, at least one of the two
-- is known without them. `as_of`: then (role-held.sql). Shown by test/office/two-people.test.ts.
CREATE OR REPLACE FUNCTION two_people(one uuid, other uuid, as_of timestamptz DEFAULT NULL) RETURNS boolean
LANGUAGE sql STABLE AS $$
  WITH RECURSIVE colleague AS (
    SELECT o.id, o.organizer_id FROM officer o
    WHERE o.organizer_id = (SELECT p.organizer_id FROM officer p WHERE p.id = one) AND (o.removed_at IS NULL OR o.removed_at > as_of)
  ), knows AS (
    SELECT k.who, k.whom FROM officer_knows((SELECT p.organizer_id FROM officer p WHERE p.id = one), as_of) k
    WHERE k.counts AND k.of_organizer
  ), known AS (
    -- Who is known without `left_out`.
    SELECT l.id AS left_out, k.whom FROM colleague l JOIN knows k ON k.who IS NULL AND k.whom <> l.id
    UNION
    SELECT n.left_out, k.whom FROM known n JOIN knows k ON k.who = n.whom AND k.whom <> n.left_out
  )
  SELECT one <> other AND (SELECT count(*) FROM colleague c WHERE c.id IN (one, other)) = 2 AND NOT EXISTS (
    SELECT 1 FROM colleague l WHERE NOT EXISTS (
      SELECT 1 FROM known n WHERE n.left_out = l.id AND n.whom IN (one, other)))
$$;
