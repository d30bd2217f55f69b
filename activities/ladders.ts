import type { Tx } from "../db/client.ts";
import { addRungs, type RungRow } from "../db/commands/rungs.ts";
import { rungInstants } from "../domain/ladder.ts";
import type { RequestKind } from "../domain/plan.ts";
import type { Instant } from "../domain/time.ts";
import type { PlannedCycle } from "./plan-shelf.ts";

/** Something to be chased: until when it is owed, and since when. */
export interface Chased {
  /** The request's id, or the survey's. */
  readonly request: string;
  readonly kind: RequestKind;
  readonly dueAt: Instant;
  readonly openedAt: Instant;
}

/** The plan's ladder for it, as instants. */
const rungsOf = (
  { plan, rules }: PlannedCycle,
  { request, kind, dueAt, openedAt }: Chased,
): readonly RungRow[] =>
  rungInstants({
    ladder: plan.ladders[kind],
    dueAt,
    sendWindow: plan.sendWindow,
    calendar: rules.calendar,
    openedAt,
  }).map(({ name, at }, position) => ({ request, dueAt, name, position, at }));

export const putUpLadders = (tx: Tx, cycle: PlannedCycle, chased: readonly Chased[]): Promise<void> =>
  addRungs(
    tx,
    chased.flatMap((one) => rungsOf(cycle, one)),
  );
