-- Free text for the audit trail: of a number of nine digits or more, however it is grouped, the last four are left, as of a NIP
-- (mask_nip). A digest, or the id before a name, is no such number.
CREATE OR REPLACE FUNCTION mask_numbers(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE WHEN words ~ '^sha256:[0-9a-f]{64}$' THEN words ELSE
    coalesce(substring(words FROM uuid), '')
      || regexp_replace(regexp_replace(words, uuid, ''), '\d(?:[\s.-]{0,3}\d){4,}((?:[\s.-]{0,3}\d){4})', '••••\1', 'g') END
  FROM (VALUES ('^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?: |$)')) AS u (uuid)
$$;
