import type { InsideSeen } from "../../domain/chain.ts";
import { and, desc, eq, gte, ilike, inArray, lt, or, type SQL } from "drizzle-orm";
import type { CycleKey, PersonId } from "../../domain/ids.ts";
import { addDays, at, plainTime, type PlainDate } from "../../domain/time.ts";
import type { Db, Tx } from "../client.ts";
import { people } from "../schema/acts.ts";
import { auditEvents } from "../schema/audit.ts";
import { knownTo } from "./inside-steps.ts";

/** What an auditor looks for; what is not given does not narrow. */
export interface AuditSearch {
  readonly cycle: CycleKey;
  /** Whose steps inside the ministry the reader knows of. */
  readonly inside: InsideSeen;
  /** A part of a name or of an id. */
  readonly person?: string | undefined;
  /** A part of the object's id. */
  readonly object?: string | undefined;
  readonly action?: string | undefined;
  /** Days of the cycle's now in Asia/Tokyo, both included. */
  readonly from?: PlainDate | undefined;
  readonly to?: PlainDate | undefined;
  /** Only events before that sequence. */
  readonly before?: number | undefined;
  readonly limit: number;
}
export type FoundEvent = Pick<
  typeof auditEvents.$inferSelect,
  "sequence" | "at" | "actor" | "role" | "action" | "object" | "hash" | "reason" | "act" | "workflow" | "self"
>;

const MIDNIGHT = plainTime("00:00");

/** As it stands: no pattern of a reader's own. */
const containing = (text: string): string => `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;

const actedBy = async (db: Db | Tx, person: string): Promise<SQL | undefined> => {
  const named = await db
    .select({ id: people.id })
    .from(people)
    .where(ilike(people.name, containing(person)));
  const ids: readonly PersonId[] = named.map(({ id }) => id);
  return or(
    ilike(auditEvents.actor, containing(person)),
    ids.length === 0 ? undefined : inArray(auditEvents.actor, [...ids]),
  );
};

/** The newest first. */
export const searchAudit = async (db: Db | Tx, search: AuditSearch): Promise<FoundEvent[]> => {
  const { cycle, inside, person, object, action, from, to, before, limit } = search;
  const { sequence, actor, role, hash, reason, act, workflow, self } = auditEvents;
  return db
    .select({
      sequence,
      at: auditEvents.at,
      actor,
      role,
      action: auditEvents.action,
      object: auditEvents.object,
      hash,
      reason,
      act,
      workflow,
      self,
    })
    .from(auditEvents)
    .where(
      and(
        eq(auditEvents.cycle, cycle),
        knownTo(inside),
        person === undefined ? undefined : await actedBy(db, person),
        object === undefined ? undefined : ilike(auditEvents.object, containing(object)),
        action === undefined ? undefined : eq(auditEvents.action, action),
        from === undefined ? undefined : gte(auditEvents.at, at(from, MIDNIGHT)),
        to === undefined ? undefined : lt(auditEvents.at, at(addDays(to, 1), MIDNIGHT)),
        before === undefined ? undefined : lt(sequence, before),
      ),
    )
    .orderBy(desc(sequence))
    .limit(limit);
};

/** Every kind of event there is in the cycle for the reader. */
export const auditActions = async (
  db: Db | Tx,
  { cycle, inside }: Pick<AuditSearch, "cycle" | "inside">,
): Promise<readonly string[]> => {
  const rows = await db
    .selectDistinct({ action: auditEvents.action })
    .from(auditEvents)
    .where(and(eq(auditEvents.cycle, cycle), knownTo(inside)))
    .orderBy(auditEvents.action);
  return rows.map(({ action }) => action);
};
