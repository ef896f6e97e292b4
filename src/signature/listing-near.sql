-- For whom nothing was found: the words with one of them changed by one letter into a word that the list knows, if that finds
-- somebody. Each such reading, and the pledges it finds, by code.
CREATE OR REPLACE FUNCTION listing_near(words text[], area text, event text, at_most integer)
RETURNS TABLE (kode text, reading text)
LANGUAGE plpgsql STABLE ROWS 26 AS $$
DECLARE
  left_over integer := at_most;
  changed text[];
  one record;
BEGIN
  -- A word that nothing begins with is the wrong one, and of two nobody is found; if there is none, it may be any.
  FOR one IN
    WITH typed AS (
      SELECT w.word, w.place, EXISTS (
        SELECT FROM listing_term t
        WHERE t.term COLLATE "C" >= w.word AND t.term COLLATE "C" < w.word || '~') AS known
      FROM unnest(words) WITH ORDINALITY AS w (word, place)
    ), wrong AS (
      SELECT t.word, t.place FROM typed t
      WHERE CASE (SELECT count(*) FROM typed WHERE NOT known) WHEN 0 THEN true WHEN 1 THEN NOT t.known ELSE false END
        AND length(t.word) BETWEEN CASE WHEN cardinality(words) = 1 THEN 3 ELSE 2 END AND 40
      ORDER BY length(t.word) DESC, t.place LIMIT 4
    )
    SELECT w.place, s.word FROM wrong w
    CROSS JOIN LATERAL (
      SELECT s.word FROM search_word s
      WHERE s.deletes && search_deletes(w.word) AND search_one_apart(s.word, w.word)
      ORDER BY left(s.word, 1) <> left(w.word, 1), s.word LIMIT CASE WHEN length(w.word) < 4 THEN 16 ELSE 8 END) s
  LOOP
    changed := words;
    changed[one.place] := one.word;
    FOR kode IN SELECT listing_exact(changed, area, event, left_over) LOOP
      reading := array_to_string(changed, ' ');
      left_over := left_over - 1;
      RETURN NEXT;
    END LOOP;
    EXIT WHEN left_over <= 0;
  END LOOP;
END $$;
