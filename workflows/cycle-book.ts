import { defineSearchAttributeKey, SearchAttributeType } from "@temporalio/common";
import { setCurrentDetails, upsertSearchAttributes } from "@temporalio/workflow";
import {
  decideCycle,
  newCycle,
  stageEndsAt,
  stages,
  type Cycle,
  type CycleAct,
  type CycleRules,
  type Stage,
} from "../domain/cycle.ts";
import { refuse, type Refused } from "../domain/refusal.ts";
import type { Instant } from "../domain/time.ts";
import type { CycleInput, PlanRules } from "./contract.ts";
import { detailsOfCycle } from "./cycle-rows.ts";

/** Where the year stands and what it decides with. To be turned only after the record has been. */
export interface CycleBook {
  /** null until `cycle.open`. */
  readonly opened: () => Cycle | null;
  /** The plan as it was last amended. */
  readonly plan: () => PlanRules;
  readonly rules: () => CycleRules;
  /** @param amended the plan, where the act is an amendment */
  readonly decide: (act: CycleAct, amended?: PlanRules) => Cycle | Refused;
  readonly turnTo: (after: Cycle, amended?: PlanRules) => void;
  readonly hasPassed: (stage: Stage) => boolean;
  readonly stageEndsAt: () => Instant | undefined;
}

const stageKey = defineSearchAttributeKey("Stage", SearchAttributeType.KEYWORD);

export const openBook = (input: CycleInput): CycleBook => {
  let plan: PlanRules = input;
  let state: Cycle | null = null;
  const opened = (): Cycle | null => state;
  const rulesOf = (asked: PlanRules): CycleRules => ({
    ...asked,
    approvers: asked.policyApprovers,
    stepped: input.clock.is === "stepped",
  });
  return {
    opened,
    plan: () => plan,
    rules: () => rulesOf(plan),
    decide: (act, amended = plan) => {
      const before = opened();
      if (before !== null) return decideCycle(before, act, rulesOf(amended));
      if (act.name !== "cycle.open") return refuse("not-yet");
      return act.args.plan === input.plan ? newCycle(input.plan) : refuse("other-version");
    },
    turnTo: (after, amended = plan) => {
      if (opened()?.stage !== after.stage) upsertSearchAttributes([{ key: stageKey, value: after.stage }]);
      plan = amended;
      state = after;
      setCurrentDetails(detailsOfCycle(after));
    },
    hasPassed: (stage) => {
      const at = opened()?.stage;
      return at !== undefined && stages.indexOf(at) > stages.indexOf(stage);
    },
    stageEndsAt: () => {
      const now = opened();
      return now === null ? undefined : stageEndsAt(now, rulesOf(plan));
    },
  };
};
