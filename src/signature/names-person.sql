-- Whether words name somebody: by one of their names in whole, as whole words in whatever dress (`search_fold`), or by the number in
-- whatever groups. Words are looked at twice, since there three single letters in a row are one: `a.n. R A Kartini` names R A
-- Kartini, and `K A R T I N I` Kartini.
CREATE OR REPLACE FUNCTION names_person(words text, names text[], nip text) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  said text := search_fold(words);
  letters text := replace(said, ' ', '');
  parts CONSTANT text := '[[:space:].,;:/()&+_-]+';
  name text;
  folded text;
BEGIN
  FOREACH name IN ARRAY coalesce(names, '{}') LOOP
    folded := search_fold(name);
    -- Nearly always: its letters aren't there at all, however they are parted.
    CONTINUE WHEN folded = '' OR position(replace(folded, ' ', '') IN letters) = 0;
    IF position(' ' || folded || ' ' IN ' ' || said || ' ') > 0 THEN RETURN true; END IF;
    -- Part by part, no single letters are joined.
    IF (SELECT position(' ' || n.line || ' ' IN ' ' || w.line || ' ') > 0 FROM
        (SELECT string_agg(search_fold(p), ' ' ORDER BY at) FILTER (WHERE search_fold(p) <> '') AS line
         FROM regexp_split_to_table(name, parts) WITH ORDINALITY r (p, at)) n,
        (SELECT string_agg(search_fold(p), ' ' ORDER BY at) FILTER (WHERE search_fold(p) <> '') AS line
         FROM regexp_split_to_table(words, parts) WITH ORDINALITY r (p, at)) w)
    THEN RETURN true; END IF;
  END LOOP;
  RETURN nip ~ E'^\\d{6,}$' AND words ~ (E'(?:^|\\D)' || regexp_replace(nip, E'(\\d)(?=\\d)', E'\\1[ ./-]*', 'g') || E'(?:\\D|$)');
END $$;
