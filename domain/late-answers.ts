import type { GivenAnswer } from "./acts.ts";
import type { ItemState } from "./answer.ts";
import type { PersonId } from "./ids.ts";
import { refuse, type Refused } from "./refusal.ts";
import { decided, withItems, type Decided, type Request, type RequestAct } from "./request.ts";

/** 調査中に届いた回答: the ministry answers after all while a survey runs. Which of the two counts, the secretariat says. */

type LateAct = RequestAct & { readonly name: "request.take-late" | "request.leave-late" };
type Surveying = Extract<ItemState, { is: "surveying" }>;

/** It stands beside the survey; a newer one takes the place of one that was read before. */
export const lateAnswer = (
  { until, survey }: Surveying,
  given: { readonly answer: GivenAnswer; readonly enteredBy?: PersonId },
): ItemState => {
  const { answer: offered, ...entered } = given;
  return { is: "surveying", until, survey, offered, ...entered };
};

const each = (
  request: Request,
  { args: { items }, actor }: LateAct,
  outcome: (item: Surveying, offered: GivenAnswer) => ItemState | Refused,
): Decided | Refused => {
  if (items.length === 0) return refuse("nothing-given");
  const changed: Record<string, ItemState> = {};
  for (const { item, hash } of items) {
    const was = request.items[item];
    if (was === undefined) return refuse("unknown-item");
    if (was.is !== "surveying" || was.offered === undefined) return refuse("no-late-answer");
    if (was.offered.content.hash !== hash) return refuse("other-version");
    // Four eyes, as with every other answer.
    if (was.enteredBy === actor.person) return refuse("contributed");
    const becomes = outcome(was, was.offered);
    if ("refused" in becomes) return becomes;
    changed[item] = becomes;
  }
  return decided(withItems(request, changed));
};

/** The answer settles its item; a survey left with nothing to find out ends by itself. */
export const takeLate = (request: Request, act: LateAct): Decided | Refused =>
  each(request, act, (_, answer) => {
    switch (answer.says) {
      case "value":
      case "provisional":
        return { is: "value", answer };
      case "nil":
      case "not-applicable":
        return { is: answer.says, answer };
      case "unmeasurable":
        return refuse("no-late-answer");
    }
  });

/** The survey goes on. The answer stays where it is, also once the survey has ended. */
export const leaveLate = (request: Request, act: LateAct): Decided | Refused =>
  each(request, act, (was) => (was.left === true ? refuse("already-done") : { ...was, left: true }));
