import type { PersonId, Sha256 } from "./ids.ts";
import type { ApprovalStep } from "./plan.ts";
import { refuse, type Refused } from "./refusal.ts";
import { dateOf, type Instant } from "./time.ts";

/** 決裁: the plan's ladder of approvers over one version, named by its hash. */
export interface Ladder {
  readonly hash: Sha256;
  readonly steps: readonly ApprovalStep[];
  /** How many steps have approved. */
  readonly passed: number;
}

/** Who may act at the ladder's present step; undefined once every step has passed. */
export const turnOf = (ladder: Ladder): ApprovalStep | undefined => ladder.steps[ladder.passed];

export interface ApprovalAct {
  readonly person: PersonId;
  readonly hash: Sha256;
  readonly at: Instant;
  /** Everyone who ever contributed to the version. */
  readonly contributors: readonly PersonId[];
}

/** 代決: the deputy stands in only within his dates, both inclusive. */
const standsIn = (step: ApprovalStep, person: PersonId, at: Instant): boolean =>
  step.deputy?.person === person && step.deputy.from <= dateOf(at) && dateOf(at) <= step.deputy.to;

type ApprovalRefusal = Refused<"other-version" | "not-your-turn" | "contributed">;

/** @returns the step the person may act at, and for whom he stands in */
export const mayApprove = (
  ladder: Ladder,
  act: ApprovalAct,
): { readonly step: ApprovalStep; readonly standsInFor: PersonId | null } | ApprovalRefusal => {
  if (act.hash !== ladder.hash) return refuse("other-version");
  const step = turnOf(ladder);
  if (step === undefined) return refuse("not-your-turn");
  const deputy = standsIn(step, act.person, act.at);
  if (step.person !== act.person && !deputy) return refuse("not-your-turn");
  if (act.contributors.includes(act.person)) return refuse("contributed");
  return { step, standsInFor: deputy ? step.person : null };
};

/** Whom the ladder waits for on the day: the step's approver, and his deputy within his dates. */
export const waitsFor = (ladder: Ladder, now: Instant): readonly PersonId[] => {
  const step = turnOf(ladder);
  if (step === undefined) return [];
  const deputy = step.deputy?.person;
  return deputy !== undefined && standsIn(step, deputy, now) ? [step.person, deputy] : [step.person];
};
