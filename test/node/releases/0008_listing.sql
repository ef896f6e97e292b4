-- While the table is filled no entry gets its place: one that did would be counted and not listed.
SELECT FROM tree FOR UPDATE;
--> statement-breakpoint
CREATE TABLE "listing" (
	"hash" "bytea" PRIMARY KEY NOT NULL,
	"kegiatan_id" text NOT NULL,
	"wilayah" text NOT NULL,
	"wilayah_nama" text NOT NULL,
	"nama" text NOT NULL,
	"nama_lengkap" text NOT NULL,
	"jabatan" text NOT NULL,
	"kode" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"cari" "tsvector" NOT NULL
);
--> statement-breakpoint
DROP INDEX "signature_wilayah";--> statement-breakpoint
DROP INDEX "signature_cari";--> statement-breakpoint
DROP INDEX "signature_kegiatan";--> statement-breakpoint
ALTER TABLE "listing" ADD CONSTRAINT "listing_hash_signature_hash_fk" FOREIGN KEY ("hash") REFERENCES "public"."signature"("hash") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "listing_kegiatan" ON "listing" USING btree ("kegiatan_id",wilayah collate "C",lower(nama collate "C"),kode collate "C");--> statement-breakpoint
CREATE INDEX "listing_wilayah" ON "listing" USING btree (wilayah collate "C",lower(nama collate "C"),kode collate "C");--> statement-breakpoint
CREATE INDEX "listing_cari" ON "listing" USING gin ("cari") WITH (fastupdate=false);--> statement-breakpoint
CREATE INDEX "signature_kegiatan" ON "signature" USING btree ("kegiatan_id");--> statement-breakpoint
ALTER TABLE "signature" DROP COLUMN "cari";
--> statement-breakpoint

-- Words that the public search finds: apostrophes dropped, other marks read as spaces.
CREATE FUNCTION search_words(nama text, wilayah_nama text) RETURNS tsvector
LANGUAGE sql IMMUTABLE AS $$
  SELECT to_tsvector('simple', translate(nama || ' ' || split_part(wilayah_nama, ',', 1), '.,-/()"''’‘', '       '))
$$;
--> statement-breakpoint

INSERT INTO listing (hash, kegiatan_id, wilayah, wilayah_nama, nama, nama_lengkap, jabatan, kode, at, cari)
SELECT g.hash, g.kegiatan_id, g.wilayah, g.wilayah_nama, g.nama, g.nama_lengkap, g.jabatan, g.kode, g.at,
  search_words(g.nama, g.wilayah_nama)
FROM signature g JOIN leaf l ON l.id = g.leaf_id
WHERE l.log_index IS NOT NULL AND NOT EXISTS (SELECT 1 FROM erasure e WHERE e.hash = g.hash);
--> statement-breakpoint

-- The counts change in the statement that gives an entry its place in the ledger, so the two can't differ. With it the
-- pledge is on the public list, and its paper is due, which names that place; unless its data were erased before.
CREATE OR REPLACE FUNCTION tally_placed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  WITH signed AS (
    SELECT g.hash, g.kegiatan_id, g.wilayah, g.wilayah_nama, g.nama, g.nama_lengkap, g.jabatan, g.kode, g.at
    FROM placed p JOIN signature g ON g.leaf_id = p.id
    WHERE p.log_index IS NOT NULL
  ), withdrawn AS (
    SELECT g.kegiatan_id, g.wilayah FROM placed p JOIN withdrawal w ON w.leaf_id = p.id JOIN signature g ON g.hash = w.hash
    WHERE p.log_index IS NOT NULL
  ), shown AS (
    SELECT s.* FROM signed s WHERE NOT EXISTS (SELECT 1 FROM erasure e WHERE e.hash = s.hash)
  ), listed AS (
    INSERT INTO listing (hash, kegiatan_id, wilayah, wilayah_nama, nama, nama_lengkap, jabatan, kode, at, cari)
    SELECT s.hash, s.kegiatan_id, s.wilayah, s.wilayah_nama, s.nama, s.nama_lengkap, s.jabatan, s.kode, s.at,
      search_words(s.nama, s.wilayah_nama)
    FROM shown s
  ), due AS (
    INSERT INTO document_due (hash) SELECT s.hash FROM shown s ON CONFLICT DO NOTHING
  )
  INSERT INTO tally (kegiatan_id, wilayah, sudah)
  SELECT c.kegiatan_id, wilayah_hitung(c.wilayah), sum(c.more) FROM (
    SELECT s.kegiatan_id, s.wilayah, 1 AS more FROM signed s
    UNION ALL SELECT w.kegiatan_id, w.wilayah, -1 FROM withdrawn w
  ) c
  GROUP BY 1, 2 HAVING sum(c.more) <> 0
  -- In the order of import_roster, so that the two can't wait crosswise.
  ORDER BY 1, 2
  ON CONFLICT (kegiatan_id, wilayah) DO UPDATE SET sudah = tally.sudah + excluded.sudah;
  RETURN NULL;
END $$;
--> statement-breakpoint

-- Removes text, evidence and paper of a pledge, and the passkey if no other pledge was made with it. The digests stay: here,
-- and in the ledger. Outcome: 'erased', 'pledge-unknown' or 'pledge-erased'.
CREATE FUNCTION erase_pledge(code text, reason text) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  pledge signature%ROWTYPE;
BEGIN
  -- No entry gets its place meanwhile: the public list would keep the name.
  PERFORM FROM tree FOR UPDATE;
  -- In the order of confirm_withdrawal, so that the two can't wait crosswise.
  PERFORM FROM withdrawal_request r JOIN signature g ON g.hash = r.hash
  WHERE g.kode = code AND r.ended_at IS NULL FOR UPDATE OF r;
  PERFORM FROM person p JOIN signature g ON g.person_id = p.id WHERE g.kode = code FOR UPDATE OF p;
  SELECT * INTO pledge FROM signature g WHERE g.kode = code FOR UPDATE;
  IF NOT FOUND THEN RETURN 'pledge-unknown'; END IF;
  IF EXISTS (SELECT 1 FROM erasure e WHERE e.hash = pledge.hash) THEN RETURN 'pledge-erased'; END IF;
  INSERT INTO erasure (hash, alasan) VALUES (pledge.hash, reason);
  UPDATE signature SET statement = '', nama = '', nama_lengkap = '', jabatan = '', nomor = '', authenticator_data = '',
    client_data_json = '', signature = '', spki = '', counter_note = NULL
  WHERE hash = pledge.hash;
  UPDATE signer_credential SET spki = '', user_handle = '', nama = '', nip = '', transports = '{}'
  WHERE id = pledge.credential_id AND NOT EXISTS (
    SELECT 1 FROM signature g WHERE g.credential_id = pledge.credential_id AND g.hash <> pledge.hash);
  -- Nobody could confirm it any more.
  UPDATE withdrawal_request r SET ended_at = now()
  WHERE r.hash = pledge.hash AND r.ended_at IS NULL AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.request_id = r.id);
  DELETE FROM listing l WHERE l.hash = pledge.hash;
  DELETE FROM document d WHERE d.hash = pledge.hash;
  DELETE FROM document_due d WHERE d.hash = pledge.hash;
  RETURN 'erased';
END $$;
