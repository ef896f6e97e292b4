-- Where a place on the list is counted: its kecamatan, or its kabupaten if it serves that as a whole.
CREATE OR REPLACE FUNCTION wilayah_hitung(kode text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT left(kode, 8) $$;
