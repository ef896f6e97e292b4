-- Whether an officer is penyelenggara, and no other of their organiser is for good: without them nobody could give a role, now or
-- once the others' have ended by the clock.
CREATE OR REPLACE FUNCTION is_last_penyelenggara(officer uuid) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT organizes(is_last_penyelenggara.officer) IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM officer o JOIN officer p ON p.organizer_id = o.organizer_id AND p.id <> o.id
    WHERE o.id = is_last_penyelenggara.officer AND organizes_until(p.id) = 'infinity')
$$;
