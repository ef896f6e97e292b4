-- A permuterm index's terms for one pledge: the words of the name, then of the place, turned so that each word comes first
-- once, and written without spaces. Whatever stands together in a name, from any of its words on, is then a beginning.
CREATE OR REPLACE FUNCTION search_terms(nama text, wilayah_nama text) RETURNS SETOF text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  WITH folded AS (
    SELECT string_to_array(search_fold(nama), ' ') AS n,
      string_to_array(search_fold(split_part(wilayah_nama, ',', 1)), ' ') AS p)
  SELECT left(array_to_string(n[i:] || n[:i - 1] || p, ''), 120) FROM folded, generate_subscripts(n, 1) i WHERE i <= 12
  UNION
  SELECT left(array_to_string(p[i:] || p[:i - 1] || n, ''), 120) FROM folded, generate_subscripts(p, 1) i WHERE i <= 6
$$;
