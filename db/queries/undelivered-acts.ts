import { and, asc, eq, isNotNull, lte } from "drizzle-orm";
import type { Act } from "../../domain/acts.ts";
import type { CycleKey } from "../../domain/ids.ts";
import type { Instant } from "../../domain/time.ts";
import type { Db } from "../client.ts";
import { acts } from "../schema/acts.ts";
import { processes } from "../schema/cycle.ts";

/** An act that was stored and has not reached its workflow, as far as anybody knows. */
export interface UndeliveredAct {
  readonly act: Act;
  readonly cycle: CycleKey;
  readonly workflow: string;
}

/** The oldest first; only those stored by `before`, so that whoever stored an act delivers it himself. */
export const undeliveredActs = async (
  db: Db,
  { before, limit }: { readonly before: Instant; readonly limit: number },
): Promise<readonly UndeliveredAct[]> => {
  const rows = await db
    .select({ act: acts.act, cycle: acts.cycle, workflow: acts.workflow })
    .from(acts)
    .where(and(eq(acts.state, "stored"), lte(acts.storedAt, before), isNotNull(acts.act)))
    .orderBy(asc(acts.storedAt), asc(acts.id))
    .limit(limit);
  return rows.flatMap(({ act, cycle, workflow }) =>
    act === null || cycle === null || workflow === null ? [] : [{ act, cycle, workflow }],
  );
};

/**
 * What the workflow's row says: that it runs or is about to, that it has ended, or, where there is none, that its time
 * has not come.
 */
export const processOf = async (db: Db, workflow: string): Promise<"open" | "closed" | "none"> => {
  const [row] = await db
    .select({ isOpen: processes.isOpen })
    .from(processes)
    .where(eq(processes.workflow, workflow));
  if (row === undefined) return "none";
  return row.isOpen ? "open" : "closed";
};
