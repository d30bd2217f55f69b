CREATE TABLE "corrections" (
	"id" serial PRIMARY KEY,
	"cycle" text NOT NULL,
	"of" text NOT NULL,
	"corrects" integer NOT NULL,
	"text" text NOT NULL,
	"reason" text NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "corrections_cycle" ON "corrections" ("cycle");
--> statement-breakpoint
-- Written by hand: nobody, an administrator included, changes or re-dates what was approved, decided or published, nor
-- the content that a hash names. What is wrong is said in a row of its own.
DO $$
DECLARE
  kept text;
BEGIN
  FOREACH kept IN ARRAY ARRAY['approvals', 'decisions', 'corrections', 'submissions', 'versions', 'publications',
    'contents', 'answers', 'evaluations']
  LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE OR TRUNCATE ON %I
      FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change_of_record"()', kept || '_append_only', kept);
  END LOOP;
END
$$;
