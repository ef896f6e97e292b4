-- A row of `cosignature` is a line of a note, by the key that it is kept under: name, id, time and signature in base64 (cosignature.ts).
-- Whether it verifies is told before it is kept; but what stands under a checkpoint stays readable, whoever writes it.
CREATE OR REPLACE FUNCTION refuse_cosignature() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  said text[] := regexp_match(NEW.line, E'^— ([^[:space:]+]+) ((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)\n$');
BEGIN
  IF NOT coalesce(octet_length(decode(said[2], 'base64')) >= 76 AND said[1] = split_part(NEW.key, '+', 1)
    AND encode(substring(decode(said[2], 'base64') FOR 4), 'hex') = split_part(NEW.key, '+', 2), false)
  THEN RAISE EXCEPTION 'not a line of a witness' USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER cosignature_line BEFORE INSERT ON cosignature
FOR EACH ROW EXECUTE FUNCTION refuse_cosignature();
