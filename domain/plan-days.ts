import { closedReason, type BusinessCalendar } from "./calendar.ts";
import { termOf, type ExplainedTerm, type TermRules } from "./deadline.ts";
import type { Plan, RequestKind } from "./plan.ts";
import { addDays, plainDate, weekday, type PlainDate } from "./time.ts";

/** 計画の日程: what the plan fixes, when, and why on that day. */
export type PlannedDay =
  | { readonly of: "opens" | "policy-decision" | "collection" | "report-decision"; readonly on: PlainDate }
  | { readonly of: "term"; readonly kind: RequestKind; readonly term: ExplainedTerm };

const kinds: readonly RequestKind[] = ["data", "chapter", "survey", "consultation"];

/** Terms that count from the day a request opens have no day yet. */
export const plannedDays = ({ dates }: Plan, rules: TermRules): readonly PlannedDay[] => [
  { of: "opens", on: dates.opensOn },
  { of: "policy-decision", on: dates.policyDecisionOn },
  { of: "collection", on: dates.collectionOn },
  ...kinds.flatMap((kind): readonly PlannedDay[] => {
    const term = dates.requests[kind];
    return term.is === "fixed"
      ? [{ of: "term", kind, term: termOf({ term, openedOn: dates.collectionOn, rules }) }]
      : [];
  }),
  { of: "report-decision", on: dates.reportDecisionOn },
];

export interface CalendarDay {
  readonly on: PlainDate;
  /** Why the offices are closed; null on a business day. */
  readonly closed: string | null;
}
export interface CalendarMonth {
  readonly first: PlainDate;
  /** Sunday to Saturday; null before the first and behind the last day. */
  readonly weeks: readonly (readonly (CalendarDay | null)[])[];
}

const DAYS = 7;

const monthOf = (first: PlainDate, calendar: BusinessCalendar): CalendarMonth => {
  const days: (CalendarDay | null)[] = Array.from({ length: weekday(first) }, () => null);
  for (let on = first; on.slice(0, 7) === first.slice(0, 7); on = addDays(on, 1))
    days.push({ on, closed: closedReason(on, calendar) ?? null });
  while (days.length % DAYS !== 0) days.push(null);
  return {
    first,
    weeks: Array.from({ length: days.length / DAYS }, (_, n) => days.slice(n * DAYS, (n + 1) * DAYS)),
  };
};

/**
 * Every month from that of the one day to that of the other.
 * @throws RangeError for a year whose holidays the calendar does not know
 */
export const monthsBetween = (
  from: PlainDate,
  to: PlainDate,
  calendar: BusinessCalendar,
): readonly CalendarMonth[] => {
  const months: CalendarMonth[] = [];
  for (let first = plainDate(`${from.slice(0, 7)}-01`); first <= to;) {
    months.push(monthOf(first, calendar));
    first = plainDate(`${addDays(first, 31).slice(0, 7)}-01`);
  }
  return months;
};
