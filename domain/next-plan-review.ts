import type { PersonId, Sha256 } from "./ids.ts";
import { refuse, type Refused } from "./refusal.ts";

/** 次年度の計画（案）on its way. */
export interface NextPlanDraft {
  /** Once it is written and until it comes back. */
  readonly nextPlan?: Sha256;
  /** Everyone who had a hand in it. Absent before the first. */
  readonly nextPlanBy?: readonly PersonId[];
}

/** Whoever decides on a finding or writes the next year's plan has prepared it, also before it came back. */
export const preparedBy = <Draft extends NextPlanDraft>(
  draft: Draft,
  people: readonly PersonId[],
): Draft => ({
  ...draft,
  nextPlanBy: [...new Set([...(draft.nextPlanBy ?? []), ...people])],
});

/** It waits for someone else to approve it. @param by whose text it is besides */
export const withNextPlan = <Draft extends NextPlanDraft>(
  draft: Draft,
  nextPlan: Sha256,
  by: readonly PersonId[] = [],
): Draft => ({ ...preparedBy(draft, by), nextPlan });

/** On its hash, by one who did not prepare it; sent back only with a reason. @returns a refusal, or the same draft */
export const mayReviewNextPlan = <Draft extends NextPlanDraft>(
  draft: Draft,
  {
    person,
    hash,
    returns,
    reason,
  }: {
    readonly person: PersonId;
    readonly hash: Sha256;
    readonly returns: boolean;
    readonly reason: string | null;
  },
): Draft | Refused => {
  if (draft.nextPlan === undefined) return refuse("not-submitted");
  if (hash !== draft.nextPlan) return refuse("other-version");
  if (draft.nextPlanBy?.includes(person) === true) return refuse("contributed");
  return returns && reason === null ? refuse("reason-missing") : draft;
};

/** All is open to be decided anew; who prepared it stays. */
export const withoutNextPlan = <Draft extends NextPlanDraft>({
  nextPlan: _nextPlan,
  ...rest
}: Draft): Omit<Draft, "nextPlan"> => rest;
