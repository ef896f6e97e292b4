-- Whether one letter tells two words apart: wrong, missing, too much, or two neighbours that changed places.
CREATE OR REPLACE FUNCTION search_one_apart(one text, other text) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT one <> other AND (
    substr(one, at + 1) = substr(other, at + 1) OR substr(one, at) = substr(other, at + 1)
    OR substr(one, at + 1) = substr(other, at)
    OR (substr(one, at, 2) = reverse(substr(other, at, 2)) AND substr(one, at + 2) = substr(other, at + 2)))
  FROM (
    SELECT coalesce(min(i), least(length(one), length(other)) + 1) AS at
    FROM generate_series(1, least(length(one), length(other))) i
    WHERE substr(one, i, 1) <> substr(other, i, 1)) f
$$;
