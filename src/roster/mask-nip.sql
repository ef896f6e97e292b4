-- All but the last four letters of a NIP or NRP hidden: the pair of maskNip in src/roster/person.ts.
CREATE OR REPLACE FUNCTION mask_nip(nip text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT repeat('•', greatest(length(nip) - 4, 0)) || right(nip, 4)
$$;
