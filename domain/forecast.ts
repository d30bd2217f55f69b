import { isBefore, makeReaders, plannedYear, type PlannedMail, type Standing } from "./forecast-standing.ts";
import { consultationAt, courseOf, type Course } from "./course.ts";
import { rollForward } from "./calendar.ts";
import { chaseAt } from "./forecast-digests.ts";
import { lettersTo, nextClose, passSilence, sendRequests, type Event, type Who } from "./forecast-events.ts";
import { insideSendWindow, nextTick } from "./ladder.ts";
import { addSeconds, at, plainTime, type Instant, type PlainDate } from "./time.ts";

/** What a year comes to if nobody but its clock and its plan moves it any more. */
export interface Forecast {
  readonly mails: readonly PlannedMail[];
  readonly course: Course;
  /** The year when all of it has happened. */
  readonly last: Standing;
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
const earliest = (instants: readonly Instant[]): Instant | undefined =>
  instants.reduce<Instant | undefined>(
    (first, one) => (first === undefined || one < first ? one : first),
    undefined,
  );

/** The next thing to happen, and what it does. */
interface Next {
  readonly at: Instant;
  readonly happens: (standing: Standing) => Event;
}

/** What a plan says will be done on a day is done at the send window's start; what is late, at the next. */
const plannedFor = ({ plan, now, ...standing }: Standing, day: PlainDate): Instant => {
  const { calendar } = plannedYear({ plan, ...standing }).rules;
  const planned = at(rollForward(day, calendar), plan.sendWindow.from);
  return planned > now ? planned : nextTick(now, plan.sendWindow, calendar);
};

const openings = (standing: Standing, who: Who): readonly Next[] => {
  const { asked, stage, plan } = standing;
  if (!asked && isBefore(stage, "evaluation")) {
    const now = plannedFor(standing, plan.dates.collectionOn);
    const opens = { kinds: ["data", "chapter"] as const, now, who };
    return [{ at: now, happens: (before) => sendRequests({ ...before, asked: true }, opens) }];
  }
  const now = consultationAt(standing);
  if (now === undefined) return [];
  const opens = { kinds: ["consultation"] as const, now, who };
  return [{ at: now, happens: (before) => sendRequests({ ...before, consultations: 1 }, opens) }];
};

const closes = (standing: Standing): readonly Next[] => {
  const now = nextClose(standing, standing.now);
  return now === undefined ? [] : [{ at: now, happens: (before) => passSilence(before, now) }];
};

const tickAt = (standing: Standing, now: Instant): Event => {
  const { nextTick: _past, ...before } = standing;
  return insideSendWindow(now, before.plan.sendWindow, plannedYear(before).rules.calendar)
    ? { standing: { ...before, chasedAt: now }, mails: chaseAt(before, now) }
    : { standing: before, mails: [] };
};

/** The tick at which the next rung is owed. What has come without anybody's having looked is caught up with at once. */
const ticks = (standing: Standing, since: Instant): readonly Next[] => {
  const { plan, chasedAt, ladders, stage } = standing;
  if (!isBefore(stage, "publication")) return [];
  const rung = earliest(
    ladders.flatMap(({ rungs }) =>
      rungs.flatMap(({ at: comes }) => (comes > (chasedAt ?? "") ? [comes] : [])),
    ),
  );
  if (rung === undefined) return [];
  const { calendar } = plannedYear(standing).rules;
  const soonest = standing.nextTick ?? nextTick(chasedAt ?? since, plan.sendWindow, calendar);
  const now = rung > soonest ? nextTick(addSeconds(rung, -1), plan.sendWindow, calendar) : soonest;
  return [{ at: now, happens: (before) => tickAt(before, now) }];
};

/** Letters that the plan's own days bring, whoever answers: what is to be done, what was decided, what is published. */
const letters = (standing: Standing): readonly PlannedMail[] => {
  const { plan, stage, now } = standing;
  const { collectionOn, policyDecisionOn, reportDecisionOn } = plan.dates;
  const readersOf = makeReaders(standing);
  const decided = (day: PlainDate) => {
    const said = { at: at(day, plan.sendWindow.from), letter: "decided" } as const;
    return [
      ...lettersTo(readersOf, { ...said, to: { everyOrganisation: "window" } }),
      ...lettersTo(readersOf, { ...said, to: { staff: "preparer" } }),
    ];
  };
  const begins = at(collectionOn, plainTime("00:00"));
  const published = at(reportDecisionOn, plan.sendWindow.from);
  return [
    ...(isBefore(stage, "underway") ? decided(policyDecisionOn) : []),
    ...(isBefore(stage, "collection")
      ? lettersTo(readersOf, { at: begins, letter: "notice", to: { staff: "preparer" } })
      : []),
    ...(isBefore(stage, "publication") ? decided(reportDecisionOn) : []),
    ...(isBefore(stage, "carry-over")
      ? lettersTo(readersOf, { at: published, letter: "published", to: { everyOrganisation: "window" } })
      : []),
  ].filter((letter) => letter.at > now);
};

const inOrder = (a: PlannedMail, b: PlannedMail): number =>
  compare(a.at, b.at) ||
  compare(a.contact, b.contact) ||
  compare(a.letter, b.letter) ||
  compare(a.request ?? "", b.request ?? "") ||
  compare(a.items.join(" "), b.items.join(" "));

/**
 * Every mail from now on, in a fixed order, by the rules the run itself decides with. The secretariat does on its day
 * what the plan asks of it: 照会 from the collection date on, 意見照会 on the business day after the last answer. What
 * only its own acts or their absence bring, e.g. 決裁依頼, has no planned day and is not in it.
 *
 * @throws RangeError where the plan lacks the holidays of a year that the dates come to
 */
export const forecast = (from: Standing, who: Who): Forecast => {
  const mails: PlannedMail[] = [...letters(from)];
  let standing = from;
  for (;;) {
    const next = [...openings(standing, who), ...closes(standing), ...ticks(standing, from.now)];
    const [first] = next.toSorted((a, b) => compare(a.at, b.at));
    if (first === undefined) break;
    const event = first.happens({ ...standing, now: first.at });
    mails.push(...event.mails);
    ({ standing } = event);
  }
  return { mails: mails.toSorted(inOrder), course: courseOf({ ...standing, now: from.now }), last: standing };
};
