CREATE TABLE "cron_run" (
	"id" smallint PRIMARY KEY DEFAULT 1 NOT NULL,
	"begun_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"cached" boolean DEFAULT false NOT NULL,
	"copy_writable" boolean DEFAULT true NOT NULL
);
