-- Free text for the audit trail: of a number the last four digits are left, as of a NIP (mask_nip): of nine digits or more that a dot, a
-- dash or a space groups, or of twelve or more whatever stands between them, as long as no letter does. A number in another dress
-- (full width, other scripts, hidden characters) makes the whole text a plain one. A digest, or the id before a name, is no such number.
CREATE OR REPLACE FUNCTION mask_numbers(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE
    WHEN words ~ '^sha256:[0-9a-f]{64}$' THEN words
    WHEN p.plain ~ grouped OR p.plain ~ strewn
    THEN rest.id || regexp_replace(regexp_replace(regexp_replace(p.plain, whole, E'••••\\1', 'g'), strewn, E'••••\\1', 'g'),
      grouped, E'••••\\1', 'g')
    ELSE words END
  FROM (SELECT coalesce(substring(words FROM '^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?: |$)'), '') AS id) i
  CROSS JOIN LATERAL (SELECT i.id, substr(words, length(i.id) + 1) AS free) rest
  CROSS JOIN LATERAL (
    SELECT regexp_replace(regexp_replace(
      translate(normalize(rest.free, NFKC), '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९০১২৩৪৫৬৭৮৯๐๑๒๓๔๕๖๗๘๙꧐꧑꧒꧓꧔꧕꧖꧗꧘꧙᮰᮱᮲᮳᮴᮵᮶᮷᮸᮹᭐᭑᭒᭓᭔᭕᭖᭗᭘᭙',
        repeat('0123456789', 8)),
      E'[\\u00ad\\u034f\\u061c\\u180b-\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufe00-\\ufe0f\\ufeff]+', '', 'g'),
      E'[\\u0001-\\u0020\\u007f-\\u00a0\\u2028\\u2029]+', ' ', 'g') AS plain) p
  -- A whole NIP or NIK first: of two side by side each is one.
  CROSS JOIN (VALUES ('[0-9]{12,}([0-9]{4})',
    '[0-9](?:[ .‐-―−-]{0,3}[0-9]){4,}((?:[ .‐-―−-]{0,3}[0-9]){4})',
    '[0-9](?:[^[:alpha:]0-9•]{0,3}[0-9]){7,}((?:[^[:alpha:]0-9•]{0,3}[0-9]){4})')) AS n (whole, grouped, strewn)
$$;
