ALTER TABLE "kegiatan" ADD COLUMN "kontak_nama" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "kegiatan" ADD COLUMN "kontak_nomor" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "officer_credential" ADD COLUMN "eligible_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "signer_credential" ADD COLUMN "eligible_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "signer_credential" ADD COLUMN "invitation_version" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "signature_credential" ON "signature" USING btree ("credential_id");--> statement-breakpoint
-- A passkey of before is of the card that worked when it was made.
UPDATE "signer_credential" c SET "invitation_version" = (
	SELECT coalesce(max(i."version"), 0) FROM "invitation" i WHERE i."person_id" = c."person_id" AND i."at" <= c."at"
);
