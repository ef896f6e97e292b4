-- What an event's counts gain, its areas gain. Those who must sign count from the day it is first opened.
CREATE OR REPLACE FUNCTION area_tally_follow() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  opened boolean := EXISTS (
    SELECT 1 FROM kegiatan_tahap t WHERE t.kegiatan_id = coalesce(NEW.kegiatan_id, OLD.kegiatan_id) AND t.tahap = 'dibuka');
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.wilayah = OLD.wilayah AND NEW.kegiatan_id = OLD.kegiatan_id THEN
    PERFORM area_tally_add(NEW.wilayah, CASE WHEN opened THEN NEW.wajib - OLD.wajib ELSE 0 END, NEW.sudah - OLD.sudah);
    RETURN NULL;
  END IF;
  IF TG_OP <> 'INSERT' THEN
    PERFORM area_tally_add(OLD.wilayah, CASE WHEN opened THEN -OLD.wajib ELSE 0 END, -OLD.sudah);
  END IF;
  IF TG_OP <> 'DELETE' THEN
    PERFORM area_tally_add(NEW.wilayah, CASE WHEN opened THEN NEW.wajib ELSE 0 END, NEW.sudah);
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER tally_changed AFTER INSERT OR DELETE OR UPDATE ON tally
FOR EACH ROW EXECUTE FUNCTION area_tally_follow();
