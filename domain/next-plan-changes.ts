import type { CarriedFinding, Finding } from "./carry-over.ts";
import { planChanges, type PlanChange } from "./lineage.ts";
import type { CarriedOver, Plan } from "./plan.ts";

/** A finding that goes no further, and why. */
export interface DroppedFinding extends Finding {
  readonly reason: string | null;
}
/** 変更の一覧: all that the next year's plan has otherwise than this one's, and what it leaves behind. */
export interface NextPlanChanges {
  readonly measures: readonly PlanChange[];
  /** 引き継ぐ事項, of measures and of all else. */
  readonly carriedOver: readonly CarriedOver[];
  readonly dropped: readonly DroppedFinding[];
}

export const nextPlanChanges = (
  before: Plan,
  after: Plan,
  dropped: readonly DroppedFinding[],
): NextPlanChanges => ({
  measures: planChanges(before, after),
  carriedOver: after.carriedOver ?? [],
  dropped,
});

/** What was decided to go on and the plan says nothing of, neither in its lineage nor among what it takes over. */
export const uncarried = (plan: Plan, carried: readonly CarriedFinding[]): readonly string[] => {
  const said = new Set([
    ...(plan.lineage ?? []).flatMap(({ findings }) => findings),
    ...(plan.carriedOver ?? []).map(({ cause, origin }) => `${cause}:${origin}`),
  ]);
  return carried.map(({ id }) => id).filter((id) => !said.has(id));
};
