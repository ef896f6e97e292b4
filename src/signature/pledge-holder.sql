-- Who made a pledge, by what its statement says and the list that it names: place, bare name and NIP (empty: has none), and which line of
-- which list that is; once its data are erased, by the line that the eraser wrote down. No row if nothing says so: the text isn't the one
-- of the pledge's hash, entry and code, or no line, or more than one, of that list fits it. Of the pledge's row, of the passkey's and of the
-- place on the list nothing else is believed: officers, and the service, may write that. Whether a passkey signed the statement no function
-- of the database can tell: whoever asks has verified it (proof/erase-data.ts).
CREATE OR REPLACE FUNCTION pledge_holder(code text) RETURNS TABLE (
  tempat text, nama text, nip text, kegiatan_id text, daftar bytea, baris integer)
LANGUAGE sql STABLE AS $$
  WITH pledge AS (
    SELECT g.hash, regexp_match(g.statement, E'^ikrar/pernyataan@v1\nkode ([^\n]+)\n(?:[^\n]+\n){5}nama ([^\n]+)\nunsur ([^\n]+)\n'
      || E'jabatan ([^\n]+)\nwilayah ([0-9.]+) [^\n]+\n(?:[^\n]+\n){2}daftar sha256:([0-9a-f]{64})\n') AS said
    FROM signature g JOIN leaf l ON l.id = g.leaf_id
    WHERE g.kode = code AND sha256(convert_to(g.statement, 'UTF8')) = g.hash
      AND starts_with(l.entry, 'ikrar/catatan@v1' || E'\n' || 'jenis tanda-tangan' || E'\n'
        || 'pernyataan sha256:' || encode(g.hash, 'hex') || E'\n' || 'bukti sha256:' || encode(g.evidence_hash, 'hex') || E'\n')
  ), wanted AS (
    SELECT decode(said[6], 'hex') AS daftar, NULL::integer AS baris, said FROM pledge WHERE replace(said[1], '-', '') = code
    UNION ALL
    SELECT e.daftar, e.baris, NULL FROM erasure e JOIN signature g ON g.hash = e.hash
    WHERE g.kode = code AND g.statement = '' AND e.daftar IS NOT NULL
  ), fitting AS (
    SELECT c, v.kegiatan_id, w.daftar, x.nth::integer AS baris
    FROM wanted w JOIN roster_version v ON v.sha256 = w.daftar
    CROSS JOIN LATERAL string_to_table(v.isi, E'\n') WITH ORDINALITY x (line, nth)
    CROSS JOIN LATERAL string_to_array(x.line, E'\t') c
    WHERE sha256(convert_to(v.isi, 'UTF8')) = w.daftar AND roster_entered(v) AND CASE
      WHEN w.said IS NULL THEN x.nth = w.baris
      ELSE c[1] = w.said[3] AND c[2] = w.said[5] AND c[5] <> ''
        -- The statement's spaces may have been tidied.
        AND search_fold(concat_ws(' ', c[4], c[5], c[6])) = search_fold(w.said[2]) AND search_fold(c[5]) <> ''
        AND search_fold(coalesce(nullif(c[7], ''), c[1])) = search_fold(w.said[4]) END
  )
  SELECT min(f.c[1] || ' ' || CASE WHEN f.c[1] IN ('kepala desa', 'lurah/camat') THEN f.c[2] ELSE f.c[3] END), min(f.c[5]), min(f.c[3]),
    min(f.kegiatan_id), decode(min(encode(f.daftar, 'hex')), 'hex'), min(f.baris)
  FROM fitting f HAVING count(*) = 1
$$;
