CREATE TABLE "erasure" (
	"hash" "bytea" PRIMARY KEY NOT NULL,
	"alasan" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "withdrawal" (
	"hash" "bytea" PRIMARY KEY NOT NULL,
	"request_id" uuid NOT NULL,
	"by" uuid NOT NULL,
	"authenticator_data" "bytea" NOT NULL,
	"client_data_json" "bytea" NOT NULL,
	"signature" "bytea" NOT NULL,
	"spki" "bytea" NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"leaf_id" bigint NOT NULL,
	CONSTRAINT "withdrawal_requestId_unique" UNIQUE("request_id"),
	CONSTRAINT "withdrawal_leafId_unique" UNIQUE("leaf_id")
);
--> statement-breakpoint
CREATE TABLE "withdrawal_request" (
	"id" uuid PRIMARY KEY NOT NULL,
	"hash" "bytea" NOT NULL,
	"statement" text NOT NULL,
	"by" uuid NOT NULL,
	"authenticator_data" "bytea" NOT NULL,
	"client_data_json" "bytea" NOT NULL,
	"signature" "bytea" NOT NULL,
	"spki" "bytea" NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone,
	"ended_by" uuid
);
--> statement-breakpoint
ALTER TABLE "signature" DROP CONSTRAINT "signature_personId_unique";--> statement-breakpoint
ALTER TABLE "signature" ADD COLUMN "replaces" "bytea";--> statement-breakpoint
ALTER TABLE "erasure" ADD CONSTRAINT "erasure_hash_signature_hash_fk" FOREIGN KEY ("hash") REFERENCES "public"."signature"("hash") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "withdrawal" ADD CONSTRAINT "withdrawal_hash_signature_hash_fk" FOREIGN KEY ("hash") REFERENCES "public"."signature"("hash") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "withdrawal" ADD CONSTRAINT "withdrawal_request_id_withdrawal_request_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."withdrawal_request"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "withdrawal" ADD CONSTRAINT "withdrawal_leaf_id_leaf_id_fk" FOREIGN KEY ("leaf_id") REFERENCES "public"."leaf"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "withdrawal_request" ADD CONSTRAINT "withdrawal_request_hash_signature_hash_fk" FOREIGN KEY ("hash") REFERENCES "public"."signature"("hash") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "withdrawal_request_open" ON "withdrawal_request" USING btree ("hash") WHERE "withdrawal_request"."ended_at" is null;--> statement-breakpoint
ALTER TABLE "signature" ADD CONSTRAINT "signature_replaces_signature_hash_fk" FOREIGN KEY ("replaces") REFERENCES "public"."signature"("hash") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "signature_person" ON "signature" USING btree ("person_id",coalesce(replaces, ''::bytea));