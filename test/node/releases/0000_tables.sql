CREATE EXTENSION IF NOT EXISTS pg_trgm;--> statement-breakpoint
CREATE TABLE "area_tally" (
	"wilayah" text PRIMARY KEY NOT NULL,
	"wajib" integer DEFAULT 0 NOT NULL,
	"sudah" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "checkpoint" (
	"size" bigint PRIMARY KEY NOT NULL,
	"root" "bytea" NOT NULL,
	"note" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cosignature" (
	"size" bigint NOT NULL,
	"key" text NOT NULL,
	"line" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "cosignature_size_key_pk" PRIMARY KEY("size","key")
);
--> statement-breakpoint
CREATE TABLE "document" (
	"hash" "bytea" PRIMARY KEY NOT NULL,
	"pdf" "bytea" NOT NULL,
	"sha256" "bytea" NOT NULL,
	"leaf_id" bigint NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "document_leafId_unique" UNIQUE("leaf_id")
);
--> statement-breakpoint
CREATE TABLE "document_due" (
	"hash" "bytea" PRIMARY KEY NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invitation" (
	"person_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"nama" text NOT NULL,
	"token_digest" "bytea" NOT NULL,
	"code_digest" "bytea" NOT NULL,
	"by" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "invitation_person_id_version_pk" PRIMARY KEY("person_id","version"),
	CONSTRAINT "invitation_tokenDigest_unique" UNIQUE("token_digest"),
	CONSTRAINT "invitation_codeDigest_unique" UNIQUE("code_digest")
);
--> statement-breakpoint
CREATE TABLE "kegiatan" (
	"id" text PRIMARY KEY NOT NULL,
	"organizer_id" text NOT NULL,
	"judul" text NOT NULL,
	"rezim" text NOT NULL,
	"tempat" text NOT NULL,
	"tanggal" date NOT NULL,
	"zona" text NOT NULL,
	"batas" timestamp with time zone NOT NULL,
	"nomor_pola" text NOT NULL,
	"created_by" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "kegiatan_naskah" (
	"kegiatan_id" text NOT NULL,
	"unsur" text NOT NULL,
	"naskah" text NOT NULL,
	"versi" integer NOT NULL,
	CONSTRAINT "kegiatan_naskah_kegiatan_id_unsur_pk" PRIMARY KEY("kegiatan_id","unsur")
);
--> statement-breakpoint
CREATE TABLE "kegiatan_tahap" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "kegiatan_tahap_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kegiatan_id" text NOT NULL,
	"tahap" text NOT NULL,
	"by" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "leaf" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "leaf_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"entry" text NOT NULL,
	"hash" "bytea" NOT NULL,
	"log_index" bigint,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "leaf_logIndex_unique" UNIQUE("log_index")
);
--> statement-breakpoint
CREATE TABLE "naskah" (
	"id" text NOT NULL,
	"versi" integer NOT NULL,
	"organizer_id" text,
	"unsur" text NOT NULL,
	"rezim" text NOT NULL,
	"isi" text NOT NULL,
	"sha256" "bytea" NOT NULL,
	"contoh" boolean NOT NULL,
	"leaf_id" bigint NOT NULL,
	"created_by" uuid,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "naskah_id_versi_pk" PRIMARY KEY("id","versi")
);
--> statement-breakpoint
CREATE TABLE "officer" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organizer_id" text NOT NULL,
	"nama" text NOT NULL,
	"invitation" "bytea",
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"removed_at" timestamp with time zone,
	"removed_by" uuid,
	CONSTRAINT "officer_invitation_used" UNIQUE("invitation")
);
--> statement-breakpoint
CREATE TABLE "officer_challenge" (
	"challenge" "bytea" PRIMARY KEY NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "officer_credential" (
	"id" "bytea" PRIMARY KEY NOT NULL,
	"officer_id" uuid NOT NULL,
	"spki" "bytea" NOT NULL,
	"user_handle" "bytea" NOT NULL,
	"counter" bigint NOT NULL,
	"backup_eligible" boolean NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "officer_invitation" (
	"digest" "bytea" PRIMARY KEY NOT NULL,
	"organizer_id" text,
	"officer_id" uuid,
	"created_by" uuid,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "officer_session" (
	"digest" "bytea" PRIMARY KEY NOT NULL,
	"officer_id" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "organizer" (
	"id" text PRIMARY KEY NOT NULL,
	"nama" text NOT NULL,
	"wilayah" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "person" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kegiatan_id" text NOT NULL,
	"tempat" text NOT NULL,
	"roster_versi" integer NOT NULL,
	"wilayah" text NOT NULL,
	"unsur" text NOT NULL,
	"gelar_depan" text NOT NULL,
	"nama" text NOT NULL,
	"gelar_belakang" text NOT NULL,
	"jabatan" text NOT NULL,
	"nip" text NOT NULL,
	"pangkat" text NOT NULL,
	"unit_kerja" text NOT NULL,
	"urut" integer,
	"nomor" text,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "person_tempat" UNIQUE("kegiatan_id","tempat")
);
--> statement-breakpoint
CREATE TABLE "roster_version" (
	"kegiatan_id" text NOT NULL,
	"versi" integer NOT NULL,
	"isi" text NOT NULL,
	"sha256" "bytea" NOT NULL,
	"leaf_id" bigint NOT NULL,
	"by" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "roster_version_kegiatan_id_versi_pk" PRIMARY KEY("kegiatan_id","versi")
);
--> statement-breakpoint
CREATE TABLE "signature" (
	"hash" "bytea" PRIMARY KEY NOT NULL,
	"hash_symbols" text NOT NULL,
	"kode" text NOT NULL,
	"person_id" uuid NOT NULL,
	"kegiatan_id" text NOT NULL,
	"statement" text NOT NULL,
	"nama" text NOT NULL,
	"nama_lengkap" text NOT NULL,
	"jabatan" text NOT NULL,
	"unsur" text NOT NULL,
	"nomor" text NOT NULL,
	"wilayah" text NOT NULL,
	"wilayah_nama" text NOT NULL,
	"credential_id" "bytea" NOT NULL,
	"authenticator_data" "bytea" NOT NULL,
	"client_data_json" "bytea" NOT NULL,
	"signature" "bytea" NOT NULL,
	"spki" "bytea" NOT NULL,
	"evidence_hash" "bytea" NOT NULL,
	"counter_note" text,
	"leaf_id" bigint NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"cari" "tsvector" GENERATED ALWAYS AS (to_tsvector('simple', translate(nama || ' ' || split_part(wilayah_nama, ',', 1), '.,-/()"''’‘', '       '))) STORED,
	CONSTRAINT "signature_hashSymbols_unique" UNIQUE("hash_symbols"),
	CONSTRAINT "signature_kode_unique" UNIQUE("kode"),
	CONSTRAINT "signature_personId_unique" UNIQUE("person_id"),
	CONSTRAINT "signature_leafId_unique" UNIQUE("leaf_id")
);
--> statement-breakpoint
CREATE TABLE "signer_credential" (
	"id" "bytea" PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"spki" "bytea" NOT NULL,
	"user_handle" "bytea" NOT NULL,
	"counter" bigint NOT NULL,
	"backup_eligible" boolean NOT NULL,
	"transports" text[] NOT NULL,
	"nama" text NOT NULL,
	"nip" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tally" (
	"kegiatan_id" text NOT NULL,
	"wilayah" text NOT NULL,
	"wajib" integer DEFAULT 0 NOT NULL,
	"sudah" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "tally_kegiatan_id_wilayah_pk" PRIMARY KEY("kegiatan_id","wilayah")
);
--> statement-breakpoint
CREATE TABLE "tree" (
	"id" smallint PRIMARY KEY DEFAULT 1 NOT NULL,
	"size" bigint DEFAULT 0 NOT NULL,
	"root" "bytea" NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tree_hash" (
	"level" smallint NOT NULL,
	"index" bigint NOT NULL,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "tree_hash_level_index_pk" PRIMARY KEY("level","index")
);
--> statement-breakpoint
CREATE TABLE "wilayah" (
	"kode" text PRIMARY KEY NOT NULL,
	"nama" text NOT NULL,
	"jenis" text NOT NULL,
	"induk" text,
	"berlaku_sejak" date NOT NULL,
	"berlaku_sampai" date
);
--> statement-breakpoint
ALTER TABLE "cosignature" ADD CONSTRAINT "cosignature_size_checkpoint_size_fk" FOREIGN KEY ("size") REFERENCES "public"."checkpoint"("size") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document" ADD CONSTRAINT "document_hash_signature_hash_fk" FOREIGN KEY ("hash") REFERENCES "public"."signature"("hash") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document" ADD CONSTRAINT "document_leaf_id_leaf_id_fk" FOREIGN KEY ("leaf_id") REFERENCES "public"."leaf"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_due" ADD CONSTRAINT "document_due_hash_signature_hash_fk" FOREIGN KEY ("hash") REFERENCES "public"."signature"("hash") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kegiatan" ADD CONSTRAINT "kegiatan_organizer_id_organizer_id_fk" FOREIGN KEY ("organizer_id") REFERENCES "public"."organizer"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kegiatan_naskah" ADD CONSTRAINT "kegiatan_naskah_kegiatan_id_kegiatan_id_fk" FOREIGN KEY ("kegiatan_id") REFERENCES "public"."kegiatan"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kegiatan_naskah" ADD CONSTRAINT "kegiatan_naskah_naskah_versi_naskah_id_versi_fk" FOREIGN KEY ("naskah","versi") REFERENCES "public"."naskah"("id","versi") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kegiatan_tahap" ADD CONSTRAINT "kegiatan_tahap_kegiatan_id_kegiatan_id_fk" FOREIGN KEY ("kegiatan_id") REFERENCES "public"."kegiatan"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "naskah" ADD CONSTRAINT "naskah_organizer_id_organizer_id_fk" FOREIGN KEY ("organizer_id") REFERENCES "public"."organizer"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "naskah" ADD CONSTRAINT "naskah_leaf_id_leaf_id_fk" FOREIGN KEY ("leaf_id") REFERENCES "public"."leaf"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "officer" ADD CONSTRAINT "officer_organizer_id_organizer_id_fk" FOREIGN KEY ("organizer_id") REFERENCES "public"."organizer"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "officer" ADD CONSTRAINT "officer_invitation_officer_invitation_digest_fk" FOREIGN KEY ("invitation") REFERENCES "public"."officer_invitation"("digest") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "officer_credential" ADD CONSTRAINT "officer_credential_officer_id_officer_id_fk" FOREIGN KEY ("officer_id") REFERENCES "public"."officer"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "officer_invitation" ADD CONSTRAINT "officer_invitation_organizer_id_organizer_id_fk" FOREIGN KEY ("organizer_id") REFERENCES "public"."organizer"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "officer_session" ADD CONSTRAINT "officer_session_officer_id_officer_id_fk" FOREIGN KEY ("officer_id") REFERENCES "public"."officer"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organizer" ADD CONSTRAINT "organizer_wilayah_wilayah_kode_fk" FOREIGN KEY ("wilayah") REFERENCES "public"."wilayah"("kode") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person" ADD CONSTRAINT "person_kegiatan_id_kegiatan_id_fk" FOREIGN KEY ("kegiatan_id") REFERENCES "public"."kegiatan"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person" ADD CONSTRAINT "person_wilayah_wilayah_kode_fk" FOREIGN KEY ("wilayah") REFERENCES "public"."wilayah"("kode") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roster_version" ADD CONSTRAINT "roster_version_kegiatan_id_kegiatan_id_fk" FOREIGN KEY ("kegiatan_id") REFERENCES "public"."kegiatan"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roster_version" ADD CONSTRAINT "roster_version_leaf_id_leaf_id_fk" FOREIGN KEY ("leaf_id") REFERENCES "public"."leaf"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signature" ADD CONSTRAINT "signature_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signature" ADD CONSTRAINT "signature_kegiatan_id_kegiatan_id_fk" FOREIGN KEY ("kegiatan_id") REFERENCES "public"."kegiatan"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signature" ADD CONSTRAINT "signature_credential_id_signer_credential_id_fk" FOREIGN KEY ("credential_id") REFERENCES "public"."signer_credential"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signature" ADD CONSTRAINT "signature_leaf_id_leaf_id_fk" FOREIGN KEY ("leaf_id") REFERENCES "public"."leaf"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signer_credential" ADD CONSTRAINT "signer_credential_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tally" ADD CONSTRAINT "tally_kegiatan_id_kegiatan_id_fk" FOREIGN KEY ("kegiatan_id") REFERENCES "public"."kegiatan"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "kegiatan_organizer" ON "kegiatan" USING btree ("organizer_id");--> statement-breakpoint
CREATE INDEX "kegiatan_tanggal" ON "kegiatan" USING btree ("tanggal","id");--> statement-breakpoint
CREATE INDEX "kegiatan_tahap_kegiatan" ON "kegiatan_tahap" USING btree ("kegiatan_id","id");--> statement-breakpoint
CREATE INDEX "leaf_waiting" ON "leaf" USING btree ("id") WHERE "leaf"."log_index" is null;--> statement-breakpoint
CREATE INDEX "officer_organizer" ON "officer" USING btree ("organizer_id");--> statement-breakpoint
CREATE INDEX "officer_challenge_expires" ON "officer_challenge" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "officer_credential_officer" ON "officer_credential" USING btree ("officer_id");--> statement-breakpoint
CREATE UNIQUE INDEX "person_urut" ON "person" USING btree ("kegiatan_id","urut") WHERE "person"."urut" is not null;--> statement-breakpoint
CREATE INDEX "person_wilayah" ON "person" USING btree ("kegiatan_id","wilayah");--> statement-breakpoint
CREATE INDEX "signature_kegiatan" ON "signature" USING btree ("kegiatan_id",wilayah collate "C",lower(nama collate "C"),kode collate "C");--> statement-breakpoint
CREATE INDEX "signature_wilayah" ON "signature" USING btree (wilayah collate "C",lower(nama collate "C"),kode collate "C");--> statement-breakpoint
CREATE INDEX "signature_cari" ON "signature" USING gin ("cari") WITH (fastupdate=false);--> statement-breakpoint
CREATE INDEX "signer_credential_person" ON "signer_credential" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "signer_credential_nip" ON "signer_credential" USING btree ("nip");--> statement-breakpoint
CREATE INDEX "tally_wilayah" ON "tally" USING btree (wilayah collate "C");--> statement-breakpoint
CREATE INDEX "wilayah_induk" ON "wilayah" USING btree ("induk");--> statement-breakpoint
CREATE INDEX "wilayah_nama" ON "wilayah" USING gin (translate(lower(nama), '.,-/()"''’‘', '       ') gin_trgm_ops);