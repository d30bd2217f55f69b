import type { EvaluationEntry } from "./acts.ts";
import { settledAs, type ItemState } from "./answer.ts";
import type { Cycle, CycleAct } from "./cycle.ts";
import { reopenEvaluations } from "./evaluation.ts";
import { refuse, type Refused } from "./refusal.ts";

/** What the record says of the item that an act corrects. */
export interface Corrected {
  /** Where it stands; null if the year asks no such thing. */
  readonly state: ItemState | null;
  /** The judgements that rest on it. */
  readonly resting: readonly EvaluationEntry[];
}

/**
 * 訂正: a settled item gets another answer. Exactly the judgements that rest on it are open again, also approved ones;
 * the year's stage and everything else stay.
 */
export const correctItem = (
  cycle: Cycle,
  { args }: CycleAct & { name: "cycle.correct" },
  { state, resting }: Corrected,
): Cycle | Refused => {
  if (state === null) return refuse("unknown-item");
  if (settledAs(state) === undefined) return refuse("not-yet");
  const stood = "answer" in state ? state.answer.content.hash : null;
  if (stood !== args.was) return refuse("other-version");
  return { ...cycle, evaluations: reopenEvaluations(cycle.evaluations, resting) };
};
