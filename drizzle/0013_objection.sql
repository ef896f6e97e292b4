CREATE TABLE "objection" (
	"key" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"size" bigint NOT NULL,
	"root" "bytea",
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
