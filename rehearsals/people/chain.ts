import { addBusinessDays } from "../../domain/calendar.ts";
import { contactsOf } from "../../domain/catalogue.ts";
import type { PersonId } from "../../domain/ids.ts";
import type { ContactRole } from "../../domain/plan.ts";
import { dateOf, type Instant } from "../../domain/time.ts";
import { behaviourOf } from "../cast.ts";
import { lastDone, latest, nextKey, timesDone, type Intention } from "../intention.ts";
import { withoutCycle, type Cast, type View } from "../view.ts";
import type { ItemReply, RequestReply } from "../wire.ts";
import { askedOf, correctedAnswer, firstAnswer, numbered, type WrittenAnswer } from "./answer.ts";

/** What the people of one 府省庁 do where an answer goes from hand to hand inside it. */
interface Desk {
  readonly view: View;
  readonly cast: Cast;
  readonly request: RequestReply;
  /** The request's id without the cycle. */
  readonly name: string;
}
type Step = Pick<Intention, "at" | "key" | "path" | "body" | "revision">;

export const chainIntentions = (view: View, cast: Cast, request: RequestReply): readonly Intention[] => {
  const desk = { view, cast, request, name: withoutCycle(request.id, view.cycle.cycle) };
  if (request.paused !== null) return [];
  return [...allocate(desk), ...prepare(desk), ...review(desk), ...submit(desk)];
};

const holderOf = ({ cast, request }: Desk, role: ContactRole): PersonId => {
  const [holder] = contactsOf(cast.plan, request.organisation, role);
  if (holder === undefined) throw new RangeError(`${request.organisation} has no ${role}`);
  return holder.id;
};

const acting = (
  desk: Desk,
  role: ContactRole,
  step: Omit<Step, "key"> & { readonly what: string },
): Intention => {
  const { what, ...rest } = step;
  const key = nextKey(desk.view.memory, `${desk.name} ${what}`);
  return { ...rest, key, person: holderOf(desk, role), role: "contact" };
};

const isInTime = ({ state }: ItemReply, at: Instant): boolean =>
  state.until === undefined || at <= state.until;
const isAt = ({ inside }: ItemReply, ...is: readonly string[]): boolean =>
  inside !== null && is.includes(inside.work.is);
const readOf = (items: readonly ItemReply[]) =>
  items.map(({ id, inside }) => ({ item: id, hash: inside?.work.answer?.content.hash }));

/** What is returned to a ministry that corrects nothing stays where it is. */
const isTakenUp = ({ cast, request }: Desk, { state }: ItemReply): boolean =>
  state.is === "owed" ||
  (state.is === "returned" && behaviourOf(cast, request.organisation).incomplete?.corrected !== "never");

const allocate = (desk: Desk): readonly Intention[] => {
  const { view, cast, request, name } = desk;
  const { allocatedAfterDays, termDays } = cast.script.ministries.inside;
  const from = latest(request.sentAt, lastDone(view.memory, `${name} return`)) ?? request.sentAt;
  const at = cast.ministries.after(from, allocatedAfterDays);
  const items = request.items.filter(
    (item) => item.inside === null && isTakenUp(desk, item) && isInTime(item, at),
  );
  if (items.length === 0) return [];
  const wanted = addBusinessDays(dateOf(at), termDays, cast.ministries.calendar);
  // Returned answers are wanted by a day of their own, the others by the request's.
  const limits = items.map(({ state }) =>
    dateOf(state.is === "owed" && request.dueAt > at ? request.dueAt : (state.until ?? request.dueAt)),
  );
  const [dueOn] = [wanted, ...limits].toSorted();
  return [
    acting(desk, "window", {
      what: "allocate",
      at,
      path: `/requests/${request.id}/allocation`,
      body: { items: items.map(({ id }) => id), officer: holderOf(desk, "officer"), dueOn },
    }),
  ];
};

/** The first time one of them is not good enough yet: 確認者 will say so. */
const writtenFor = (desk: Desk, item: ItemReply, n: number): WrittenAnswer => {
  const { view, cast, request, name } = desk;
  if (request.kind === "chapter") return { says: "value", text: cast.script.answers.chapter };
  const asked = askedOf(request, item, behaviourOf(cast, request.organisation));
  // 確認者 would send it back for ever: what comes back twice comes back from outside.
  if (isAt(item, "sent-back")) return numbered(cast, asked);
  if (item.answers.length > 0) return correctedAnswer(cast, asked);
  const isFirst = timesDone(view.memory, `${name} prepare`) === 0 && n === 0;
  return isFirst ? { says: "value", text: cast.script.answers.incomplete } : firstAnswer(cast, asked);
};

/** Late the first time, so that the inner deadline is seen to be chased; then by the day it is wanted. */
const preparesAt = (desk: Desk, item: ItemReply): Instant | undefined => {
  const { view, cast, request, name } = desk;
  const { preparedAfterDueDays } = cast.script.ministries.inside;
  const { on, after, calendar } = cast.ministries;
  if (behaviourOf(cast, request.organisation).answers === "never" || item.inside === null) return undefined;
  if (isAt(item, "sent-back")) return after(lastDone(view.memory, `${name} send-back`) ?? view.now, 1);
  const late = item.answers.length === 0 ? preparedAfterDueDays : 0;
  return on(addBusinessDays(dateOf(item.inside.work.dueAt), late, calendar));
};

const prepare = (desk: Desk): readonly Intention[] => {
  const { request } = desk;
  const planned = request.items
    .filter((item) => isTakenUp(desk, item) && isAt(item, "allocated", "sent-back"))
    .flatMap((item) => {
      const at = preparesAt(desk, item);
      return at !== undefined && isInTime(item, at) ? [{ item, at }] : [];
    });
  return [...new Set(planned.map(({ at }) => at))].map((at) =>
    acting(desk, "officer", {
      what: "prepare",
      at,
      path: `/requests/${request.id}/preparation`,
      body: {
        answers: planned
          .filter((one) => one.at === at)
          .map(({ item }, n) => ({ item: item.id, ...writtenFor(desk, item, n) })),
      },
      revision: request.revision,
    }),
  );
};

/** 確認者 reads what has been prepared: it will do, or goes back with a reason. */
const review = (desk: Desk): readonly Intention[] => {
  const { view, cast, request, name } = desk;
  const { reviewedAfterDays, reason } = cast.script.ministries.inside;
  const at = cast.ministries.after(lastDone(view.memory, `${name} prepare`) ?? view.now, reviewedAfterDays);
  const prepared = request.items.filter((item) => isAt(item, "prepared") && isInTime(item, at));
  const bad = prepared.filter(({ inside }) => inside?.written?.text === cast.script.answers.incomplete);
  const good = prepared.filter((item) => !bad.includes(item));
  const path = `/requests/${request.id}`;
  return [
    ...(good.length === 0
      ? []
      : [
          acting(desk, "confirmer", {
            what: "sign-off",
            at,
            path: `${path}/sign-off`,
            body: { items: readOf(good) },
          }),
        ]),
    ...(bad.length === 0
      ? []
      : [
          acting(desk, "confirmer", {
            what: "send-back",
            at,
            path: `${path}/send-back`,
            body: { items: readOf(bad), reason },
          }),
        ]),
  ];
};

/** 窓口 submits together what has been signed off, once nothing of it is under way any more. */
const submit = (desk: Desk): readonly Intention[] => {
  const { view, cast, request, name } = desk;
  const { submittedAfterDays } = cast.script.ministries.inside;
  if (request.items.some((item) => isTakenUp(desk, item) && isAt(item, "prepared", "sent-back"))) return [];
  const at = cast.ministries.after(lastDone(view.memory, `${name} sign-off`) ?? view.now, submittedAfterDays);
  const ready = request.items.filter((item) => isAt(item, "signed-off") && isInTime(item, at));
  if (ready.length === 0) return [];
  return [
    acting(desk, "window", {
      what: "answer",
      at,
      path: `/requests/${request.id}/submission`,
      body: { items: readOf(ready) },
    }),
  ];
};
