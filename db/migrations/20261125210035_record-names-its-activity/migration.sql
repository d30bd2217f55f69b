CREATE TABLE "witnessed" (
	"witness" text,
	"size" bigint,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "witnessed_pkey" PRIMARY KEY("witness","size")
);
--> statement-breakpoint
ALTER TABLE "audit_events" ADD COLUMN "activity" text;--> statement-breakpoint
ALTER TABLE "approvals" ADD COLUMN "mark" text;--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "mark" text;--> statement-breakpoint
CREATE INDEX "audit_events_object" ON "audit_events" ("object");