ALTER TABLE "officer_change" ADD COLUMN "sampai" bigint;--> statement-breakpoint
ALTER TABLE "officer_invitation" ADD COLUMN "spki" "bytea";--> statement-breakpoint
ALTER TABLE "officer" DROP COLUMN "changes_seen_at";--> statement-breakpoint
ALTER TABLE "officer_credential" ADD CONSTRAINT "officer_credential_key" UNIQUE("spki");