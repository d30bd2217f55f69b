-- Written by hand: what the schema files cannot say.

-- Takes the next place in the chain, hashes the event with it and inserts both, in one step: the head is locked from
-- here to the commit, and the fewer ways to and fro meanwhile, the sooner the next can append. `given` is an event of
-- db/chain.ts; its `leaf` are the parts of the RFC 8785 form between which prev, recordedAt and sequence stand.
CREATE FUNCTION "append_to_record"("given" json) RETURNS bigint LANGUAGE plpgsql AS $$
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
    ',"recordedAt":"', to_char(taken_at AT TIME ZONE 'Asia/Tokyo', 'YYYY-MM-DD"T"HH24:MI:SS'), '+09:00',
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
