CREATE TABLE "applied_function" (
	"name" text PRIMARY KEY NOT NULL,
	"sha256" "bytea" NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
