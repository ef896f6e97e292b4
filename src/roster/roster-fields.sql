-- What a place on the list says, for the audit trail: `p` is its row. Of a number the last four digits; one that differs from that of
-- `former` in the others alone says that it is another.
CREATE OR REPLACE FUNCTION roster_fields(p jsonb, former jsonb DEFAULT NULL) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_build_object('unsur', p->>'unsur', 'wilayah', p->>'wilayah', 'gelar-depan', p->>'gelar_depan', 'nama', p->>'nama',
    'gelar-belakang', p->>'gelar_belakang', 'jabatan', p->>'jabatan', 'pangkat', p->>'pangkat', 'unit-kerja', p->>'unit_kerja',
    'nip', mask_nip(p->>'nip') || CASE
      WHEN p->>'nip' <> former->>'nip' AND mask_nip(p->>'nip') = mask_nip(former->>'nip') THEN ' (lain)' ELSE '' END)
$$;
