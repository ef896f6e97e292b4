-- Free text for the audit trail: of a number that may be somebody's the last four digits are left, as of a NIP (mask_nip). Such are
-- eight digits or more that stand together, also with spaces, dots or dashes between them (NIP, NIK, NRP, telephone); five or more behind a
-- word that says so; and what is made as a NIP, a NIK or a mobile number, whatever stands between its digits, as long as no letter does.
-- What is written as a day, a time, a year, an amount, an area's code, the number of a decree or an address is no such number; nor is a
-- digest, or the id before a name. In doubt it is masked. A number in another dress (full width, other scripts, hidden characters) makes the
-- whole text a plain one.
CREATE OR REPLACE FUNCTION mask_numbers(words text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  -- Digits of the scripts that NFKC leaves as they are.
  scripts CONSTANT text DEFAULT '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹߀߁߂߃߄߅߆߇߈߉०१२३४५६७८९০১২৩৪৫৬৭৮৯੦੧੨੩੪੫੬੭੮੯૦૧૨૩૪૫૬૭૮૯୦୧୨୩୪୫୬୭୮୯௦௧௨௩௪௫௬௭௮௯'
    || '౦౧౨౩౪౫౬౭౮౯೦೧೨೩೪೫೬೭೮೯൦൧൨൩൪൫൬൭൮൯෦෧෨෩෪෫෬෭෮෯๐๑๒๓๔๕๖๗๘๙໐໑໒໓໔໕໖໗໘໙༠༡༢༣༤༥༦༧༨༩၀၁၂၃၄၅၆၇၈၉႐႑႒႓႔႕႖႗႘႙'
    || '០១២៣៤៥៦៧៨៩᠐᠑᠒᠓᠔᠕᠖᠗᠘᠙᥆᥇᥈᥉᥊᥋᥌᥍᥎᥏᧐᧑᧒᧓᧔᧕᧖᧗᧘᧙᪀᪁᪂᪃᪄᪅᪆᪇᪈᪉᪐᪑᪒᪓᪔᪕᪖᪗᪘᪙᭐᭑᭒᭓᭔᭕᭖᭗᭘᭙᮰᮱᮲᮳᮴᮵᮶᮷᮸᮹᱀᱁᱂᱃᱄᱅᱆᱇᱈᱉'
    || '᱐᱑᱒᱓᱔᱕᱖᱗᱘᱙꘠꘡꘢꘣꘤꘥꘦꘧꘨꘩꣐꣑꣒꣓꣔꣕꣖꣗꣘꣙꤀꤁꤂꤃꤄꤅꤆꤇꤈꤉꧐꧑꧒꧓꧔꧕꧖꧗꧘꧙꧰꧱꧲꧳꧴꧵꧶꧷꧸꧹꩐꩑꩒꩓꩔꩕꩖꩗꩘꩙꯰꯱꯲꯳꯴꯵꯶꯷꯸꯹';
  id CONSTANT text DEFAULT coalesce(substring(words FROM '^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?: |$)'), '');
  plain CONSTANT text DEFAULT regexp_replace(regexp_replace(
    translate(normalize(substr(words, length(id) + 1), NFKC), scripts, repeat('0123456789', 35)),
    E'[\\u00ad\\u034f\\u061c\\u180b-\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ue000\\ufe00-\\ufe0f\\ufeff]+', '', 'g'),
    E'[\\u0001-\\u0020\\u007f-\\u00a0\\u2028\\u2029]+', ' ', 'g');
BEGIN
  IF words ~ '^sha256:[0-9a-f]{64}$' OR plain !~ '[0-9](?:[^0-9]*[0-9]){4}' THEN RETURN words; END IF;
  DECLARE
    -- Between the digits of one number: as people write them; and whatever is no letter.
    dress CONSTANT text DEFAULT '[ .:·‧∙⋅・‐-―−-]{0,3}';
    strewn CONSTANT text DEFAULT E'[^[:alpha:]0-9•\ue000]{0,3}';
    -- Ends a number: behind a comma and a space, the year of a decree, before a day whose month is in words, and behind the number of a
    -- house, where a postal code follows.
    stop CONSTANT text DEFAULT E'\ue000';
    year CONSTANT text DEFAULT '(?:19|2[01]|29)[0-9]{2}';
    dm CONSTANT text DEFAULT '(?:0?[1-9]|[12][0-9]|3[01])@(?:0?[1-9]|1[0-2])@' || year;
    md CONSTANT text DEFAULT year || '@(?:0?[1-9]|1[0-2])@(?:0?[1-9]|[12][0-9]|3[01])';
    moment CONSTANT text DEFAULT '(?:' || replace(dm || '|' || md, '@', '[.]') || '|' || replace(dm || '|' || md, '@', '[‐-―−-]')
      || '|' || replace(dm || '|' || md, '@', '/') || '|(?:[01]?[0-9]|2[0-4])[.:][0-5][0-9](?:[.:][0-5][0-9](?:[.][0-9]{3})?)?)';
    range CONSTANT text DEFAULT '(?: ?[‐-―−-] ?| )';
    -- In thousands, and round, unless the currency or its cents stand beside it.
    round CONSTANT text DEFAULT '[1-9][0-9]{0,2}(?:[.][0-9]{3}){0,3}[.]000';
    sum CONSTANT text DEFAULT '[1-9][0-9]{0,2}(?:[.][0-9]{3}){1,4}';
    cents CONSTANT text DEFAULT sum || '(?:,[0-9]{2}(?![0-9])|,-| rupiah)';
    decree CONSTANT text DEFAULT '[0-9.]{1,12}(?:/[0-9]{1,4}){0,2}/' || year;
    -- 188.45-1145-2026, 821.2-12-2026, 100.3.3.2-456.
    dashed CONSTANT text DEFAULT '(?:[1-79][0-9]{2}(?:[.][0-9]{1,2}){1,3}|8[0-9]{2}[.][0-9](?:[.][0-9]{1,2}){0,2})-[0-9]{1,4}-' || year
      || '|[1-9]00(?:[.][0-9]{1,2}){2,4}-[0-9]{1,4}';
    area CONSTANT text DEFAULT '[0-9]{2}[.][0-9]{2}[.][0-9]{2}[.][123][0-9]{3}';
    -- What is no number of anybody, however many of them stand in a row.
    moments CONSTANT text DEFAULT format('^%1$s(?:[^[:alnum:]•]{1,3}%1$s)*$', moment);
    harmless CONSTANT text DEFAULT format('^(?:%1$s|%2$s|%3$s|[0-9]{1,3})(?:[^[:alnum:]•]{1,3}(?:%1$s|%2$s|%3$s|[0-9]{1,3}))*$',
      moment, year, decree);
    known CONSTANT text DEFAULT format('(?:%1$s|%2$s|%3$s)(?:%4$s(?:%1$s|%2$s|%3$s)){0,3}|%5$s|%6$s|%7$s',
      moment, year, round, range, cents, dashed, area);
    names CONSTANT text DEFAULT 'nip|nik|nrp|npwp|ktp|hp|wa|whatsapp|telp|telepon';
    currency CONSTANT text DEFAULT '[[:<:]](?:rp|idr)[. ]{0,2}$';
    money CONSTANT text DEFAULT format('^(?:[1-9][0-9]{0,14}|%1$s)(?:%2$s(?:[1-9][0-9]{0,14}|%1$s))?$', sum, range);
    -- Made as a NIP, a NIK, a mobile number: up to its last four digits.
    nip CONSTANT text DEFAULT '(?<![0-9])(?:1~9|2~0)~[0-9]~[0-9]~(?:0~[1-9]|1~[0-2])~(?:0~[1-9]|[12]~[0-9]|3~[01])~(?:1~9|2~0)~[0-9]~[0-9]'
      || '~[0-9]~[0-9]((?:~[0-9]){4})(?![0-9])';
    nik CONSTANT text DEFAULT '(?<![0-9])[1-9]~[0-9]~[0-9]~[0-9]~[0-9]~[0-9]~(?:[04]~[1-9]|[1256]~[0-9]|[37]~[01])~(?:0~[1-9]|1~[0-2])'
      || '~[0-9]~[0-9]((?:~[0-9]){4})(?![0-9])';
    mobile CONSTANT text DEFAULT '(?<![0-9]' || dress || ')(?:0|6~2)~8~[1-9](?:~[0-9]){3,6}((?:~[0-9]){4})(?![0-9])';
    said text := '';
    masked text := '';
    piece text[];
    run text;
    digits integer;
    -- By what stands before it.
    labelled boolean;
  BEGIN
    -- A whole one first: of two side by side each is one.
    FOR piece IN SELECT regexp_matches(
      regexp_replace(regexp_replace(plain, '[0-9]{12,}([0-9]{4})', E'••••\\1', 'g'), '([,;])(?= )', E'\\1' || stop, 'g'),
      format('([^0-9]*)((?:[0-9](?:%s[0-9])*)?)', strewn), 'g')
    LOOP
      run := piece[2];
      IF run !~ moments THEN
        run := regexp_replace(run, replace(nip, '~', strewn), E'••••\\1', 'g');
      END IF;
      IF run !~ harmless AND piece[1] !~* currency THEN
        run := regexp_replace(regexp_replace(run, replace(nik, '~', strewn), E'••••\\1', 'g'), replace(mobile, '~', strewn), E'••••\\1', 'g');
      END IF;
      said := said || piece[1] || run;
    END LOOP;
    said := regexp_replace(regexp_replace(regexp_replace(said, format('(/%s)(?= )', year), E'\\1' || stop, 'g'),
      format('([0-9])(?=%s[0-9]{1,2} (?:jan|feb|mar|apr|mei|jun|jul|agu|sep|okt|nov|des))', range), E'\\1' || stop, 'gi'),
      format('([[:<:]](?:jl|jln|jalan|gang|gg|rt|rw|blok|kav|km|pos|box)[[:>:]](?:(?![[:<:]](?:%2$s)[[:>:]]).){0,80}(?<![0-9]%1$s)'
        || '[0-9]{1,4}(?:[‐-―−-][0-9]{1,4})?)(?= [1-9][0-9]{4}(?!%1$s[0-9]))', dress, names),
      E'\\1' || stop, 'gi');
    FOR piece IN SELECT regexp_matches(said,
      format('([^0-9]*)((?:%s|(?:0[0-9]{1,3}[)][ .-]{0,2})?[0-9](?:%s[0-9])*)?)', known, dress), 'g')
    LOOP
      run := piece[2];
      digits := length(regexp_replace(run, '[^0-9]', '', 'g'));
      labelled := piece[1] ~* ('[[:<:]](?:' || names || ')[^[:alnum:]•]{0,4}(?:(?:no|nomor|tni|polri|lama|baru)[^[:alnum:]•]{0,4})?$');
      IF labelled AND digits >= 5
        OR digits >= 8 AND run !~ ('^(?:' || known || ')$') AND NOT (piece[1] ~* currency AND run ~ money)
      THEN
        run := '••••' || substring(run FROM format('((?:%s[0-9]){4})$', strewn));
      END IF;
      masked := masked || piece[1] || run;
    END LOOP;
    masked := replace(masked, stop, '');
    RETURN CASE WHEN masked = plain THEN words ELSE id || masked END;
  END;
END $$;
