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
ALTER TABLE "timestamp_due" ADD CONSTRAINT "timestamp_due_hash_document_hash_fk" FOREIGN KEY ("hash") REFERENCES "public"."document"("hash") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint

-- Keeps the paper of a pledge and enters its digest into the ledger: true for the first, false for any other.
-- `unstamped`: no time-stamping authority answered; it is stamped later.
DROP FUNCTION keep_document(bytea, bytea, bytea);
--> statement-breakpoint
CREATE FUNCTION keep_document(pledge bytea, file bytea, digest bytea, unstamped boolean) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
  -- The second waits here, and then sees the first.
  PERFORM FROM signature g WHERE g.hash = pledge FOR NO KEY UPDATE;
  IF EXISTS (SELECT 1 FROM document d WHERE d.hash = pledge)
    OR EXISTS (SELECT 1 FROM erasure e WHERE e.hash = pledge) THEN RETURN false; END IF;
  INSERT INTO document (hash, pdf, sha256, leaf_id)
  VALUES (pledge, file, digest, append_leaf('segel', ARRAY[
    'pernyataan sha256:' || encode(pledge, 'hex'),
    'pdf sha256:' || encode(digest, 'hex')]));
  IF unstamped THEN INSERT INTO timestamp_due (hash) VALUES (pledge); END IF;
  DELETE FROM document_due w WHERE w.hash = pledge;
  RETURN true;
END $$;
--> statement-breakpoint

-- Keeps what is appended to a paper that waits for its timestamp, and enters the digest of the whole into the ledger. False
-- if it waits no more.
CREATE FUNCTION keep_document_timestamp(pledge bytea, more bytea, digest bytea) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM timestamp_due w WHERE w.hash = pledge;
  IF NOT FOUND THEN RETURN false; END IF;
  INSERT INTO document_timestamp (hash, appended, sha256, leaf_id)
  VALUES (pledge, more, digest, append_leaf('segel', ARRAY[
    'pernyataan sha256:' || encode(pledge, 'hex'),
    'pdf sha256:' || encode(digest, 'hex')]));
  RETURN true;
END $$;
