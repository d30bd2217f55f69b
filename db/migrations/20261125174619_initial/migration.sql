CREATE TABLE "acts" (
	"id" uuid PRIMARY KEY,
	"key" text NOT NULL,
	"fingerprint" text NOT NULL,
	"cycle" text,
	"name" text NOT NULL,
	"workflow" text,
	"person" text NOT NULL,
	"actor" jsonb NOT NULL,
	"act" jsonb,
	"state" text NOT NULL,
	"result" jsonb,
	"refusal" text,
	"stored_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "people" (
	"id" text PRIMARY KEY,
	"name" text NOT NULL,
	"title" text NOT NULL,
	"organisation" text NOT NULL,
	"email" text NOT NULL,
	"reachable" boolean NOT NULL,
	"contact" text[] NOT NULL,
	"staff" text[] NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "records" (
	"key" text PRIMARY KEY,
	"result" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"hash" text PRIMARY KEY,
	"person" text NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "tokens" (
	"hash" text PRIMARY KEY,
	"person" text NOT NULL,
	"role" text NOT NULL,
	"label" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "audit_events" (
	"sequence" bigint PRIMARY KEY,
	"recorded_at" timestamp with time zone NOT NULL,
	"cycle" text,
	"at" timestamp with time zone NOT NULL,
	"actor" text NOT NULL,
	"role" text NOT NULL,
	"action" text NOT NULL,
	"object" text NOT NULL,
	"hash" text,
	"reason" text,
	"result" jsonb,
	"act" text,
	"workflow" text,
	"run" text,
	"prev" text NOT NULL CONSTRAINT "audit_events_no_fork" UNIQUE,
	"self" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_head" (
	"only" boolean PRIMARY KEY DEFAULT true,
	"sequence" bigint NOT NULL,
	"self" text NOT NULL,
	CONSTRAINT "audit_head_is_one_row" CHECK ("only")
);
--> statement-breakpoint
CREATE TABLE "contents" (
	"id" uuid PRIMARY KEY,
	"kind" text NOT NULL,
	"hash" text NOT NULL,
	"body" jsonb NOT NULL,
	"stored_by" text NOT NULL,
	"stored_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "approvals" (
	"id" serial PRIMARY KEY,
	"cycle" text NOT NULL,
	"subject" text NOT NULL,
	"hash" text NOT NULL,
	"outcome" text NOT NULL,
	"by" text NOT NULL,
	"stands_in_for" text,
	"reason" text,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cycles" (
	"key" text PRIMARY KEY,
	"year" integer NOT NULL,
	"plan" text NOT NULL,
	"next_plan" text,
	"stage" text NOT NULL,
	"stepped" boolean NOT NULL,
	"now" timestamp with time zone NOT NULL,
	"opened_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "decisions" (
	"id" serial PRIMARY KEY,
	"cycle" text NOT NULL,
	"subject" text NOT NULL,
	"hash" text NOT NULL,
	"outcome" text NOT NULL,
	"meeting" text NOT NULL,
	"held_on" date NOT NULL,
	"reason" text,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "findings" (
	"cycle" text,
	"id" text,
	"cause" text NOT NULL,
	"origin" text NOT NULL,
	"note" text NOT NULL,
	"into" text,
	"reason" text,
	"sequence" bigint NOT NULL,
	CONSTRAINT "findings_pkey" PRIMARY KEY("cycle","id")
);
--> statement-breakpoint
CREATE TABLE "processes" (
	"workflow" text PRIMARY KEY,
	"cycle" text NOT NULL,
	"is_open" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stage_entries" (
	"id" serial PRIMARY KEY,
	"cycle" text NOT NULL,
	"stage" text NOT NULL,
	"entered_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "submissions" (
	"id" serial PRIMARY KEY,
	"cycle" text NOT NULL,
	"subject" text NOT NULL,
	"hash" text NOT NULL,
	"content" uuid,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "analyses" (
	"cycle" text,
	"domain" text,
	"needed" boolean NOT NULL,
	"reason" text NOT NULL,
	"content" uuid,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "analyses_pkey" PRIMARY KEY("cycle","domain")
);
--> statement-breakpoint
CREATE TABLE "evaluations" (
	"id" serial PRIMARY KEY,
	"cycle" text NOT NULL,
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"is" text NOT NULL,
	"content" uuid NOT NULL,
	"hash" text NOT NULL,
	"by" text NOT NULL,
	"reason" text,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mail_attempts" (
	"mail" text,
	"number" integer,
	"courier" uuid NOT NULL,
	"phase" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"reply" text,
	"outcome" text,
	CONSTRAINT "mail_attempts_pkey" PRIMARY KEY("mail","number")
);
--> statement-breakpoint
CREATE TABLE "mails" (
	"key" text PRIMARY KEY,
	"position" bigserial,
	"cycle" text NOT NULL,
	"letter" text NOT NULL,
	"person" text NOT NULL,
	"organisation" text NOT NULL,
	"address" text NOT NULL,
	"request" text,
	"rung" text,
	"items" text[] NOT NULL,
	"subject" text NOT NULL,
	"text" text NOT NULL,
	"ics" text,
	"message_id" text NOT NULL CONSTRAINT "mails_message_id" UNIQUE,
	"in_reply_to" text,
	"raw" bytea NOT NULL,
	"raw_hash" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"queued_at" timestamp with time zone NOT NULL,
	"state" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_try_at" timestamp with time zone NOT NULL,
	"courier" uuid,
	"lease_until" timestamp with time zone,
	"reply" text,
	"queue_id" text,
	"settled_at" timestamp with time zone,
	CONSTRAINT "mails_state" CHECK ("state" in ('queued', 'sending', 'accepted', 'rejected', 'uncertain', 'cancelled'))
);
--> statement-breakpoint
CREATE TABLE "comments" (
	"id" text PRIMARY KEY,
	"content" uuid NOT NULL,
	"cycle" text NOT NULL,
	"round" integer NOT NULL,
	"request" text NOT NULL,
	"organisation" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"disposition" text,
	"reason" text,
	"disposed_by" text
);
--> statement-breakpoint
CREATE TABLE "edits" (
	"id" serial PRIMARY KEY,
	"cycle" text NOT NULL,
	"section" text NOT NULL,
	"content" uuid NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "publications" (
	"cycle" text,
	"name" text,
	"media_type" text NOT NULL,
	"hash" text NOT NULL,
	"version" text NOT NULL,
	"bytes" bytea NOT NULL,
	"published_at" timestamp with time zone NOT NULL,
	CONSTRAINT "publications_pkey" PRIMARY KEY("cycle","name")
);
--> statement-breakpoint
CREATE TABLE "versions" (
	"cycle" text,
	"number" integer,
	"content" uuid NOT NULL,
	"hash" text NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "versions_pkey" PRIMARY KEY("cycle","number")
);
--> statement-breakpoint
CREATE TABLE "answers" (
	"item" text,
	"version" integer,
	"says" text NOT NULL,
	"why" text,
	"content" uuid NOT NULL,
	"hash" text NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "answers_pkey" PRIMARY KEY("item","version")
);
--> statement-breakpoint
CREATE TABLE "items" (
	"id" text PRIMARY KEY,
	"request" text NOT NULL,
	"datum" text NOT NULL,
	"text" text NOT NULL,
	"indicators" text[] NOT NULL,
	"is" text NOT NULL,
	"state" jsonb NOT NULL,
	"due_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reminders" (
	"item" text NOT NULL,
	"rung" text NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"person" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"mail" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "requests" (
	"id" text PRIMARY KEY,
	"cycle" text NOT NULL,
	"kind" text NOT NULL,
	"organisation" text NOT NULL,
	"is" text NOT NULL,
	"round" integer NOT NULL,
	"version" text,
	"sent_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"close_at" timestamp with time zone NOT NULL,
	"asked_due_on" date,
	"asked_reason" text,
	"settled_at" timestamp with time zone,
	"revision" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rungs" (
	"request" text,
	"due_at" timestamp with time zone,
	"name" text,
	"position" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "rungs_pkey" PRIMARY KEY("request","due_at","name")
);
--> statement-breakpoint
CREATE TABLE "surveys" (
	"id" text PRIMARY KEY,
	"cycle" text NOT NULL,
	"request" text NOT NULL,
	"organisation" text NOT NULL,
	"cause" text NOT NULL,
	"why" text,
	"items" text[] NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"due_on" date NOT NULL,
	"method" uuid,
	"end" jsonb,
	"result" uuid,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE INDEX "acts_state" ON "acts" ("state");--> statement-breakpoint
CREATE UNIQUE INDEX "acts_key" ON "acts" ("person","key");--> statement-breakpoint
CREATE INDEX "contents_hash" ON "contents" ("hash");--> statement-breakpoint
CREATE INDEX "processes_cycle" ON "processes" ("cycle");--> statement-breakpoint
CREATE INDEX "stage_entries_cycle" ON "stage_entries" ("cycle");--> statement-breakpoint
CREATE INDEX "mails_due" ON "mails" ("next_try_at","position") WHERE "state" = 'queued';--> statement-breakpoint
CREATE INDEX "mails_unsettled" ON "mails" ("state") WHERE "state" in ('sending', 'uncertain');--> statement-breakpoint
CREATE INDEX "mails_cycle" ON "mails" ("cycle","position");--> statement-breakpoint
CREATE INDEX "mails_thread" ON "mails" ("request","person");--> statement-breakpoint
CREATE INDEX "items_request" ON "items" ("request");--> statement-breakpoint
CREATE INDEX "items_is" ON "items" ("is");--> statement-breakpoint
CREATE UNIQUE INDEX "reminders_once" ON "reminders" ("item","rung","due_at","person");--> statement-breakpoint
CREATE INDEX "requests_cycle" ON "requests" ("cycle","kind","is");--> statement-breakpoint
CREATE INDEX "rungs_at" ON "rungs" ("at");--> statement-breakpoint
CREATE INDEX "surveys_cycle" ON "surveys" ("cycle");--> statement-breakpoint
ALTER TABLE "mail_attempts" ADD CONSTRAINT "mail_attempts_mail_mails_key_fkey" FOREIGN KEY ("mail") REFERENCES "mails"("key");