-- What two names have in common that a reader would take for one: letters without marks and case, signs and spaces left out, and
-- 1, I and l, 0 and O for one another. No two officers of an organiser have it in common, nor do two organisers of an area.
CREATE OR REPLACE FUNCTION officer_name_key(nama text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT translate(search_fold(nama), '1i0 ', 'llo')
$$;
