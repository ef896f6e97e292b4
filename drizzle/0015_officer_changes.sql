CREATE TABLE "kegiatan_batas" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "kegiatan_batas_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kegiatan_id" text NOT NULL,
	"dari" timestamp with time zone NOT NULL,
	"menjadi" timestamp with time zone NOT NULL,
	"by" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "officer_change" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "officer_change_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"organizer_id" text NOT NULL,
	"tindakan" text NOT NULL,
	"by" uuid,
	"officer_id" uuid,
	"nama" text NOT NULL,
	"credential_id" "bytea",
	"text" text,
	"authenticator_data" "bytea",
	"client_data_json" "bytea",
	"signature" "bytea",
	"spki" "bytea",
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "officer_change_text_unique" UNIQUE("text")
);
--> statement-breakpoint
ALTER TABLE "officer" ADD COLUMN "changes_seen_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "officer_credential" ADD COLUMN "ended_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "officer_invitation" ADD COLUMN "nama" text;--> statement-breakpoint
ALTER TABLE "officer_invitation" ADD COLUMN "ended_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "officer_session" ADD COLUMN "credential_id" "bytea";--> statement-breakpoint
ALTER TABLE "kegiatan_batas" ADD CONSTRAINT "kegiatan_batas_kegiatan_id_kegiatan_id_fk" FOREIGN KEY ("kegiatan_id") REFERENCES "public"."kegiatan"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "officer_change" ADD CONSTRAINT "officer_change_organizer_id_organizer_id_fk" FOREIGN KEY ("organizer_id") REFERENCES "public"."organizer"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "kegiatan_batas_kegiatan" ON "kegiatan_batas" USING btree ("kegiatan_id","id");--> statement-breakpoint
CREATE INDEX "officer_change_organizer" ON "officer_change" USING btree ("organizer_id","at");--> statement-breakpoint
ALTER TABLE "officer_session" ADD CONSTRAINT "officer_session_credential_id_officer_credential_id_fk" FOREIGN KEY ("credential_id") REFERENCES "public"."officer_credential"("id") ON DELETE no action ON UPDATE no action;