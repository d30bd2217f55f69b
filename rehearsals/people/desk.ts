import { nextKey, type Intention } from "../intention.ts";
import { withoutCycle, type Cast, type View } from "../view.ts";
import type { ItemReply, RequestReply } from "../wire.ts";
import { surveyIntentions } from "./surveys.ts";
import { termIntentions } from "./terms.ts";

/** What the secretariat does while data are collected: it sends, reviews daily, moves dates, surveys and gives up. */
export const deskIntentions = (view: View, cast: Cast): readonly Intention[] => [
  ...openRequests(view, cast),
  ...view.requests
    .filter(
      ({ kind, is, items }) => is === "open" && (kind === "data" || kind === "chapter") && isAsked(items),
    )
    .flatMap((request) => [
      ...review(view, cast, request),
      ...termIntentions(view, cast, request),
      ...giveUp(view, cast, request),
    ]),
  ...surveyIntentions(view, cast),
];

/** What nobody was ever asked for is surveyed, and nothing else. */
const isAsked = (items: readonly ItemReply[]): boolean =>
  items.some(({ state, answers }) => state.is !== "surveying" || answers.length > 0);

type Preparing = Pick<Intention, "at" | "key" | "path" | "body">;
const preparing = (cast: Cast, intention: Preparing): Intention => ({
  person: cast.preparers[0],
  role: "preparer",
  ...intention,
});

const openRequests = (view: View, cast: Cast): readonly Intention[] => {
  if (view.cycle.stage !== "collection" || view.requests.length > 0) return [];
  const entered = view.cycle.stages.findLast(({ stage }) => stage === "collection")?.enteredAt ?? view.now;
  return [
    preparing(cast, {
      at: cast.secretariat.after(entered, cast.script.secretariat.opensRequestsAfterDays),
      key: nextKey(view.memory, "requests open"),
      path: `/cycles/${view.cycle.cycle}/requests`,
      body: {},
    }),
  ];
};

/** The secretariat reads what has been written, and knows by it whether it will do. */
const isGood = ({ script }: Cast, { answers: [newest] }: ItemReply): boolean =>
  newest?.written?.text !== script.answers.incomplete;

/** Once a day everything that has come in is read: accepted, or returned with a reason. */
const review = (view: View, cast: Cast, request: RequestReply): readonly Intention[] => {
  const name = withoutCycle(request.id, view.cycle.cycle);
  const submitted = request.items.filter(({ state }) => state.is === "submitted");
  const good = submitted.filter((item) => isGood(cast, item));
  const bad = submitted.filter((item) => !good.includes(item));
  const at = cast.secretariat.after(view.now, 0);
  const reviewed = (items: readonly ItemReply[]) =>
    items.map(({ id, state }) => ({ item: id, hash: state.answer?.content.hash }));
  return [
    ...(good.length === 0
      ? []
      : [
          preparing(cast, {
            at,
            key: nextKey(view.memory, `${name} accept`),
            path: `/requests/${request.id}/acceptance`,
            body: { items: reviewed(good) },
          }),
        ]),
    ...(bad.length === 0
      ? []
      : [
          preparing(cast, {
            at,
            key: nextKey(view.memory, `${name} return`),
            path: `/requests/${request.id}/return`,
            body: { items: reviewed(bad), reason: cast.script.secretariat.returnReason },
          }),
        ]),
  ];
};

/** A chapter that has not come by its close is given up, with a reason the report prints. */
const giveUp = (view: View, cast: Cast, request: RequestReply): readonly Intention[] => {
  const missing = request.items.filter(({ state }) => state.is === "owed");
  if (request.kind !== "chapter" || missing.length === 0) return [];
  const { daysAfterClose, reason } = cast.script.secretariat.givesUpChapter;
  return [
    preparing(cast, {
      at: cast.secretariat.after(request.closeAt, Math.max(daysAfterClose, 0)),
      key: nextKey(view.memory, `${withoutCycle(request.id, view.cycle.cycle)} give-up`),
      path: `/requests/${request.id}/give-up`,
      body: { items: missing.map(({ id }) => id), reason },
    }),
  ];
};
