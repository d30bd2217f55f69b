-- Written by hand: what the schema files cannot say.

-- The leaf tells its times in UTC. A leaf is made anew from its row whenever it is proved, so that one chain can have
-- one form only: a record that was begun in the other one is not gone on with.
DO $$
BEGIN
  IF EXISTS (SELECT FROM audit_events) THEN
    RAISE EXCEPTION 'This database holds a record of before the first release, which this one cannot go on with.'
      USING HINT = 'Begin with an empty database: npm start -- --fresh.';
  END IF;
END
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION "append_to_record"("given" json) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  head audit_head%ROWTYPE;
  taken_at timestamptz;
  made text;
BEGIN
  SELECT * INTO STRICT head FROM audit_head FOR UPDATE;
  head.sequence := head.sequence + 1;
  taken_at := greatest(head.recorded_at, clock_timestamp());
  made := encode(sha256(convert_to(concat(
    '{', given->'leaf'->>0,
    ',"prev":"', head.self,
    '",', given->'leaf'->>1,
    ',"recordedAt":"', to_char(taken_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS'), 'Z',
    '",', given->'leaf'->>2,
    ',"sequence":', head.sequence,
    ',', given->'leaf'->>3, '}'
  ), 'UTF8')), 'hex');
  INSERT INTO audit_events (sequence, recorded_at, cycle, at, actor, role, action, object, hash, reason, reason_seal,
    reason_salt, result, result_seal, result_salt, act, workflow, run, activity, prev, self)
  VALUES (head.sequence, taken_at, given->>'cycle', (given->>'at')::timestamptz, given->>'actor', given->>'role',
    given->>'action', given->>'object', given->>'hash', given->>'reason', given->>'reasonSeal', given->>'reasonSalt',
    CASE WHEN given->>'result' IS NOT NULL THEN (given->'result')::jsonb END, given->>'resultSeal', given->>'resultSalt',
    given->>'act', given->>'workflow', given->>'run', given->>'activity', head.self, made);
  UPDATE audit_head SET sequence = head.sequence, self = made, recorded_at = taken_at;
  RETURN head.sequence;
END
$$;
