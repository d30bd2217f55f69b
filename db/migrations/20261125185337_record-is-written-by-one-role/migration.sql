-- Written by hand: what the schema files cannot say.

-- What a reason or a result said may go, with its salt; the seal in the chain stays. Nothing else ever changes.
CREATE FUNCTION "refuse_change_but_disposal"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  disposable CONSTANT text[] := ARRAY['reason', 'reason_salt', 'result', 'result_salt'];
BEGIN
  IF to_jsonb(NEW) - disposable = to_jsonb(OLD) - disposable
    AND ((NEW.reason IS NULL AND NEW.reason_salt IS NULL)
      OR (NEW.reason, NEW.reason_salt) IS NOT DISTINCT FROM (OLD.reason, OLD.reason_salt))
    AND ((NEW.result IS NULL AND NEW.result_salt IS NULL)
      OR (NEW.result, NEW.result_salt) IS NOT DISTINCT FROM (OLD.result, OLD.result_salt))
  THEN RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the record is append-only: % on % is refused', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END
$$;
--> statement-breakpoint
DROP TRIGGER "audit_events_append_only" ON "audit_events";
--> statement-breakpoint
CREATE TRIGGER "audit_events_append_only" BEFORE DELETE OR TRUNCATE ON "audit_events"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change_of_record"();
--> statement-breakpoint
CREATE TRIGGER "audit_events_only_disposed_of" BEFORE UPDATE ON "audit_events"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change_but_disposal"();
--> statement-breakpoint
GRANT UPDATE ("reason", "reason_salt", "result", "result_salt") ON "audit_events" TO CURRENT_USER;
--> statement-breakpoint
CREATE TRIGGER "checkpoints_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "checkpoints"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change_of_record"();
--> statement-breakpoint
CREATE TRIGGER "histories_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "histories"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change_of_record"();
--> statement-breakpoint

-- The one role the services act in (db/client.ts): it owns nothing and can only add to the record. Roles belong to
-- the whole cluster: another database of ours, or whoever set it up for an owner without CREATEROLE, has made it.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nenrin_service') THEN
    CREATE ROLE "nenrin_service" NOLOGIN;
  END IF;
  IF NOT pg_has_role(CURRENT_USER, 'nenrin_service', 'SET') THEN
    GRANT "nenrin_service" TO CURRENT_USER;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END
$$;
--> statement-breakpoint
GRANT USAGE ON SCHEMA "public", "drizzle" TO "nenrin_service";
--> statement-breakpoint
GRANT SELECT ON ALL TABLES IN SCHEMA "drizzle" TO "nenrin_service";
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA "public" TO "nenrin_service";
--> statement-breakpoint
GRANT USAGE ON ALL SEQUENCES IN SCHEMA "public" TO "nenrin_service";
--> statement-breakpoint
ALTER DEFAULT PRIVILEGES IN SCHEMA "public" GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO "nenrin_service";
--> statement-breakpoint
ALTER DEFAULT PRIVILEGES IN SCHEMA "public" GRANT USAGE ON SEQUENCES TO "nenrin_service";
--> statement-breakpoint
REVOKE UPDATE, DELETE ON "audit_events", "checkpoints", "histories" FROM "nenrin_service";
--> statement-breakpoint
REVOKE INSERT, DELETE ON "audit_head" FROM "nenrin_service";
