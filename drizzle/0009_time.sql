DROP INDEX "leaf_waiting";--> statement-breakpoint
CREATE INDEX "leaf_waiting" ON "leaf" USING btree ("at","id") WHERE "leaf"."log_index" is null;
