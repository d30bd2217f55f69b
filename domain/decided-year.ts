import type { EvaluationRow } from "./document.ts";
import type { CycleKey, Sha256 } from "./ids.ts";
import type { Plan } from "./plan.ts";

/** An earlier year as it was decided: its plan, and the judgements of the version that was published. */
export interface DecidedYear {
  readonly cycle: CycleKey;
  readonly plan: Plan;
  /** SHA-256 of the version. */
  readonly version: Sha256;
  readonly evaluations: readonly EvaluationRow[];
}
