CREATE TABLE "roster_removal" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "roster_removal_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"person_id" uuid NOT NULL,
	"alasan" text NOT NULL,
	"by" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone,
	"ended_by" uuid
);
--> statement-breakpoint
ALTER TABLE "roster_removal" ADD CONSTRAINT "roster_removal_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "roster_removal_open" ON "roster_removal" USING btree ("person_id") WHERE "roster_removal"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "roster_removal_person" ON "roster_removal" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "person_nip" ON "person" USING btree ("kegiatan_id","nip") WHERE "person"."nip" <> '';