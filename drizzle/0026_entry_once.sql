ALTER TABLE "naskah" ADD CONSTRAINT "naskah_leafId_unique" UNIQUE("leaf_id");--> statement-breakpoint
ALTER TABLE "roster_version" ADD CONSTRAINT "roster_version_leafId_unique" UNIQUE("leaf_id");