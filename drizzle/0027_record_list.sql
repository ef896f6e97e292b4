ALTER TABLE "erasure" ADD COLUMN "daftar" "bytea";--> statement-breakpoint
ALTER TABLE "erasure" ADD COLUMN "baris" integer;--> statement-breakpoint
ALTER TABLE "riwayat" ADD COLUMN "versi" integer;