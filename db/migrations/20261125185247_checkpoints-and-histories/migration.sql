CREATE TABLE "checkpoints" (
	"size" bigint PRIMARY KEY,
	"root" text NOT NULL,
	"cause" text NOT NULL,
	"note" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "histories" (
	"run" text PRIMARY KEY,
	"workflow" text NOT NULL,
	"cycle" text NOT NULL,
	"hash" text NOT NULL,
	"events" bigint NOT NULL,
	"bytes" bytea NOT NULL,
	"started_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "audit_events" ADD COLUMN "reason_seal" text;--> statement-breakpoint
ALTER TABLE "audit_events" ADD COLUMN "reason_salt" text;--> statement-breakpoint
ALTER TABLE "audit_events" ADD COLUMN "result_seal" text;--> statement-breakpoint
ALTER TABLE "audit_events" ADD COLUMN "result_salt" text;--> statement-breakpoint
ALTER TABLE "audit_head" ADD COLUMN "recorded_at" timestamp with time zone DEFAULT 'epoch' NOT NULL;--> statement-breakpoint
CREATE INDEX "histories_cycle" ON "histories" ("cycle");