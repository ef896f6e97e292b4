-- Whether words name somebody: by one of their names in whole, as whole words in whatever dress (`search_fold`), or by the number in
-- whatever groups. Twice, since three single letters in a row are one word there: `a.n. R A Kartini` names R A Kartini, and
-- `K A R T I N I` Kartini.
CREATE OR REPLACE FUNCTION names_person(words text, names text[], nip text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT EXISTS (
    SELECT FROM unnest(names) n, LATERAL (
      SELECT search_fold(words) AS said, search_fold(n) AS name
      UNION ALL
      SELECT a.said, b.name FROM
        (SELECT string_agg(search_fold(w), ' ' ORDER BY at) AS said
         FROM regexp_split_to_table(words, '[[:space:].,;:/()&+_-]+') WITH ORDINALITY s (w, at) WHERE search_fold(w) <> '') a,
        (SELECT string_agg(search_fold(w), ' ' ORDER BY at) AS name
         FROM regexp_split_to_table(n, '[[:space:].,;:/()&+_-]+') WITH ORDINALITY s (w, at) WHERE search_fold(w) <> '') b
    ) f
    WHERE f.name <> '' AND position(' ' || f.name || ' ' IN ' ' || f.said || ' ') > 0)
  OR (nip ~ '^\d{6,}$' AND words ~ ('(?:^|\D)' || regexp_replace(nip, '(\d)(?=\d)', '\1[ ./-]*', 'g') || '(?:\D|$)'))
$$;
