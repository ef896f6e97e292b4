-- The text of a record of the audit trail (office/record.ts, whose `formatRecord` prints the same bytes). `r`: waktu, penyelenggara,
-- petugas (uuid), nama, peran, tindakan, kegiatan, perihal, dasar, acak; `sebelum` and `sesudah` are objects of texts.
CREATE OR REPLACE FUNCTION format_record(r jsonb) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
  WITH said AS (
    SELECT e.key, tidy_line(e.value) AS value
    FROM jsonb_each_text(r - 'sebelum' - 'sesudah') e
  ), head AS (
    SELECT n.place, n.name || ' ' || CASE WHEN n.name = 'petugas' AND s.value IS NOT NULL
      THEN s.value || ' ' || (SELECT o.value FROM said o WHERE o.key = 'nama')
      ELSE coalesce(nullif(s.value, ''), '-') END AS line
    FROM unnest(ARRAY['waktu', 'penyelenggara', 'petugas', 'peran', 'tindakan', 'kegiatan', 'perihal', 'dasar'])
      WITH ORDINALITY AS n (name, place) LEFT JOIN said s ON s.key = n.name
  ), changed AS (
    SELECT k.kind, k.kind || ' ' || e.key || ' ' || nullif(tidy_line(e.value), '') AS line
    FROM (VALUES ('sebelum'), ('sesudah')) k (kind), jsonb_each_text(coalesce(r->k.kind, '{}')) e
  )
  SELECT 'ikrar/riwayat@v1' || E'\n'
    || (SELECT string_agg(h.line || E'\n', '' ORDER BY h.place) FROM head h)
    || coalesce((SELECT string_agg(c.line || E'\n', '' ORDER BY c.line COLLATE "C") FROM changed c WHERE c.line IS NOT NULL), '')
    || 'acak ' || (r->>'acak') || E'\n'
$$;
