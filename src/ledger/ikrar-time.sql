-- Times in texts: UTC, whole seconds, as 2026-11-23T02:10:21Z. STABLE as `to_char` is: then it is taken in where it is called.
CREATE OR REPLACE FUNCTION ikrar_time(t timestamptz) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT to_char(date_trunc('second', t) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
$$;
