import { isSettled, type ItemState } from "./answer.ts";
import { addBusinessDays, businessDaysBetween } from "./calendar.ts";
import { refuse, type Refused } from "./refusal.ts";
import {
  decided,
  freshTerm,
  laterOf,
  withItems,
  type Decided,
  type HandedOn,
  type Request,
  type RequestAct,
  type RequestRules,
} from "./request.ts";
import { at as instantAt, dateOf, type Instant } from "./time.ts";

/** What is asked again: of another organisation, or of the same one after all. */

type Of<Name extends RequestAct["name"]> = RequestAct & { readonly name: Name };

/** Days an organisation has that is asked because another is not competent, counted in business days. */
const REASSIGNED_TERM_BUSINESS_DAYS = 10;

/** Due like the request it comes from, or ten business days from now; closed as long after that as that one. */
const termFor = (
  { dueAt, closeAt }: Request,
  now: Instant,
  { calendar, closingTime }: RequestRules,
): Pick<HandedOn, "dueAt" | "closeAt"> => {
  const fresh = instantAt(addBusinessDays(dateOf(now), REASSIGNED_TERM_BUSINESS_DAYS, calendar), closingTime);
  if (fresh <= dueAt) return { dueAt, closeAt };
  const grace = businessDaysBetween(dateOf(dueAt), dateOf(closeAt), calendar);
  return {
    dueAt: fresh,
    closeAt: instantAt(addBusinessDays(dateOf(fresh), grace, calendar), closingTime),
  };
};

/** Of an id like `2014-data-meti/drills` what is asked. */
const askedIn = (item: string): string => item.slice(item.lastIndexOf("/") + 1);

/**
 * 所管の付替え: here it is settled as 所管外, and the other organisation owes it from now on by a request of its own,
 * due like this one but not before it has had ten business days. Only what was answered as 所管外 can be handed on.
 */
export const reassign = (
  request: Request,
  { args, at, actor }: Of<"request.reassign">,
  rules: RequestRules,
): Decided | Refused => {
  const { items, to } = args;
  if (items.length === 0) return refuse("nothing-given");
  if (to === request.organisation) return refuse("already-done");
  const changed: Record<string, ItemState> = {};
  for (const { item, hash } of items) {
    const was = request.items[item];
    if (was === undefined) return refuse("unknown-item");
    if (was.is !== "submitted") return refuse("not-submitted");
    if (was.answer.content.hash !== hash) return refuse("other-version");
    if (was.enteredBy === actor.person) return refuse("contributed");
    if (was.answer.says !== "not-applicable") return refuse("not-disclaimed");
    changed[item] = { is: "not-applicable", answer: was.answer, handedTo: to };
  }
  const handedOn = (request.handedOn ?? 0) + 1;
  const id = `${request.id.slice(0, -request.organisation.length)}${to}-from-${request.organisation}-${handedOn}`;
  return {
    ...decided({ ...withItems(request, changed), handedOn }),
    handsOn: {
      request: id,
      organisation: to,
      ...termFor(request, at, rules),
      items: items.map(({ item }) => ({ item: `${id}/${askedIn(item)}`, from: item })),
    },
  };
};

/** What was answered is wanted corrected; what was given up or surveyed is wanted at all. */
const open = (was: ItemState, reason: string, until: Instant): ItemState =>
  "answer" in was ? { is: "returned", until, answer: was.answer, reason, returns: 0 } : { is: "owed", until };

/**
 * 再開: the named items are open again, with the days a returned answer has; all others stay as they are. While the
 * request itself is open: once everything of it is settled its answers are used, and only a 訂正 (`cycle.correct`)
 * puts one in another's place and opens what rests on it. What was handed on another organisation owes by now: opened
 * here too, two would owe it.
 */
export const reopen = (
  request: Request,
  { args: { items }, at, reason }: Of<"request.reopen">,
  rules: RequestRules,
): Decided | Refused => {
  if (reason === null) return refuse("reason-missing");
  if (items.length === 0) return refuse("nothing-given");
  if (request.paused !== null) return refuse("paused");
  const until = laterOf(request.closeAt, freshTerm(at, rules));
  const changed: Record<string, ItemState> = {};
  for (const item of items) {
    const was = request.items[item];
    if (was === undefined) return refuse("unknown-item");
    if (!isSettled(was)) return refuse("not-settled");
    if (was.is === "not-applicable" && was.handedTo !== undefined) return refuse("handed-on");
    changed[item] = open(was, reason, until);
  }
  return decided(withItems(request, changed));
};
