-- Words that the public search finds: apostrophes dropped, other marks read as spaces.
CREATE OR REPLACE FUNCTION search_words(nama text, wilayah_nama text) RETURNS tsvector
LANGUAGE sql IMMUTABLE AS $$
  SELECT to_tsvector('simple', translate(nama || ' ' || split_part(wilayah_nama, ',', 1), '.,-/()"''’‘', '       '))
$$;
