import { nextKey, type Intention } from "../intention.ts";
import { enteredAt, withoutCycle, type Cast, type View } from "../view.ts";
import type { ItemReply, RequestReply } from "../wire.ts";
import { handedOn, insistedOn } from "./disclaimed.ts";
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
      ...acceptAsFinal(view, cast, request),
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
  return [
    preparing(cast, {
      at: cast.secretariat.after(
        enteredAt(view, "collection"),
        cast.script.secretariat.opensRequestsAfterDays,
      ),
      key: nextKey(view.memory, "requests open"),
      path: `/cycles/${view.cycle.cycle}/requests`,
      body: {},
    }),
  ];
};

/** The secretariat reads what has been written, and knows by it whether it will do. */
const isGood = ({ script }: Cast, { answers: [newest] }: ItemReply): boolean =>
  newest?.written?.text !== script.answers.incomplete;

const reviewed = (items: readonly ItemReply[]) =>
  items.map(({ id, state }) => ({ item: id, hash: state.answer?.content.hash }));

/** Once a day everything that has come in is read: accepted, handed on to whose affair it is, or returned with a reason. */
const review = (view: View, cast: Cast, request: RequestReply): readonly Intention[] => {
  const name = withoutCycle(request.id, view.cycle.cycle);
  const { returnReason, disclaimed } = cast.script.secretariat;
  const submitted = request.items.filter(({ state }) => state.is === "submitted");
  const [insisted, handed] = [insistedOn(cast, request), handedOn(cast, request)];
  const read = submitted.filter((item) => ![...handed.values()].flat().includes(item));
  const good = read.filter((item) => isGood(cast, item) && !insisted.includes(item));
  const bad = read.filter((item) => !good.includes(item));
  const at = cast.secretariat.after(view.now, 0);
  return [
    ...[...handed].map(([to, items]) =>
      preparing(cast, {
        at,
        key: nextKey(view.memory, `${name} reassign ${to}`),
        path: `/requests/${request.id}/reassignment`,
        body: { items: reviewed(items), to },
      }),
    ),
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
            body: {
              items: [
                ...reviewed(bad.filter((item) => !insisted.includes(item))),
                ...reviewed(insisted).map((item) => ({ ...item, reason: disclaimed.insistReason })),
              ],
              reason: returnReason,
            },
          }),
        ]),
  ];
};

/** What is provisional still when it closes is taken as it is. */
const acceptAsFinal = (view: View, cast: Cast, request: RequestReply): readonly Intention[] => {
  const left = request.items.filter(({ state }) => state.is === "provisional");
  if (left.length === 0) return [];
  const { daysAfterClose } = cast.script.secretariat.acceptsProvisional;
  return [
    preparing(cast, {
      at: cast.secretariat.after(request.closeAt, daysAfterClose),
      key: nextKey(view.memory, `${withoutCycle(request.id, view.cycle.cycle)} accept as final`),
      path: `/requests/${request.id}/acceptance`,
      body: { items: reviewed(left), asFinal: true },
    }),
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
