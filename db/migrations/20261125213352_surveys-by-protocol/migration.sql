ALTER TABLE "surveys" ADD COLUMN "justification" text NOT NULL;--> statement-breakpoint
ALTER TABLE "surveys" ADD COLUMN "is_secretariats" boolean NOT NULL;--> statement-breakpoint
ALTER TABLE "surveys" ADD COLUMN "protocol" jsonb;--> statement-breakpoint
ALTER TABLE "surveys" ADD COLUMN "scope" uuid;