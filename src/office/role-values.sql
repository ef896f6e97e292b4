-- What the audit trail says of a role that comes, changes or goes; its event stands in the record by itself.
CREATE OR REPLACE FUNCTION role_values(r officer_role) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT jsonb_strip_nulls(jsonb_build_object('peran', r.peran, 'lembaga', nullif(r.lembaga, ''), 'jabatan', nullif(r.jabatan, ''),
    'mulai', ikrar_time(r.sejak), 'sampai', ikrar_time(r.sampai)))
$$;
