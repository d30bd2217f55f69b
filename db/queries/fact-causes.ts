import { and, asc, eq, inArray, lte, or, sql } from "drizzle-orm";
import type { CycleKey, Sha256 } from "../../domain/ids.ts";
import type { RecordedStep } from "../../domain/request-causes.ts";
import type { Instant } from "../../domain/time.ts";
import type { Db, Tx } from "../client.ts";
import { auditEvents } from "../schema/audit.ts";

/** Of the whole record, or as it was at an instant of the cycle's own time. */
interface Recorded {
  readonly cycle: CycleKey;
  readonly until?: Instant | undefined;
}

const { sequence, at, actor, action, object, hash, result, cycle: ofCycle } = auditEvents;

const within = ({ cycle, until }: Recorded) =>
  and(eq(ofCycle, cycle), until === undefined ? undefined : lte(at, until));

/** Every event that opened a request or changed something of it, in the order of the record. */
export const stepsOfRequest = async (
  db: Db | Tx,
  { request, ...recorded }: Recorded & { readonly request: string },
): Promise<readonly RecordedStep[]> => {
  const named = sql`jsonb_build_object('id', ${request}::text, 'items', ${`${request}/`}::text)`;
  const opened = sql<RecordedStep["opened"]>`coalesce(
    jsonb_path_query_first(${result}, '$.requests[*] ? (@.id == $id)', ${named}),
    jsonb_path_query_first(${result}, '$.changes[*].opened ? (@.id == $id)', ${named}))`;
  const changed = sql`jsonb_path_exists(${result}, '$.changes[*].item ? (@ starts with $items)', ${named})`;
  const changes = sql<RecordedStep["changes"]>`coalesce(${result} -> 'changes', '[]')`;
  return db
    .select({ sequence, opened, changes })
    .from(auditEvents)
    .where(and(within(recorded), or(eq(object, `request ${request}`), sql`${opened} is not null`, changed)))
    .orderBy(asc(sequence));
};

/** One thing that was done. */
export interface DoneEvent {
  readonly sequence: number;
  /** The cycle's now. */
  readonly at: Instant;
  readonly actor: string;
  readonly action: string;
  readonly object: string;
  readonly hash: Sha256 | null;
}

/** Every event of those kinds, in the order of the record. */
export const eventsDone = (
  db: Db | Tx,
  { actions, ...recorded }: Recorded & { readonly actions: readonly string[] },
): Promise<DoneEvent[]> =>
  db
    .select({ sequence, at, actor, action, object, hash })
    .from(auditEvents)
    .where(and(within(recorded), inArray(action, [...actions])))
    .orderBy(asc(sequence));

/** Numbers of the events that last disposed of an opinion, by opinion. */
export const eventsOfDispositions = async (
  db: Db | Tx,
  recorded: Recorded,
): Promise<ReadonlyMap<string, number>> => {
  const comments = sql<readonly string[]>`jsonb_path_query_array(${result},
    '$.changes[*] ? (@.write == "disposition").comment')`;
  const rows = await db
    .select({ sequence, comments })
    .from(auditEvents)
    .where(and(within(recorded), eq(action, "report.dispose")))
    .orderBy(asc(sequence));
  return new Map(rows.flatMap((row) => row.comments.map((comment) => [comment, row.sequence])));
};
