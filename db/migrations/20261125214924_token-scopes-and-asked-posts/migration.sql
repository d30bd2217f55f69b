CREATE TABLE "asked_posts" (
	"id" uuid PRIMARY KEY,
	"person" text NOT NULL,
	"post" text NOT NULL,
	"is" text NOT NULL,
	"reason" text NOT NULL,
	"asked_by" text NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"ended_by" text,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "tokens" ADD COLUMN "actions" text[];--> statement-breakpoint
ALTER TABLE "tokens" ADD COLUMN "organisation" text;--> statement-breakpoint
ALTER TABLE "tokens" ADD COLUMN "cycle" text;--> statement-breakpoint
CREATE INDEX "asked_posts_person" ON "asked_posts" ("person");--> statement-breakpoint
CREATE UNIQUE INDEX "asked_posts_once" ON "asked_posts" ("person","post") WHERE "is" = 'asked';