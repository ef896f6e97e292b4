-- A word, and the word without each of its letters. Two words that one letter tells apart (wrong, missing, too much, or two
-- that changed places) have one of these in common: SymSpell's symmetric delete.
CREATE OR REPLACE FUNCTION search_deletes(word text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT array_agg(DISTINCT overlay(word PLACING '' FROM i FOR 1)) || word FROM generate_series(1, length(word)) i
$$;
