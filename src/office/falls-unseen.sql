-- Whether more ends with a role than a page has shown (`shown`, office/falls-shown.sql; empty: nothing, ever). What its holder has made
-- since is none of it: or they could put off the end of their role, by making something each time somebody has looked. Nor is what ends
-- no more since, which needs nobody's consent.
CREATE OR REPLACE FUNCTION falls_unseen(who uuid, role bigint, until timestamptz, keys bytea[], shown text) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM falls_with(who, role, until, keys) f
    WHERE NOT f.mark = ANY (string_to_array(coalesce(shown, ''), ' '))
      AND coalesce(f.at <= timestamptz 'epoch' + substring(shown FROM '^[0-9]{1,16}(?= |$)')::bigint * interval '1 microsecond', true))
$$;
