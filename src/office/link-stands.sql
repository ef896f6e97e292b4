-- Whether whoever made a link still stands behind it (office/stands-behind.sql). An invitation is the act of a penyelenggara; a link for
-- a passkey of one's own is the act of anyone who has a role.
CREATE OR REPLACE FUNCTION link_stands(link officer_invitation) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT stands_behind(link.created_by, link.spki, link.at, link.sampai, link.officer_id IS NULL)
$$;
