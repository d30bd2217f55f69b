import { and, eq, lte, sql } from "drizzle-orm";
import type { CycleKey } from "../../domain/ids.ts";
import type { Instant } from "../../domain/time.ts";
import type { Db, Tx } from "../client.ts";
import { auditEvents } from "../schema/audit.ts";

/** What a list shows the state or a date of; each has its own ids. */
export type FactKind = "request" | "item" | "survey" | "evaluation" | "stage";

/** Numbers of the events that made one thing what it is. */
export interface ChangedFact {
  /** Every event that wrote its state, the first one first. */
  readonly states: readonly number[];
  /** The last that moved its date; null where it has none. */
  readonly dated: number | null;
}

interface Row {
  readonly sequence: string;
  readonly subject: string;
  readonly day: string | null;
  /** A term moves dates and leaves the state as it is. */
  readonly moves: boolean;
}

/** How a change names what it is about. */
const named = sql`case change ->> 'write'
  when 'request' then 'request ' || (change ->> 'request')
  when 'term' then 'request ' || (change ->> 'request')
  when 'handed-on' then 'request ' || (change -> 'opened' ->> 'id')
  when 'item' then 'item ' || (change ->> 'item')
  when 'survey' then 'survey ' || (change ->> 'survey')
  when 'evaluation' then 'evaluation ' || (change ->> 'kind') || ' ' || (change ->> 'key')
  when 'stage' then 'stage ' || (change ->> 'stage')
  when 'cycle' then 'stage policy'
  end`;

/** Of every thing of that kind in the cycle what made it so; with `until` as it was then. */
export const changedFacts = async (
  db: Db | Tx,
  kind: FactKind,
  { cycle, until }: { readonly cycle: CycleKey; readonly until?: Instant | undefined },
): Promise<ReadonlyMap<string, ChangedFact>> => {
  const { sequence, result, at, cycle: ofCycle } = auditEvents;
  const of = and(eq(ofCycle, cycle), until === undefined ? undefined : lte(at, until));
  const rows = await db.execute<Row & Record<string, unknown>>(sql`
    select ${sequence}::text as sequence, substr(subject, ${kind.length + 2}) as subject, day, moves
    from ${auditEvents}, lateral (
      select 'request ' || (asked ->> 'id') as subject, asked ->> 'dueAt' as day, false as moves
      from jsonb_path_query(${result}, '$.requests[*]') as asked
      union all
      select ${named}, coalesce(change ->> 'dueAt', change ->> 'dueOn', change -> 'opened' ->> 'dueAt'),
        change ->> 'write' = 'term'
      from jsonb_path_query(${result}, '$.changes[*]') as change) as fact
    where ${of} and starts_with(subject, ${`${kind} `})
    order by ${sequence}`);
  const facts = new Map<string, { states: number[]; dated: number | null; day: string | null }>();
  let before = "";
  for (const { sequence: number, subject, day, moves } of rows) {
    // Whoever enters the stage he is in enters nothing.
    if (kind === "stage" && subject === before) continue;
    before = subject;
    const fact = facts.get(subject) ?? { states: [], dated: null, day: null };
    if (!moves) fact.states.push(Number(number));
    if (day !== null && day !== fact.day) Object.assign(fact, { dated: Number(number), day });
    facts.set(subject, fact);
  }
  return facts;
};
