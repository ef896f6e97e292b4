-- Whether the ledger has this version of a list: it is of its event and number, and the entry that it names is of its text. Its row the
-- service's role writes (src/rights.ts), the entry's text only `append_leaf`. A word of a condition, told last: it takes a digest.
CREATE OR REPLACE FUNCTION roster_entered(v roster_version) RETURNS boolean
LANGUAGE sql STABLE COST 10000 AS $$
  SELECT starts_with(v.isi, 'ikrar/daftar@v1' || E'\n' || 'kegiatan ' || v.kegiatan_id || E'\n' || 'versi ' || v.versi || E'\n')
    AND EXISTS (
      SELECT FROM leaf l WHERE l.id = v.leaf_id AND starts_with(l.entry, 'ikrar/catatan@v1' || E'\n' || 'jenis daftar' || E'\n'
        || 'daftar sha256:' || encode(sha256(convert_to(v.isi, 'UTF8')), 'hex') || E'\n'))
$$;
