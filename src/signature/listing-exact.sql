-- Pledges of the list, by code, whose name and place have all these words, as beginnings; those where they stand
-- together first. Of the country or of an area; of an event if one is given. Its work is bounded, however many have signed.
CREATE OR REPLACE FUNCTION listing_exact(words text[], area text, event text, at_most integer) RETURNS SETOF text
LANGUAGE plpgsql STABLE ROWS 26 -- A page. As many as PostgreSQL supposes would have the whole list read beside it.
-- A bitmap would be made of all that a common word finds, and a plan must not depend on how old the statistics are.
SET enable_seqscan = off SET enable_bitmapscan = off
AS $$
DECLARE
  whole text;
  word text;
  within text := CASE WHEN area = '' THEN '' ELSE area || '.' END;
  found text[] := '{}';
  begins text[] := ARRAY(SELECT '% ' || w || '%' FROM unnest(words) w);
  -- Al Amin is Al-Amin and Alamin. A short one would be found in the middle of most names.
  joined text := CASE WHEN length(array_to_string(words, '')) >= 5 THEN '%' || array_to_string(words, '') || '%' END;
  inside text[] := ARRAY(SELECT '%' || w || '%' FROM unnest(words) w);
  -- Who is called just so, before all whose names go on.
  named text := array_to_string(words, ' ') || ' ';
  short text[] := ARRAY(SELECT '% ' || w || '%' FROM unnest(words) w WHERE length(w) < 5);
  anchor text;
  many integer;
  fewest integer;
  cap integer;
BEGIN
  -- The few names of an event or a kabupaten are read one by one: the country's common words are more.
  IF event IS NOT NULL THEN
    RETURN QUERY SELECT l.kode FROM listing l
    WHERE l.kegiatan_id = event AND (' ' || l.words LIKE ALL (begins) OR replace(l.words, ' ', '') LIKE joined)
    ORDER BY NOT starts_with(l.words || ' ', named), length(l.nama), l.kode COLLATE "C" LIMIT at_most;
    RETURN;
  ELSIF length(area) >= 5 THEN
    RETURN QUERY SELECT l.kode FROM listing l
    WHERE l.wilayah COLLATE "C" >= area AND l.wilayah COLLATE "C" < area || '/'
      AND (' ' || l.words LIKE ALL (begins) OR replace(l.words, ' ', '') LIKE joined)
    ORDER BY NOT starts_with(l.words || ' ', named), length(l.nama), l.kode COLLATE "C" LIMIT at_most;
    RETURN;
  END IF;

  -- Where they stand together; a name's last words are followed by its first, so each may have been written first.
  FOR i IN 1..least(cardinality(words), 6) LOOP
    whole := array_to_string(words[i:] || words[:i - 1], '');
    found := found || ARRAY(
      SELECT DISTINCT s.kode FROM (
        SELECT t.kode FROM listing_term t
        WHERE t.term COLLATE "C" >= whole AND t.term COLLATE "C" < whole || '~' AND starts_with(t.wilayah || '.', within)
        ORDER BY t.term COLLATE "C" LIMIT at_most + 8) s
      WHERE s.kode <> ALL (found) LIMIT at_most - cardinality(found));
    EXIT WHEN cardinality(found) >= at_most;
  END LOOP;
  IF cardinality(words) > 1 AND cardinality(found) < at_most THEN
    -- Where they stand apart: from the rarest word on. Most have one that few bear, and the others needn't be counted then.
    FOREACH fewest IN ARRAY ARRAY[20, 500] LOOP
      anchor := NULL;
      cap := fewest;
      FOREACH word IN ARRAY ARRAY(SELECT w FROM unnest(words) w WHERE length(w) > 1 ORDER BY length(w) DESC) LOOP
        SELECT count(*) INTO many FROM (
          SELECT FROM listing_term t
          WHERE t.term COLLATE "C" >= word AND t.term COLLATE "C" < word || '~' LIMIT fewest) s;
        IF anchor IS NULL OR many < fewest THEN
          anchor := word;
          fewest := many;
        END IF;
        EXIT WHEN fewest = 0;
      END LOOP;
      EXIT WHEN fewest < cap;
    END LOOP;
    IF fewest > 0 THEN
      found := found || ARRAY(
        SELECT DISTINCT s.kode FROM (
          SELECT r.kode FROM (
            SELECT t.kode, t.term FROM listing_term t
            WHERE t.term COLLATE "C" >= anchor AND t.term COLLATE "C" < anchor || '~' AND starts_with(t.wilayah || '.', within)
            LIMIT 50000) r
          WHERE r.term LIKE ALL (inside) AND r.kode <> ALL (found)
            AND (short = '{}' OR (SELECT ' ' || l.words FROM listing l WHERE l.kode = r.kode) LIKE ALL (short))
          LIMIT at_most + 8) s
        LIMIT at_most - cardinality(found));
    END IF;
  END IF;
  RETURN QUERY SELECT unnest(found);
END $$;
