-- Whether two names have a word of three letters in common. In a language that no query takes in: it is seldom asked, and what it
-- is made of is long.
CREATE OR REPLACE FUNCTION names_share_word(one text, other text) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RETURN array_remove(regexp_split_to_array(search_fold(one), E'( |\\m\\w{1,2}\\M)+'), '')
    && array_remove(regexp_split_to_array(search_fold(other), E'( |\\m\\w{1,2}\\M)+'), '');
END $$;
