import type { Tx } from "../db/client.ts";
import { addRungs, replaceRungs, type RungRow } from "../db/commands/rungs.ts";
import { holdPlan } from "../db/queries/cycle-row.ts";
import { innerLadders, openLadders } from "../db/queries/open-ladders.ts";
import type { CycleKey } from "../domain/ids.ts";
import { amendedRungs, rungInstants, rungsIn } from "../domain/ladder.ts";
import type { RequestKind } from "../domain/plan.ts";
import type { Instant } from "../domain/time.ts";
import type { PlannedCycle, PlanShelf } from "./plan-shelf.ts";

/** Something to be chased: until when it is owed, and since when. */
export interface Chased {
  /** The request's id, or the survey's. */
  readonly request: string;
  readonly kind: RequestKind | "inner";
  readonly dueAt: Instant;
  readonly openedAt: Instant;
}

/** The plan's ladder for it, as instants. */
const rungsOf = (
  { plan, rules }: PlannedCycle,
  { request, kind, dueAt, openedAt }: Chased,
): readonly RungRow[] =>
  rungInstants({
    ladder: rungsIn(plan, kind),
    dueAt,
    sendWindow: plan.sendWindow,
    calendar: rules.calendar,
    openedAt,
  }).map(({ name, at }, position) => ({ request, dueAt, name, position, at }));

/** The plan that ladders are put up by: no amendment gets between reading it and writing them. */
export const planToChaseBy = async (
  { plans, tx }: { readonly plans: PlanShelf; readonly tx: Tx },
  cycle: CycleKey,
): Promise<PlannedCycle> => {
  await holdPlan(tx, cycle);
  return plans(tx, cycle);
};

export const putUpLadders = (tx: Tx, cycle: PlannedCycle, chased: readonly Chased[]): Promise<void> =>
  addRungs(
    tx,
    chased.flatMap((one) => rungsOf(cycle, one)),
  );

/** Every ladder that stands follows the plan as it is now amended: from now on, and in what was not reached yet. */
export const amendLadders = async (
  tx: Tx,
  { cycle, plan, rules: { calendar, closingTime } }: PlannedCycle,
  now: Instant,
): Promise<void> => {
  const standing = [...(await openLadders(tx, { cycle, closingTime })), ...(await innerLadders(tx, cycle))];
  const rows = standing.flatMap(({ request, kind, dueAt, rungs }) =>
    amendedRungs({
      standing: rungs,
      now,
      ladder: rungsIn(plan, kind),
      dueAt,
      sendWindow: plan.sendWindow,
      calendar,
    }).map(({ name, at }, position) => ({ request, dueAt, name, position, at })),
  );
  if (standing.length > 0) await replaceRungs(tx, standing, rows);
};
