CREATE TABLE "mail_reports" (
	"mail" text,
	"report" text,
	"action" text NOT NULL,
	"status" text,
	"recipient" text,
	"diagnostic" text,
	"read_at" timestamp with time zone NOT NULL,
	CONSTRAINT "mail_reports_pkey" PRIMARY KEY("mail","report")
);
--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "stuck_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "mail_reports" ADD CONSTRAINT "mail_reports_mail_mails_key_fkey" FOREIGN KEY ("mail") REFERENCES "mails"("key");