-- Rows that are written once: wordings that were published, what an operator did to the ledger, digests of keys, changes of
-- officers and of deadlines.
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% rows are never changed', TG_TABLE_NAME;
END $$;

CREATE OR REPLACE TRIGGER naskah_published BEFORE DELETE OR UPDATE ON naskah
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE OR REPLACE TRIGGER adoption_kept BEFORE DELETE OR UPDATE ON adoption
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE OR REPLACE TRIGGER key_digest_kept BEFORE DELETE OR UPDATE ON key_digest
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE OR REPLACE TRIGGER officer_change_kept BEFORE DELETE OR UPDATE ON officer_change
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE OR REPLACE TRIGGER kegiatan_batas_kept BEFORE DELETE OR UPDATE ON kegiatan_batas
FOR EACH ROW EXECUTE FUNCTION refuse_change();
