-- The first opening lets an event's places count. Imports and openings hold the event's row, so none is missed.
CREATE OR REPLACE FUNCTION area_tally_open() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.tahap = 'dibuka' AND NOT EXISTS (
    SELECT 1 FROM kegiatan_tahap t WHERE t.kegiatan_id = NEW.kegiatan_id AND t.tahap = 'dibuka' AND t.id <> NEW.id)
  THEN
    PERFORM area_tally_add(t.wilayah, t.wajib, 0) FROM tally t WHERE t.kegiatan_id = NEW.kegiatan_id;
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER kegiatan_opened AFTER INSERT ON kegiatan_tahap
FOR EACH ROW EXECUTE FUNCTION area_tally_open();
