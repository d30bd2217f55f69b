import { desc, eq } from "drizzle-orm";
import type { Stage } from "../../domain/cycle.ts";
import type { CycleKey, FiscalYear, Sha256 } from "../../domain/ids.ts";
import type { Instant } from "../../domain/time.ts";
import type { Db, Tx } from "../client.ts";
import { cycles } from "../schema/cycle.ts";

/** Where a cycle stands, as an activity needs it. */
export interface CycleRow {
  readonly cycle: CycleKey;
  readonly year: FiscalYear;
  readonly stage: Stage;
  readonly planHash: Sha256;
  readonly stepped: boolean;
  /** The stepped clock's now; the real clock's is the wall. */
  readonly now: Instant;
}

const row = {
  cycle: cycles.key,
  year: cycles.year,
  stage: cycles.stage,
  planHash: cycles.plan,
  stepped: cycles.stepped,
  now: cycles.now,
};

export const cycleRow = async (db: Db | Tx, cycle: CycleKey): Promise<CycleRow | undefined> =>
  (await db.select(row).from(cycles).where(eq(cycles.key, cycle)))[0];

/** The newest year that is no rehearsal; undefined while there is none. */
export const newestRealCycle = async (db: Db | Tx): Promise<CycleKey | undefined> =>
  (
    await db
      .select({ cycle: cycles.key })
      .from(cycles)
      .where(eq(cycles.stepped, false))
      .orderBy(desc(cycles.year))
      .limit(1)
  )[0]?.cycle;

/** Whoever else would do so waits until the transaction ends. */
export const lockCycle = async (tx: Tx, cycle: CycleKey): Promise<void> => {
  await tx.select({ key: cycles.key }).from(cycles).where(eq(cycles.key, cycle)).for("no key update");
};

/** Until the transaction ends the plan in force stays; whoever else only needs that does not wait. */
export const holdPlan = async (tx: Tx, cycle: CycleKey): Promise<void> => {
  await tx.select({ key: cycles.key }).from(cycles).where(eq(cycles.key, cycle)).for("share");
};
