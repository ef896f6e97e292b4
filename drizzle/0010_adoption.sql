CREATE TABLE "adoption" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "adoption_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"size" bigint NOT NULL,
	"sebab" text NOT NULL,
	"alasan" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
