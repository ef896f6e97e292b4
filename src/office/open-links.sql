-- An organiser's links that would let somebody in now: not used, not ended, not over by the clock, and whoever made them stands behind them.
CREATE OR REPLACE FUNCTION open_links(organizer text) RETURNS SETOF officer_invitation
LANGUAGE sql STABLE AS $$
  SELECT i.* FROM officer_invitation i
  WHERE i.organizer_id = organizer AND i.used_at IS NULL AND i.ended_at IS NULL AND i.expires_at > clock_timestamp() AND link_stands(i)
$$;
