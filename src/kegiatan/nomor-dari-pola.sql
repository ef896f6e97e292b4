-- A number from the organiser's pattern: `800/{urut}/IKRAR/BKBP/{bulan romawi}/{tahun}`.
-- The pair of renderNomor in src/kegiatan/event.ts; a test holds them equal.
CREATE OR REPLACE FUNCTION nomor_dari_pola(pola text, tanggal date, urut integer) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT replace(replace(replace(replace(pola,
    '{bulan romawi}', to_char(tanggal, 'FMRM')),
    '{bulan}', to_char(tanggal, 'MM')),
    '{tahun}', to_char(tanggal, 'YYYY')),
    '{urut}', urut::text)
$$;
