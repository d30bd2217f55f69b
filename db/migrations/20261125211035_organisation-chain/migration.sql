CREATE TABLE "drafts" (
	"person" text,
	"request" text,
	"fields" jsonb NOT NULL,
	"saved_at" timestamp with time zone NOT NULL,
	CONSTRAINT "drafts_pkey" PRIMARY KEY("person","request")
);
--> statement-breakpoint
CREATE TABLE "inner_works" (
	"item" text PRIMARY KEY,
	"request" text NOT NULL,
	"work" jsonb NOT NULL,
	"ladder" text NOT NULL,
	"officer" text NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"is_with_officer" boolean NOT NULL
);
--> statement-breakpoint
ALTER TABLE "answers" ADD COLUMN "on_behalf_of" text;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "chain" text;--> statement-breakpoint
CREATE INDEX "inner_works_request" ON "inner_works" ("request");