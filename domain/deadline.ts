import {
  addBusinessDays,
  businessDaysBetween,
  explainAdd,
  explainRoll,
  hasYear,
  isOpen,
  rollForward,
  type BusinessCalendar,
  type ExplainedDate,
} from "./calendar.ts";
import type { ClosedDayPolicy, RequestTerm } from "./plan.ts";
import { refuse, type Refused } from "./refusal.ts";
import { addDays, at, dateOf, type Instant, type PlainDate, type PlainTime } from "./time.ts";

/** Until when a request wants its answer. Between the two an answer is late and still counts. */
export interface Term {
  /** 期限: advises. */
  readonly dueAt: Instant;
  /** 締切: enforces; the last instant at which an answer is taken. Never before `dueAt`. */
  readonly closeAt: Instant;
}

/** The plan's calendar facts every term is computed from. */
export interface TermRules {
  readonly calendar: BusinessCalendar;
  readonly closingTime: PlainTime;
  readonly closedDays: ClosedDayPolicy;
}

/** A term with the reasons of its two dates, each to be joined by 。 */
export interface ExplainedTerm extends Term {
  readonly why: { readonly due: readonly string[]; readonly close: readonly string[] };
}

const fixed = (on: PlainDate, { calendar, closedDays }: TermRules): ExplainedDate => {
  const { date, why } = explainRoll(on, closedDays, calendar);
  return { date, why: why.length === 0 ? ["計画で定めた日"] : why };
};

const counted = (openedOn: PlainDate, businessDays: number, rules: TermRules): ExplainedDate => {
  const { date, why } = explainAdd(openedOn, businessDays, rules.calendar);
  const rolled = explainRoll(date, rules.closedDays, rules.calendar);
  const [distance = "", ...leftOut] = why;
  return { date: rolled.date, why: [`照会の日の${distance}`, ...leftOut, ...rolled.why] };
};

const datesOf = (term: RequestTerm, openedOn: PlainDate, rules: TermRules): readonly ExplainedDate[] => {
  switch (term.is) {
    case "fixed":
      return [term.dueOn, term.closeOn].map((on) => fixed(on, rules));
    case "counted":
      return [term.dueBusinessDays, term.closeBusinessDays].map((days) => counted(openedOn, days, rules));
  }
};

/**
 * The term of a request that opens on a day. Both dates are business days at the plan's closing time: a fixed one
 * on a closed day moves as the plan says, since art. 2 of 行政機関の休日に関する法律 moves only statutory terms.
 */
export const termOf = ({
  term,
  openedOn,
  rules,
}: {
  readonly term: RequestTerm;
  readonly openedOn: PlainDate;
  readonly rules: TermRules;
}): ExplainedTerm => {
  const [due, close] = datesOf(term, openedOn, rules);
  if (due === undefined || close === undefined || close.date < due.date)
    throw new RangeError("the term closes before it is due: correct the plan's dates");
  return {
    dueAt: at(due.date, rules.closingTime),
    closeAt: at(close.date, rules.closingTime),
    why: { due: due.why, close: close.why },
  };
};

/** The closing time so many business days later than the day of an instant; earlier where they are negative. */
export const movedBy = (
  businessDays: number,
  instant: Instant,
  { calendar, closingTime }: TermRules,
): Instant => at(addBusinessDays(dateOf(instant), businessDays, calendar), closingTime);

const moved = ({ dueAt, closeAt }: Term, businessDays: number, rules: TermRules): Term => ({
  dueAt: movedBy(businessDays, dueAt, rules),
  closeAt: movedBy(businessDays, closeAt, rules),
});

const isKnownOpen = (date: PlainDate, calendar: BusinessCalendar): boolean =>
  hasYear(Number(date.slice(0, 4)), calendar) && isOpen(date, calendar);

/** Another due date for a term, and why. */
interface Moving {
  readonly term: Term;
  readonly newDueOn: PlainDate;
  readonly reason: string;
  readonly now: Instant;
  readonly rules: TermRules;
}

/** The close moves by as many business days as the due date. */
const movedTo = (newDueOn: PlainDate, term: Term, rules: TermRules): Term =>
  moved(term, businessDaysBetween(dateOf(term.dueAt), newDueOn, rules.calendar), rules);

/**
 * 期限延長. Whoever chooses a day chooses a business day; one whose year has no known holidays can't be called one.
 * @param askedAt when it was asked for: it may be granted after the close where it was asked for before
 */
export const extend = ({
  term,
  newDueOn,
  reason,
  askedAt,
  now,
  rules,
}: Moving & { readonly askedAt: Instant }):
  Term | Refused<"closed" | "not-later" | "closed-day" | "reason-missing"> => {
  if (reason.trim() === "") return refuse("reason-missing");
  if (askedAt > term.closeAt) return refuse("closed");
  const newDueAt = at(newDueOn, rules.closingTime);
  if (newDueAt <= term.dueAt || newDueAt <= now) return refuse("not-later");
  if (!isKnownOpen(newDueOn, rules.calendar)) return refuse("closed-day");
  return movedTo(newDueOn, term, rules);
};

/** Whoever is given less time than he was told has at least a week of business days' notice. */
const NOTICE_BUSINESS_DAYS = 5;

/** 期限の繰上げ. The day on which it is said does not count, nor does one that is over (民法 art. 140). */
export const shorten = ({
  term,
  newDueOn,
  reason,
  now,
  rules,
}: Moving):
  Term | Refused<"closed" | "not-earlier" | "closed-day" | "notice-too-short" | "reason-missing"> => {
  if (reason.trim() === "") return refuse("reason-missing");
  if (now > term.closeAt) return refuse("closed");
  if (at(newDueOn, rules.closingTime) >= term.dueAt) return refuse("not-earlier");
  if (!isKnownOpen(newDueOn, rules.calendar)) return refuse("closed-day");
  const notice = businessDaysBetween(businessDayOf(now, rules), newDueOn, rules.calendar);
  return notice < NOTICE_BUSINESS_DAYS ? refuse("notice-too-short") : movedTo(newDueOn, term, rules);
};

/** A term that stands still because the secretariat owes the organisation an answer. Nothing of it falls due. */
export interface PausedTerm extends Term {
  readonly pausedAt: Instant;
}

export const pause = ({
  term,
  reason,
  now,
}: {
  readonly term: Term;
  readonly reason: string;
  readonly now: Instant;
}): PausedTerm | Refused<"closed" | "reason-missing"> => {
  if (reason.trim() === "") return refuse("reason-missing");
  return now > term.closeAt ? refuse("closed") : { ...term, pausedAt: now };
};

/** What happens after hours or on a closed day happens on the next business day. */
const businessDayOf = (instant: Instant, { calendar, closingTime }: TermRules): PlainDate => {
  const day = dateOf(instant);
  return rollForward(instant > at(day, closingTime) ? addDays(day, 1) : day, calendar);
};

/** The business days for which a term has stood still. */
export const stoodStill = (pausedAt: Instant, now: Instant, rules: TermRules): number =>
  businessDaysBetween(businessDayOf(pausedAt, rules), businessDayOf(now, rules), rules.calendar);

/** As many business days are left as when the term was paused: both dates move by the days it stood still. */
export const resume = ({
  paused,
  now,
  rules,
}: {
  readonly paused: PausedTerm;
  readonly now: Instant;
  readonly rules: TermRules;
}): Term | Refused<"not-forward"> =>
  now < paused.pausedAt
    ? refuse("not-forward")
    : moved(paused, stoodStill(paused.pausedAt, now, rules), rules);
