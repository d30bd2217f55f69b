ALTER TABLE "findings" ADD COLUMN "follow_up" text;--> statement-breakpoint
ALTER TABLE "findings" ADD COLUMN "target" text;--> statement-breakpoint
ALTER TABLE "comments" ADD COLUMN "change" text;--> statement-breakpoint
ALTER TABLE "comments" ADD COLUMN "next_year" boolean DEFAULT false NOT NULL;