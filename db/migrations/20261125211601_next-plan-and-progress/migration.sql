CREATE TABLE "progress" (
	"cycle" text,
	"work" text,
	"done" integer NOT NULL,
	"total" integer NOT NULL,
	"step" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "progress_pkey" PRIMARY KEY("cycle","work")
);
--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "number" integer;--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "body" text;