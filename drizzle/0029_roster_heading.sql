CREATE TABLE "roster_heading" (
	"organizer_id" text NOT NULL,
	"judul" text NOT NULL,
	"kolom" text,
	"by" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "roster_heading_organizer_id_judul_pk" PRIMARY KEY("organizer_id","judul")
);
--> statement-breakpoint
ALTER TABLE "roster_heading" ADD CONSTRAINT "roster_heading_organizer_id_organizer_id_fk" FOREIGN KEY ("organizer_id") REFERENCES "public"."organizer"("id") ON DELETE no action ON UPDATE no action;