CREATE TABLE "document_timestamp" (
	"hash" "bytea" PRIMARY KEY NOT NULL,
	"appended" "bytea" NOT NULL,
	"sha256" "bytea" NOT NULL,
	"leaf_id" bigint NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "document_timestamp_leafId_unique" UNIQUE("leaf_id")
);
--> statement-breakpoint
CREATE TABLE "seal_certificate" (
	"kunci" "bytea" NOT NULL,
	"organizer_id" text NOT NULL,
	"nama" text NOT NULL,
	"certificate" "bytea" NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "seal_certificate_kunci_organizer_id_nama_pk" PRIMARY KEY("kunci","organizer_id","nama")
);
--> statement-breakpoint
CREATE TABLE "timestamp_due" (
	"hash" "bytea" PRIMARY KEY NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "document_timestamp" ADD CONSTRAINT "document_timestamp_hash_document_hash_fk" FOREIGN KEY ("hash") REFERENCES "public"."document"("hash") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_timestamp" ADD CONSTRAINT "document_timestamp_leaf_id_leaf_id_fk" FOREIGN KEY ("leaf_id") REFERENCES "public"."leaf"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seal_certificate" ADD CONSTRAINT "seal_certificate_organizer_id_organizer_id_fk" FOREIGN KEY ("organizer_id") REFERENCES "public"."organizer"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "timestamp_due" ADD CONSTRAINT "timestamp_due_hash_document_hash_fk" FOREIGN KEY ("hash") REFERENCES "public"."document"("hash") ON DELETE cascade ON UPDATE no action;
