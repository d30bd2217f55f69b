import { addBusinessDays } from "../../domain/calendar.ts";
import { dateOf } from "../../domain/time.ts";
import { behaviourOf } from "../cast.ts";
import { drawWithin } from "../draw.ts";
import { lastDone, nextKey, timesDone, type Intention } from "../intention.ts";
import type { Behaviour } from "../behaviour.ts";
import { withoutCycle, type Cast, type View } from "../view.ts";
import type { RequestReply } from "../wire.ts";

interface Desk {
  readonly view: View;
  readonly cast: Cast;
  readonly request: RequestReply;
  readonly name: string;
  readonly behaviour: Behaviour;
}

/** What the secretariat does with a request's dates: it answers who asks for more time, halts, shortens, withdraws. */
export const termIntentions = (view: View, cast: Cast, request: RequestReply): readonly Intention[] => {
  const behaviour = behaviourOf(cast, request.organisation);
  const desk = { view, cast, request, name: withoutCycle(request.id, view.cycle.cycle), behaviour };
  if (request.paused !== null) return resume(desk, request.paused);
  return [
    ...decideExtension(desk),
    ...(request.kind === "data" ? [...pause(desk), ...shorten(desk), ...withdraw(desk)] : []),
  ];
};

type Step = Pick<Intention, "at" | "body"> & { readonly what: string; readonly path: string };

/** Once for each request. */
const preparing = (
  { view, cast, request, name }: Desk,
  { at, what, path, body }: Step,
): readonly Intention[] =>
  timesDone(view.memory, `${name} ${what}`) > 0
    ? []
    : [
        {
          at,
          person: cast.preparers[0],
          role: "preparer",
          key: nextKey(view.memory, `${name} ${what}`),
          path: `/requests/${request.id}/${path}`,
          body,
        },
      ];

/** Whoever has answered meanwhile needs no more time. */
const decideExtension = ({ view, cast, request, name }: Desk): readonly Intention[] => {
  const owes = request.items.some(({ state }) => state.is === "owed" || state.is === "returned");
  if (request.asked === null || !owes) return [];
  const { extension } = cast.script.secretariat;
  const askedAt = lastDone(view.memory, `${name} extension`) ?? view.now;
  return [
    {
      at: cast.secretariat.after(askedAt, extension.afterDays),
      person: cast.approver,
      role: "approver",
      key: nextKey(view.memory, `${name} extension ${extension.is}`),
      path: `/requests/${request.id}/extension/${extension.is === "granted" ? "grant" : "refusal"}`,
      body: extension.is === "granted" ? {} : { reason: extension.reason },
    },
  ];
};

/** What has come in is read first: nothing can be returned while days don't count. */
const pause = (desk: Desk): readonly Intention[] => {
  const { cast, request, name, behaviour } = desk;
  const isUnread = request.items.some(({ state }) => state.is === "submitted");
  if (behaviour.pause === undefined || request.asked !== null || isUnread) return [];
  const { daysAfterSent, reason } = behaviour.pause;
  const days = drawWithin(cast.draw, `${name} pause`, daysAfterSent);
  return preparing(desk, {
    at: cast.secretariat.after(request.sentAt, days),
    what: "pause",
    path: "pause",
    body: { reason },
  });
};

const resume = (desk: Desk, paused: NonNullable<RequestReply["paused"]>): readonly Intention[] => {
  const { cast, name, behaviour } = desk;
  if (behaviour.pause === undefined) return [];
  const days = drawWithin(cast.draw, `${name} paused`, behaviour.pause.days);
  return preparing(desk, {
    at: cast.secretariat.after(paused.at, days),
    what: "resumption",
    path: "resume",
    body: {},
  });
};

const shorten = (desk: Desk): readonly Intention[] => {
  const { cast, request, behaviour } = desk;
  if (behaviour.shortening === undefined) return [];
  const { daysAfterSent, days, reason } = behaviour.shortening;
  return preparing(desk, {
    at: cast.secretariat.after(request.sentAt, daysAfterSent),
    what: "shortening",
    path: "shortening",
    body: { dueOn: addBusinessDays(dateOf(request.dueAt), -days, cast.secretariat.calendar), reason },
  });
};

const withdraw = (desk: Desk): readonly Intention[] => {
  const { cast, request, name, behaviour } = desk;
  if (behaviour.withdrawal === undefined) return [];
  const { daysAfterSent, reason } = behaviour.withdrawal;
  return preparing(desk, {
    at: cast.secretariat.after(request.sentAt, drawWithin(cast.draw, `${name} withdrawal`, daysAfterSent)),
    what: "withdrawal",
    path: "withdrawal",
    body: { reason },
  });
};
