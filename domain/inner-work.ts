import type { GivenAnswer } from "./acts.ts";
import type { PersonId } from "./ids.ts";
import type { Instant } from "./time.ts";

/** 割当て: whose it is to prepare the answer, and until when, inside the organisation. */
interface Allocation {
  readonly officer: PersonId;
  readonly dueAt: Instant;
}
interface Prepared extends Allocation {
  readonly answer: GivenAnswer;
  readonly by: PersonId;
}

/**
 * 組織内の手順: how far an item's next answer has come inside its organisation. None of it is an answer yet: the
 * secretariat gets what 窓口 submits. An item without one is not allocated.
 */
export type InnerWork =
  | (Allocation & { readonly is: "allocated" })
  | (Prepared & { readonly is: "prepared" })
  | (Prepared & { readonly is: "sent-back"; readonly reason: string })
  | (Prepared & { readonly is: "signed-off"; readonly signedBy: PersonId });

/** True while the officer still has to do something: what the inner ladder chases. */
export const isWithOfficer = (work: InnerWork): boolean => work.is === "allocated" || work.is === "sent-back";

/** A request's inner ladder is chased under a name of its own, as a survey's is. */
export const innerLadderOf = (request: string): string => `${request} inner`;
