CREATE TABLE "officer_role" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "officer_role_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"officer_id" uuid NOT NULL,
	"peran" text NOT NULL,
	"kegiatan_id" text,
	"lembaga" text DEFAULT '' NOT NULL,
	"jabatan" text DEFAULT '' NOT NULL,
	"sejak" timestamp with time zone DEFAULT now() NOT NULL,
	"sampai" timestamp with time zone,
	"by" uuid,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone,
	"ended_by" uuid
);
--> statement-breakpoint
CREATE TABLE "riwayat" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "riwayat_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"organizer_id" text,
	"officer_id" uuid,
	"tindakan" text NOT NULL,
	"kegiatan_id" text,
	"isi" text NOT NULL,
	"sha256" "bytea" NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "riwayat_hari" (
	"hari" date PRIMARY KEY NOT NULL,
	"baris" integer NOT NULL,
	"sha256" "bytea" NOT NULL,
	"leaf_id" bigint NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "riwayat_hari_leafId_unique" UNIQUE("leaf_id")
);
--> statement-breakpoint
CREATE TABLE "riwayat_terhitung" (
	"riwayat_id" bigint PRIMARY KEY NOT NULL,
	"hari" date NOT NULL
);
--> statement-breakpoint
ALTER TABLE "officer_invitation" ADD COLUMN "peran" text DEFAULT 'penyelenggara' NOT NULL;--> statement-breakpoint
ALTER TABLE "officer_invitation" ADD COLUMN "kegiatan_id" text;--> statement-breakpoint
ALTER TABLE "officer_invitation" ADD COLUMN "lembaga" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "officer_invitation" ADD COLUMN "jabatan" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "officer_invitation" ADD COLUMN "sampai" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "officer_role" ADD CONSTRAINT "officer_role_officer_id_officer_id_fk" FOREIGN KEY ("officer_id") REFERENCES "public"."officer"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "officer_role" ADD CONSTRAINT "officer_role_kegiatan_id_kegiatan_id_fk" FOREIGN KEY ("kegiatan_id") REFERENCES "public"."kegiatan"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "riwayat" ADD CONSTRAINT "riwayat_organizer_id_organizer_id_fk" FOREIGN KEY ("organizer_id") REFERENCES "public"."organizer"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "riwayat_hari" ADD CONSTRAINT "riwayat_hari_leaf_id_leaf_id_fk" FOREIGN KEY ("leaf_id") REFERENCES "public"."leaf"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "riwayat_terhitung" ADD CONSTRAINT "riwayat_terhitung_riwayat_id_riwayat_id_fk" FOREIGN KEY ("riwayat_id") REFERENCES "public"."riwayat"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "riwayat_terhitung" ADD CONSTRAINT "riwayat_terhitung_hari_riwayat_hari_hari_fk" FOREIGN KEY ("hari") REFERENCES "public"."riwayat_hari"("hari") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "officer_role_officer" ON "officer_role" USING btree ("officer_id");--> statement-breakpoint
CREATE INDEX "riwayat_organizer" ON "riwayat" USING btree ("organizer_id","id");--> statement-breakpoint
CREATE INDEX "riwayat_kegiatan" ON "riwayat" USING btree ("kegiatan_id","id");--> statement-breakpoint
CREATE INDEX "riwayat_terhitung_hari" ON "riwayat_terhitung" USING btree ("hari");--> statement-breakpoint
ALTER TABLE "officer_invitation" ADD CONSTRAINT "officer_invitation_kegiatan_id_kegiatan_id_fk" FOREIGN KEY ("kegiatan_id") REFERENCES "public"."kegiatan"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- Before there were roles every officer was a penyelenggara.
INSERT INTO "officer_role" ("officer_id", "peran", "sejak", "at") SELECT "id", 'penyelenggara', "at", "at" FROM "officer";
