-- For whom nothing was found: pledges, by code, whose name and place have as many of these words as anybody's, as beginnings, and the
-- words that each of them has not. Of the country they are looked for among those who have some of the words together, and those
-- who have the rarest ones, so that the work is bounded, however many have signed and whatever was typed.
CREATE OR REPLACE FUNCTION listing_similar(words text[], area text, event text, at_most integer)
RETURNS TABLE (kode text, rest text)
LANGUAGE plpgsql STABLE ROWS 26
SET enable_seqscan = off SET enable_bitmapscan = off
AS $$
DECLARE
  within text := CASE WHEN area = '' THEN '' ELSE area || '.' END;
  begins text[] := ARRAY(SELECT '% ' || w || '%' FROM unnest(words) w WHERE length(w) > 2);
  first_words text[] := words[:12];
  candidates text[] := '{}';
  together text;
  budget integer := 1000;
  one record;
BEGIN
  IF event IS NOT NULL THEN
    candidates := ARRAY(
      SELECT l.kode FROM listing l WHERE l.kegiatan_id = event AND ' ' || l.words LIKE ANY (begins) LIMIT 3000);
  ELSIF length(area) >= 5 THEN
    candidates := ARRAY(
      SELECT l.kode FROM listing l
      WHERE l.wilayah COLLATE "C" >= area AND l.wilayah COLLATE "C" < area || '/' AND ' ' || l.words LIKE ANY (begins)
      LIMIT 3000);
  ELSE
    FOR size IN REVERSE cardinality(first_words) - 1 .. 2 LOOP
      FOR i IN 1 .. cardinality(first_words) - size + 1 LOOP
        together := array_to_string(first_words[i:i + size - 1], '');
        CONTINUE WHEN length(together) < 5;
        candidates := candidates || ARRAY(
          SELECT t.kode FROM listing_term t
          WHERE t.term COLLATE "C" >= together AND t.term COLLATE "C" < together || '~' AND starts_with(t.wilayah || '.', within)
          ORDER BY t.term COLLATE "C" LIMIT at_most);
      END LOOP;
      EXIT WHEN candidates <> '{}';
    END LOOP;
    FOR one IN
      SELECT w.word, (
        SELECT count(*) FROM (
          SELECT FROM listing_term t
          WHERE t.term COLLATE "C" >= w.word AND t.term COLLATE "C" < w.word || '~' LIMIT 500) s)::int AS many
      FROM (SELECT DISTINCT unnest(words) AS word) w
      WHERE length(w.word) > 2
      ORDER BY many
    LOOP
      CONTINUE WHEN one.many = 0;
      candidates := candidates || ARRAY(
        SELECT t.kode FROM listing_term t
        WHERE t.term COLLATE "C" >= one.word AND t.term COLLATE "C" < one.word || '~' AND starts_with(t.wilayah || '.', within)
        LIMIT least(one.many, budget));
      budget := budget - one.many;
      EXIT WHEN budget <= 0;
    END LOOP;
  END IF;
  RETURN QUERY
    SELECT b.kode, b.rest FROM (
      SELECT l.kode, r.rest, r.fit, r.letters, max(r.fit) OVER () AS most
      FROM (SELECT DISTINCT unnest(candidates) AS kode) c
      JOIN listing l ON l.kode = c.kode
      CROSS JOIN LATERAL (
        SELECT coalesce(string_agg(w.word, ' ' ORDER BY w.place) FILTER (WHERE NOT w.fits), '') AS rest,
          -- A letter or two begin too many words to say much.
          count(*) FILTER (WHERE w.fits AND length(w.word) > 2) AS fit,
          sum(length(w.word)) FILTER (WHERE w.fits) AS letters
        FROM (
          SELECT u.word, u.place, strpos(' ' || l.words, ' ' || u.word) > 0 AS fits
          FROM unnest(listing_similar.words) WITH ORDINALITY AS u (word, place)) w) r) b
    WHERE b.fit = b.most AND b.fit > 0
    ORDER BY b.letters DESC, b.kode COLLATE "C"
    LIMIT at_most;
END $$;
