import type { Db, Tx } from "../db/client.ts";
import { contentByHash } from "../db/queries/content.ts";
import { cycleRow, type CycleRow } from "../db/queries/cycle-row.ts";
import { calendarOf } from "../domain/calendar.ts";
import type { TermRules } from "../domain/deadline.ts";
import type { CycleKey, Sha256 } from "../domain/ids.ts";
import type { Plan } from "../domain/plan.ts";

/** A cycle with the plan now in force, and the rules its terms are computed by. */
export interface PlannedCycle extends CycleRow {
  readonly plan: Plan;
  readonly planHash: Sha256;
  readonly rules: TermRules;
}
export type PlanShelf = (tx: Db | Tx, cycle: CycleKey) => Promise<PlannedCycle>;

type ReadPlan = Pick<PlannedCycle, "plan" | "rules">;

/** A few cycles run at a time, each with one plan in force. */
const PLANS_KEPT = 8;

/** Plans never change under their hash, so those last used are kept at hand. @throws Error for a cycle without one */
export const makePlanShelf = (): PlanShelf => {
  const kept = new Map<Sha256, ReadPlan>();
  const read = async (tx: Db | Tx, hash: Sha256): Promise<ReadPlan> => {
    const stored = await contentByHash(tx, "plan", hash);
    if (stored === undefined) throw new Error(`the plan ${hash} is not stored`);
    const { body: plan } = stored;
    const { closingTime, closedDays } = plan.dates;
    return { plan, rules: { calendar: calendarOf(plan.holidays), closingTime, closedDays } };
  };
  return async (tx, cycle) => {
    const row = await cycleRow(tx, cycle);
    if (row === undefined) throw new Error(`no cycle ${cycle}`);
    const found = kept.get(row.planHash) ?? (await read(tx, row.planHash));
    kept.delete(row.planHash);
    kept.set(row.planHash, found);
    for (const oldest of kept.keys()) {
      if (kept.size <= PLANS_KEPT) break;
      kept.delete(oldest);
    }
    return { ...row, ...found };
  };
};
