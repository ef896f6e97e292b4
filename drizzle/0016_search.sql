CREATE TABLE "listing_term" (
	"term" text NOT NULL,
	"wilayah" text NOT NULL,
	"kode" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_word" (
	"word" text PRIMARY KEY NOT NULL,
	"deletes" text[] NOT NULL
);
--> statement-breakpoint
DROP INDEX "listing_cari";--> statement-breakpoint
ALTER TABLE "listing" ALTER COLUMN "cari" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "listing" ADD COLUMN "words" text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX "listing_term_term" ON "listing_term" USING btree (term collate "C","wilayah","kode");--> statement-breakpoint
CREATE INDEX "search_word_deletes" ON "search_word" USING gin ("deletes") WITH (fastupdate=false);--> statement-breakpoint
CREATE UNIQUE INDEX "listing_kode" ON "listing" USING btree ("kode");