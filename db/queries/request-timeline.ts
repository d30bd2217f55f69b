import { and, asc, eq, inArray, or, sql } from "drizzle-orm";
import type { CycleKey } from "../../domain/ids.ts";
import type { Instant } from "../../domain/time.ts";
import type { Db, Tx } from "../client.ts";
import { people } from "../schema/acts.ts";
import { auditEvents } from "../schema/audit.ts";

/** Something that was done to a request, or that the clock brought about. */
export interface RequestEvent {
  readonly sequence: number;
  /** The cycle's now. */
  readonly at: Instant;
  /** A person's id, or `clock`. */
  readonly actor: string;
  /** Of whoever is in the directory. */
  readonly name: string | null;
  readonly role: string;
  readonly action: string;
  readonly reason: string | null;
  /** What brought it, and where its workflow's history tells of it. */
  readonly act: string | null;
  readonly workflow: string | null;
  readonly run: string | null;
  /** 代理入力: at whose request. */
  readonly onBehalfOf: string | null;
}

/** From its opening on, in the order of the record; with `surveys` also what was done to those. */
export const requestTimeline = (
  db: Db | Tx,
  {
    cycle,
    id,
    surveys = [],
  }: { readonly cycle: CycleKey; readonly id: string; readonly surveys?: readonly string[] },
): Promise<RequestEvent[]> => {
  const objects = [`request ${id}`, ...surveys.map((survey) => `survey ${survey}`)];
  const { sequence, at, actor, role, action, object, reason, result, act, workflow, run } = auditEvents;
  const opened = sql`${result} -> 'opened' @> jsonb_build_array(${id}::text)`;
  const of = sql<string | null>`jsonb_path_query_first(${result}, '$.changes[*].onBehalfOf') #>> '{}'`;
  const onBehalfOf = sql<string | null>`coalesce((select name from people where id = ${of}), ${of})`;
  return db
    .select({ sequence, at, actor, name: people.name, role, action, reason, act, workflow, run, onBehalfOf })
    .from(auditEvents)
    .leftJoin(people, sql`${people.id} = ${actor}`)
    .where(and(eq(auditEvents.cycle, cycle), or(inArray(object, objects), opened)))
    .orderBy(asc(sequence));
};
