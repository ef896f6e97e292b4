-- A value as it stands in a line of a record: control characters, and what parts lines, stand for a space. As in `tidy` of
-- office/record.ts.
CREATE OR REPLACE FUNCTION tidy_line(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT btrim(regexp_replace(value, E'[\\u0001-\\u0020\\u007f-\\u00a0\\u2028\\u2029]+', ' ', 'g'), ' ')
$$;
