import type { GivenAnswer, ReviewedItem } from "./acts.ts";
import type { ItemState } from "./answer.ts";
import { refuse, type Refused } from "./refusal.ts";
import { decided, withItems, type Decided, type Request } from "./request.ts";

/** 調査中に届いた回答: the ministry answers after all while a survey runs. Which of the two counts, the secretariat says. */

type Surveying = Extract<ItemState, { is: "surveying" }>;

/** It stands beside the survey; a newer one takes the place of one that was read before. */
export const lateAnswer = (was: Surveying, answer: GivenAnswer): ItemState => ({
  is: "surveying",
  until: was.until,
  survey: was.survey,
  offered: answer,
});

const each = (
  request: Request,
  items: readonly ReviewedItem[],
  outcome: (item: Surveying, offered: GivenAnswer) => ItemState | Refused,
): Decided | Refused => {
  if (items.length === 0) return refuse("nothing-given");
  const changed: Record<string, ItemState> = {};
  for (const { item, hash } of items) {
    const was = request.items[item];
    if (was === undefined) return refuse("unknown-item");
    if (was.is !== "surveying" || was.offered === undefined) return refuse("no-late-answer");
    if (was.offered.content.hash !== hash) return refuse("other-version");
    const becomes = outcome(was, was.offered);
    if ("refused" in becomes) return becomes;
    changed[item] = becomes;
  }
  return decided(withItems(request, changed));
};

/** The answer settles its item; a survey left with nothing to find out ends by itself. */
export const takeLate = (request: Request, items: readonly ReviewedItem[]): Decided | Refused =>
  each(request, items, (_, answer) => {
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
export const leaveLate = (request: Request, items: readonly ReviewedItem[]): Decided | Refused =>
  each(request, items, (was) => (was.left === true ? refuse("already-done") : { ...was, left: true }));
