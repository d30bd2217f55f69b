import type { InsideSeen } from "../../domain/chain.ts";
import { and, asc, eq, gt } from "drizzle-orm";
import { GENESIS, hashOf, sealOf } from "../chain.ts";
import type { Db, Tx } from "../client.ts";
import type { CycleKey, Sha256 } from "../../domain/ids.ts";
import { auditEvents, auditHead } from "../schema/audit.ts";
import { knownTo } from "./inside-steps.ts";

/** `broken` names the first event that does not fit, and what is wrong with it. */
export type ChainVerdict =
  | { readonly is: "intact"; readonly events: number; readonly head: Sha256 }
  | {
      readonly is: "broken";
      readonly sequence: number;
      readonly why: "missing" | "does not follow" | "changed" | "other words" | "head differs";
    };

export type StoredEvent = typeof auditEvents.$inferSelect;
interface Verified {
  readonly sequence: number;
  readonly self: Sha256;
}

const PAGE = 1000;

const eventsAfter = (tx: Tx, sequence: number): Promise<StoredEvent[]> =>
  tx
    .select()
    .from(auditEvents)
    .where(gt(auditEvents.sequence, sequence))
    .orderBy(asc(auditEvents.sequence))
    .limit(PAGE);

/** Events of a cycle after that sequence, in their order, as far as the reader may know of them. */
export const eventsOf = (
  db: Db | Tx,
  {
    cycle,
    inside,
    after,
    limit,
  }: {
    readonly cycle: CycleKey;
    readonly inside: InsideSeen;
    readonly after: number;
    readonly limit: number;
  },
): Promise<StoredEvent[]> =>
  db
    .select()
    .from(auditEvents)
    .where(and(eq(auditEvents.cycle, cycle), knownTo(inside), gt(auditEvents.sequence, after)))
    .orderBy(asc(auditEvents.sequence))
    .limit(limit);

/** What was said is what was sealed, or has been disposed of. */
const keepsItsWords = ({ reason, reasonSeal, reasonSalt, result, resultSeal, resultSalt }: StoredEvent) =>
  [
    { words: reason, seal: reasonSeal, salt: reasonSalt },
    { words: result, seal: resultSeal, salt: resultSalt },
  ].every(({ words, seal, salt }) => (salt === null ? words === null : sealOf(words, salt) === seal));

const verifyNext = (last: Verified, event: StoredEvent): Verified | ChainVerdict => {
  const sequence = last.sequence + 1;
  if (event.sequence !== sequence) return { is: "broken", sequence, why: "missing" };
  if (event.prev !== last.self) return { is: "broken", sequence, why: "does not follow" };
  if (event.self !== hashOf(event)) return { is: "broken", sequence, why: "changed" };
  if (!keepsItsWords(event)) return { is: "broken", sequence, why: "other words" };
  return { sequence, self: event.self };
};

/** Every event there is, in its order and a page at a time. */
export async function* recordOf(tx: Tx): AsyncGenerator<readonly StoredEvent[]> {
  for (let last = 0; ;) {
    const events = await eventsAfter(tx, last);
    if (events.length > 0) yield events;
    if (events.length < PAGE) return;
    last = events.at(-1)?.sequence ?? last;
  }
}

/** `see` is shown every event that is sound, in order. */
const verifyEvents = async (tx: Tx, see: (event: StoredEvent) => void): Promise<Verified | ChainVerdict> => {
  let last: Verified = { sequence: 0, self: GENESIS };
  for await (const events of recordOf(tx))
    for (const event of events) {
      const next = verifyNext(last, event);
      if ("is" in next) return next;
      see(event);
      last = next;
    }
  return last;
};

/**
 * Recomputes every hash from the rows, in one snapshot, so that appending goes on meanwhile. `see` is shown every
 * event that is sound, in order.
 */
export const verifyChain = (db: Db, see: (event: StoredEvent) => void = () => {}): Promise<ChainVerdict> =>
  db.transaction(
    async (tx) => {
      const last = await verifyEvents(tx, see);
      if ("is" in last) return last;
      const [head] = await tx.select().from(auditHead);
      return head?.sequence === last.sequence && head.self === last.self
        ? { is: "intact", events: last.sequence, head: last.self }
        : { is: "broken", sequence: last.sequence + 1, why: "head differs" };
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
