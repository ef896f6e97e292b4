-- How many of these links, which were open before an act (office/open-links.sql), ended with it, or end since nobody stands behind them any
-- more (office/end-fallen.sql): what the audit trail says of them. None: null.
CREATE OR REPLACE FUNCTION count_ended_links(were_open bytea[]) RETURNS bigint
LANGUAGE sql STABLE AS $$
  SELECT nullif(count(*), 0) FROM officer_invitation i
  WHERE i.digest = ANY (were_open) AND (i.ended_at IS NOT NULL OR NOT link_stands(i))
$$;
