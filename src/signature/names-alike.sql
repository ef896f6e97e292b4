-- Whether two names may be two spellings of one, or one is a part of the other: Zulfikr, Zulfikar, Zulfikar Contoh.
CREATE OR REPLACE FUNCTION names_alike(one text, other text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT greatest(word_similarity(search_fold(one), search_fold(other)), word_similarity(search_fold(other), search_fold(one))) >= 0.5
$$;
