-- What the public search reads follows the list: its terms, and its words for whoever has mistyped one. A word that no
-- listed name or place has any more is no longer kept either.
CREATE OR REPLACE FUNCTION listing_follow() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO listing_term (term, wilayah, kode)
    SELECT t.term, a.wilayah, a.kode FROM added a CROSS JOIN LATERAL search_terms(a.nama, a.wilayah_nama) AS t (term);
    INSERT INTO search_word (word, deletes)
    SELECT w.word, search_deletes(w.word)
    FROM (SELECT DISTINCT unnest(string_to_array(a.words, ' ')) AS word FROM added a) w
    WHERE length(w.word) BETWEEN 2 AND 40 AND NOT EXISTS (SELECT FROM search_word s WHERE s.word = w.word)
    ON CONFLICT DO NOTHING;
  ELSE
    DELETE FROM listing_term t USING removed r
    WHERE t.kode = r.kode AND t.term IN (SELECT search_terms(r.nama, r.wilayah_nama));
    DELETE FROM search_word s
    USING (SELECT DISTINCT unnest(string_to_array(r.words, ' ')) AS word FROM removed r) w
    WHERE s.word = w.word AND NOT EXISTS (
      SELECT FROM listing_term t JOIN listing l ON l.kode = t.kode
      WHERE t.term COLLATE "C" >= w.word AND t.term COLLATE "C" < w.word || '~'
        AND w.word = ANY (string_to_array(l.words, ' ')));
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER listing_added AFTER INSERT ON listing
REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION listing_follow();

CREATE OR REPLACE TRIGGER listing_removed AFTER DELETE ON listing
REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION listing_follow();
