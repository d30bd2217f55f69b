import { isOwed } from "./answer.ts";
import { canonicalJson } from "./canonical.ts";
import type { Course } from "./course.ts";
import { forecast } from "./forecast.ts";
import { laddersOf, lettersTo } from "./forecast-events.ts";
import {
  makeReaders,
  plannedYear,
  type OpenRequest,
  type PlannedMail,
  type Reader,
  type Standing,
  type StandingLadder,
} from "./forecast-standing.ts";
import { personId } from "./ids.ts";
import { amendedRungs, ladderDueAt, lastTick, nextTick, tickedUntil } from "./ladder.ts";
import { followingReaders } from "./letters.ts";
import type { Person, Plan } from "./plan.ts";
import { remembering } from "./remembering.ts";
import { isRefused, refuse, type Refused } from "./refusal.ts";
import { decideRequest } from "./request-acts.ts";
import type { Request, RequestAct } from "./request.ts";
import { dateOf, type Instant, type PlainDate } from "./time.ts";
import { mailDiff, type MailDiff } from "./what-if-diff.ts";
import { movedDates, type MovedDates } from "./what-if-dates.ts";

/** What a change would come to: everything in which the year's future is another with it, and nothing else. */
export interface WhatIf {
  readonly now: Instant;
  readonly dates: readonly MovedDates[];
  readonly mails: MailDiff;
  readonly decision: { readonly before: Course; readonly after: Course };
}

interface Changed {
  readonly standing: Standing;
  /** Mails of the change itself. */
  readonly mails: readonly PlannedMail[];
}

/** Nobody answers from now on, neither with the change nor without it. */
const compared = (before: Standing, { standing, mails }: Changed): WhatIf => {
  const [was, becomes] = [forecast(before, "nobody"), forecast(standing, "nobody")];
  return {
    now: before.now,
    dates: movedDates(was.last, becomes.last),
    mails: mailDiff(was.mails, [...mails, ...becomes.mails]),
    decision: { before: was.course, after: becomes.course },
  };
};

/** As the directory is brought to an amended plan: 不達 holds for an address, and who is not named has no post. */
const amendedDirectory = (directory: readonly Reader[], people: readonly Person[]): readonly Reader[] => {
  const named = new Map(people.map((person) => [person.id, person]));
  const organisations = new Set(people.map(({ organisation }) => organisation));
  const left = directory
    .filter(({ id }) => !named.has(id))
    .map((one) => (organisations.has(one.organisation) ? { ...one, contact: [], staff: [] } : one));
  const known = new Map(directory.map((one) => [one.id, one]));
  const isReachable = ({ id, email, reachable }: Person): boolean => {
    const before = known.get(id);
    return reachable && (before === undefined || before.reachable || before.email !== email);
  };
  return [...people.map((person) => ({ ...person, reachable: isReachable(person) })), ...left];
};

/** A tick that the amendment brings behind now comes at once. */
const amendedTick = ({ plan, cycle, now }: Standing, amended: Plan): Instant => {
  const before = plannedYear({ cycle, plan }).rules.calendar;
  const after = plannedYear({ cycle, plan: amended }).rules.calendar;
  const last = lastTick(now, plan.sendWindow, before);
  const next = nextTick(tickedUntil(last, plan.sendWindow, amended.sendWindow), amended.sendWindow, after);
  return next > now ? next : now;
};

/** The year once its plan is amended, as the record of the amendment leaves it. */
const underPlan = (standing: Standing, plan: Plan): Standing => {
  const { calendar } = plannedYear({ ...standing, plan }).rules;
  const { now, directory, asked } = standing;
  const once = remembering<StandingLadder["rungs"]>();
  const sameDirectory = canonicalJson(plan.people) === canonicalJson(standing.plan.people);
  return {
    ...standing,
    plan,
    directory: sameDirectory ? directory : amendedDirectory(directory, plan.people),
    ladders: standing.ladders.map((ladder): StandingLadder => {
      const { kind, dueAt, rungs } = ladder;
      const terms = { ladder: plan.ladders[kind], dueAt, sendWindow: plan.sendWindow, calendar };
      const key = [kind, dueAt, ...rungs.flatMap((rung) => [rung.name, rung.at])].join(" ");
      return { ...ladder, rungs: once(key, () => amendedRungs({ ...terms, standing: rungs, now })) };
    }),
    ...(asked && { nextTick: amendedTick(standing, plan) }),
  };
};

/**
 * What it would come to if the year went by another plan from now on. Dates that were told stay.
 *
 * @throws RangeError for a plan that lint blocks for its dates
 */
export const whatIfPlan = (standing: Standing, plan: Plan): WhatIf =>
  compared(standing, { standing: underPlan(standing, plan), mails: [] });

/** The acts by which a request gets another due date, in their order. */
export type DueAct = "request.ask-extension" | "request.grant-extension" | "request.shorten";

const actsFor = ({ dueAt, asked }: Request, dueOn: PlainDate): readonly DueAct[] => {
  if (dueOn < dateOf(dueAt)) return ["request.shorten"];
  return asked?.dueOn === dueOn
    ? ["request.grant-extension"]
    : ["request.ask-extension", "request.grant-extension"];
};

interface Deciding {
  readonly request: Request;
  readonly name: DueAct;
}
interface DueChange {
  readonly request: string;
  readonly dueOn: PlainDate;
  readonly reason: string;
}

/** The act as somebody would do it now. */
const actOf = (
  { now }: Standing,
  { request: { organisation }, name, change }: Deciding & { readonly change: DueChange },
): RequestAct => {
  const { dueOn, reason } = change;
  const made = {
    id: "",
    actor: { person: personId("nenrin"), role: "machine", organisation },
    at: now,
    reason,
  } as const;
  return name === "request.grant-extension"
    ? { ...made, name, args: {} }
    : { ...made, name, args: { dueOn } };
};

/** Ladders for every date by which something of the request is now wanted; one that stands already stays. */
const laddersFor = (standing: Standing, { request }: OpenRequest): readonly StandingLadder[] => {
  const { id, kind } = request;
  const dueDates = Object.values(request.items).flatMap((item) =>
    isOwed(item) ? (ladderDueAt(item, request) ?? []) : [],
  );
  const chased = [...new Set(dueDates)].map((dueAt) => ({ request: id, kind, dueAt }));
  return laddersOf(standing, chased, standing.now).map(
    (fresh) => standing.ladders.find(({ request: of, dueAt }) => of === id && dueAt === fresh.dueAt) ?? fresh,
  );
};

/** What comes to count from a day that a ladder counts from already has only what comes of it from now on. */
const joinedBy = (
  standing: Standing,
  before: OpenRequest,
  after: Request,
): Readonly<Record<string, Instant>> => {
  const stood = new Set(
    standing.ladders.flatMap(({ request, dueAt }) => (request === after.id ? [dueAt] : [])),
  );
  const joined = Object.entries(after.items).flatMap(
    ([item, state]): readonly (readonly [string, Instant])[] => {
      const was = before.request.items[item];
      const dueAt = ladderDueAt(state, after);
      const since = before.joined?.[item];
      if (was !== undefined && ladderDueAt(was, before.request) === dueAt)
        return since === undefined ? [] : [[item, since]];
      return dueAt !== undefined && stood.has(dueAt) ? [[item, standing.now]] : [];
    },
  );
  return Object.fromEntries(joined);
};

const underTerm = (standing: Standing, before: OpenRequest, request: Request): Standing => {
  const after = { ...before, request, joined: joinedBy(standing, before, request) };
  return {
    ...standing,
    requests: standing.requests.map((other) => (other.request.id === request.id ? after : other)),
    ladders: [
      ...standing.ladders.filter((one) => one.request !== request.id),
      ...laddersFor(standing, after),
    ],
  };
};

const mailsOf = (standing: Standing, { request: { id, organisation: of }, name }: Deciding) => {
  const about = { at: standing.now, request: id };
  const readersOf = makeReaders(standing);
  return name === "request.ask-extension"
    ? lettersTo(readersOf, { ...about, letter: "notice", to: { staff: "approver" } })
    : lettersTo(readersOf, { ...about, letter: "extension", to: { of, contact: followingReaders } });
};

/** What it would come to if a request were due on another day, and by which acts it would be. */
export const whatIfDue = (
  standing: Standing,
  change: DueChange,
): (WhatIf & { readonly acts: readonly DueAct[] }) | Refused => {
  const open = standing.requests.find(({ request }) => request.id === change.request);
  if (open === undefined) return refuse("closed");
  const acts = actsFor(open.request, change.dueOn);
  let { request } = open;
  for (const name of acts) {
    const act = actOf(standing, { request, name, change });
    const decided = decideRequest(request, act, plannedYear(standing).rules);
    if (isRefused(decided)) return decided;
    ({ request } = decided);
  }
  const mails = acts.flatMap((name) => mailsOf(standing, { request, name }));
  return { acts, ...compared(standing, { standing: underTerm(standing, open, request), mails }) };
};
