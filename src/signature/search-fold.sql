-- A text as it is searched for: words of a–z and 0–9 with one space between. Apostrophes are dropped, whatever they are called;
-- letters lose their marks and their case; all else parts words; three single letters or more in a row are one word
-- (C O N T O H). `fold` of lib/text.ts does the same with what is typed; test/signature/search.test.ts holds the two equal.
CREATE OR REPLACE FUNCTION search_fold(shown text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE WHEN f.words ~ E'(?:^| )\\w \\w \\w(?: |$)'
    THEN regexp_replace(f.words, E'(?<=\\m\\w \\w) (?=\\w\\M)|(?<=\\m\\w) (?=\\w \\w\\M)', '', 'g') ELSE f.words END
  FROM (
    SELECT btrim(regexp_replace(lower(translate(CASE WHEN shown ~ '[^ -~]'
      THEN replace(replace(translate(
        regexp_replace(normalize(translate(shown, '´‘’‛′ʹʻʼʽʾʿˈˊˋ＇', ''), NFKD), E'[\\u0300-\\u036f]+', '', 'g'),
        'ıłŁøØđĐðÐħĦ', 'ilLoOdDdDhH'), 'ß', 'ss'), 'ẞ', 'ss')
      ELSE shown END, '''"`', '') COLLATE "C"), '[^a-z0-9]+', ' ', 'g')) AS words) f
$$;
