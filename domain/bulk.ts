import { isOwed } from "./answer.ts";
import type { BoardItem } from "./board.ts";
import type { OrganisationId } from "./ids.ts";
import type { Action } from "./policy.ts";

/** 一括処理: one act done to several requests, each by an act of its own. */

export const bulkDeeds = ["remind", "grant-extension", "accept", "return"] as const;
export type BulkDeed = (typeof bulkDeeds)[number];

/** The act each request gets: whoever may do that may do many. */
export const actOfDeed: Readonly<Record<BulkDeed, Action>> = {
  remind: "request.remind",
  "grant-extension": "request.grant-extension",
  accept: "request.accept",
  return: "request.return",
};

/** What would be done to one request: `items` are what it is about; without any there is nothing to do, and why. */
export interface BulkStep {
  readonly request: string;
  readonly organisation: OrganisationId;
  readonly items: readonly BoardItem[];
  readonly needless: "paused" | "nothing-owed" | "no-extension" | "nothing-submitted" | null;
}

const aboutOf = (deed: BulkDeed, items: readonly BoardItem[]): Pick<BulkStep, "items" | "needless"> => {
  const paused = items.some((item) => item.paused);
  const none = (needless: NonNullable<BulkStep["needless"]>) => ({ items: [], needless });
  const some = (found: readonly BoardItem[], otherwise: NonNullable<BulkStep["needless"]>) =>
    found.length === 0 ? none(otherwise) : { items: found, needless: null };
  switch (deed) {
    case "remind":
      return paused ? none("paused") : some(items.filter(isOwed), "nothing-owed");
    case "grant-extension":
      return paused
        ? none("paused")
        : some(
            items.filter(({ askedDueOn }) => askedDueOn !== null),
            "no-extension",
          );
    case "return":
      return paused ? none("paused") : some(submittedOf(items), "nothing-submitted");
    case "accept":
      return some(submittedOf(items), "nothing-submitted");
  }
};

const submittedOf = (items: readonly BoardItem[]): readonly BoardItem[] =>
  items.filter(({ answer }) => answer !== null);

/** What the deed would come to, request by request, in the order in which they were chosen. */
export const bulkSteps = (
  deed: BulkDeed,
  items: readonly BoardItem[],
  chosen: readonly string[],
): readonly BulkStep[] =>
  [...new Set(chosen)].flatMap((request) => {
    const own = items.filter((item) => item.request === request);
    const [first] = own;
    return first === undefined ? [] : [{ request, organisation: first.organisation, ...aboutOf(deed, own) }];
  });
