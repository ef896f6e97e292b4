-- Whether an officer is known: the installation, or one whose word counts (office/known-organizers.sql), has invited, made or vouched for
-- them, as whatever. Nobody's gift takes that away. From who is known a stranger takes nothing.
CREATE OR REPLACE FUNCTION officer_known(officer uuid) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM officer o, officer_knows(o.organizer_id) k
    WHERE o.id = officer_known.officer AND k.whom = o.id AND k.counts
      AND (k.who IS NULL OR k.who IN (SELECT known_organizers(o.organizer_id))))
$$;
