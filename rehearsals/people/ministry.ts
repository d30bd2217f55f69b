import { addBusinessDays } from "../../domain/calendar.ts";
import { dateOf, type Instant } from "../../domain/time.ts";
import { answererOf, behaviourOf, chapterBehaviourOf } from "../cast.ts";
import { drawWithin } from "../draw.ts";
import { lastDone, nextKey, timesDone, type Attached, type Intention } from "../intention.ts";
import type { Behaviour } from "../behaviour.ts";
import { withoutCycle, type Cast, type View } from "../view.ts";
import type { ItemReply, RequestReply } from "../wire.ts";
import { chainIntentions } from "./chain.ts";
import { askedOf, correctedAnswer, firstAnswer, isAmong, numbered, type WrittenAnswer } from "./answer.ts";

/** What 府省庁 do with the open data and chapter requests on their desk. */
export const ministryIntentions = (view: View, cast: Cast): readonly Intention[] =>
  view.requests
    .filter(({ kind, is }) => is === "open" && (kind === "data" || kind === "chapter"))
    .flatMap((request) => {
      const desk = { view, cast, request, name: withoutCycle(request.id, view.cycle.cycle) };
      const answers =
        request.chain === null
          ? [...answer(desk), ...answerLate(desk), ...correct(desk), ...finish(desk)]
          : chainIntentions(view, cast, request);
      return [...askExtension(desk), ...answers];
    });

interface Desk {
  readonly view: View;
  readonly cast: Cast;
  readonly request: RequestReply;
  /** The request's id without the cycle. */
  readonly name: string;
}

const behaviourFor = ({ cast, request }: Desk, item: ItemReply): Behaviour =>
  request.kind === "chapter"
    ? chapterBehaviourOf(cast, item.datum, request.organisation)
    : behaviourOf(cast, request.organisation);

interface Submission {
  readonly at: Instant;
  readonly answers: readonly (readonly [ItemReply, WrittenAnswer])[];
  readonly attached?: readonly Attached[];
}
const submission = (
  { view, cast, request, name }: Desk,
  { at, answers, attached = [] }: Submission,
): Intention => ({
  at,
  person: answererOf(cast.plan, request.organisation),
  role: "contact",
  key: nextKey(view.memory, `${name} answer`),
  path: `/requests/${request.id}/answers`,
  body: { answers: answers.map(([item, written]) => ({ item: item.id, ...written })) },
  revision: request.revision,
  ...(attached.length > 0 && { attached: { path: `/requests/${request.id}/files`, files: attached } }),
});

/** By how many business days the item is answered after the others of its request. */
const laterBy = ({ cast, request, name }: Desk, item: ItemReply, behaviour: Behaviour): number => {
  const { inParts } = behaviour;
  const isLater =
    inParts !== undefined &&
    isAmong(cast.draw, askedOf(request, item, behaviour), { what: "later", share: inParts.share });
  return isLater ? drawWithin(cast.draw, `${name} later`, inParts.days) : 0;
};

/** When it answers what it has not answered yet; undefined for never. */
const answersAt = (desk: Desk, item: ItemReply, behaviour: Behaviour): Instant | undefined => {
  const { cast, request, name } = desk;
  const { answers } = behaviour;
  if (answers === "never") return undefined;
  const days = drawWithin(cast.draw, `${name} days`, answers.days) + laterBy(desk, item, behaviour);
  const { after, on, calendar } = cast.ministries;
  return answers.after === "sent"
    ? after(request.sentAt, days)
    : on(addBusinessDays(dateOf(request.dueAt), days, calendar));
};

const isInTime = ({ state }: ItemReply, at: Instant): boolean =>
  state.until === undefined || at <= state.until;

/** Nobody answers before he has heard what he asked the secretariat. */
const answer = (desk: Desk): readonly Intention[] => {
  const { cast, request } = desk;
  if (request.paused !== null) return [];
  const planned = request.items
    .filter(({ state }) => state.is === "owed")
    .flatMap((item) => {
      const behaviour = behaviourFor(desk, item);
      const at = answersAt(desk, item, behaviour);
      return at !== undefined && isInTime(item, at) ? [{ item, behaviour, at }] : [];
    });
  return [...new Set(planned.map(({ at }) => at))].map((at) =>
    submission(desk, {
      at,
      answers: planned
        .filter((one) => one.at === at)
        .map(({ item, behaviour }) => [
          item,
          request.kind === "chapter"
            ? { says: "value", text: cast.script.answers.chapter }
            : firstAnswer(cast, askedOf(request, item, behaviour)),
        ]),
      attached: planned
        .filter((one) => one.at === at)
        .flatMap(({ item, behaviour }) => attachedTo(desk, item, behaviour)),
    }),
  );
};

/** A chapter comes with its files; of data some do. */
const attachedTo = ({ cast, request }: Desk, item: ItemReply, behaviour: Behaviour): readonly Attached[] => {
  const { share = 0, files = [] } = behaviour.attaching ?? {};
  const attaches =
    request.kind === "chapter" ||
    isAmong(cast.draw, askedOf(request, item, behaviour), { what: "attached", share });
  return attaches ? files.map((file) => ({ item: item.id, ...file })) : [];
};

/** Some answer only once a survey has begun in their stead. */
const answerLate = (desk: Desk): readonly Intention[] => {
  const { cast, request, name, view } = desk;
  const { lateAnswer } = behaviourOf(cast, request.organisation);
  if (lateAnswer === undefined || request.kind !== "data" || timesDone(view.memory, `${name} answer`) > 0)
    return [];
  const surveyed = request.items.filter(({ state }) => state.is === "surveying");
  if (surveyed.length === 0) return [];
  const days = drawWithin(cast.draw, `${name} late answer`, lateAnswer.daysAfterClose);
  return [
    submission(desk, {
      at: cast.ministries.after(request.closeAt, days),
      answers: surveyed.map((item) => [
        item,
        firstAnswer(cast, askedOf(request, item, behaviourOf(cast, request.organisation))),
      ]),
    }),
  ];
};

const correct = (desk: Desk): readonly Intention[] => {
  const { view, cast, request, name } = desk;
  const behaviour = behaviourOf(cast, request.organisation);
  const corrected = behaviour.incomplete?.corrected ?? behaviour.disclaiming?.corrected ?? "never";
  if (corrected === "never") return [];
  const days = drawWithin(cast.draw, `${name} correction`, corrected);
  const at = cast.ministries.after(lastDone(view.memory, `${name} return`) ?? view.now, days);
  const returned = request.items.filter((item) => item.state.is === "returned" && isInTime(item, at));
  if (returned.length === 0) return [];
  return [
    submission(desk, {
      at,
      answers: returned.map((item) => [item, correctedAnswer(cast, askedOf(request, item, behaviour))]),
    }),
  ];
};

/** 確定値 in place of 暫定値, and what passes its checks in place of what failed them: on a day of their own. */
const finish = (desk: Desk): readonly Intention[] => {
  const { cast, request, name } = desk;
  const behaviour = behaviourOf(cast, request.organisation);
  const { on, calendar } = cast.ministries;
  const promised = [
    { is: "provisional", when: behaviour.provisional?.final },
    { is: "failing", when: behaviour.failing?.corrected },
  ] as const;
  return promised.flatMap(({ is, when = "never" }) => {
    if (when === "never") return [];
    const days = drawWithin(cast.draw, `${name} ${is}`, when);
    const at = on(addBusinessDays(dateOf(request.dueAt), days, calendar));
    const open = request.items.filter((item) => item.state.is === is && isInTime(item, at));
    return open.length === 0
      ? []
      : [
          submission(desk, {
            at,
            answers: open.map((item) => [item, numbered(cast, askedOf(request, item, behaviour))]),
          }),
        ];
  });
};

const askExtension = ({ view, cast, request, name }: Desk): readonly Intention[] => {
  const { extension } = behaviourOf(cast, request.organisation);
  const owes = request.items.some(({ state }) => state.is === "owed");
  if (extension === undefined || request.kind !== "data" || !owes) return [];
  if (request.asked !== null || request.paused !== null || timesDone(view.memory, `${name} extension`) > 0)
    return [];
  const { calendar, on } = cast.ministries;
  const dueOn = dateOf(request.dueAt);
  return [
    {
      at: on(addBusinessDays(dueOn, -extension.daysBeforeDue, calendar)),
      person: answererOf(cast.plan, request.organisation),
      role: "contact",
      key: nextKey(view.memory, `${name} extension`),
      path: `/requests/${request.id}/extension`,
      body: { dueOn: addBusinessDays(dueOn, extension.days, calendar), reason: extension.reason },
    },
  ];
};
