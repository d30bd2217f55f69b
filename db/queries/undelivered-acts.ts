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

/** Whether the workflow's row says it runs, or is about to. */
export const isOpenProcess = async (db: Db, workflow: string): Promise<boolean> =>
  (
    await db
      .select({ workflow: processes.workflow })
      .from(processes)
      .where(and(eq(processes.workflow, workflow), eq(processes.isOpen, true)))
  ).length === 1;
