import type { Course } from "./course.ts";
import type { Stage } from "./cycle.ts";
import type { PlanDates } from "./plan.ts";
import { dateOf, type Instant, type PlainDate } from "./time.ts";
import { yearSteps, type YearStep } from "./year-steps.ts";

/** 年間の日程: each step of the year as it was planned, as it went, and as it will go on if nobody loses a day. */

/** Both days inclusive. */
export interface Span {
  readonly from: PlainDate;
  readonly to: PlainDate;
}
export interface ScheduleRow {
  readonly step: YearStep;
  /** null where the plan gives the step no days of its own. */
  readonly planned: Span | null;
  /** As often as it was entered. */
  readonly actual: readonly Span[];
  /** What is still ahead of it; null where nothing is, or nobody can say. */
  readonly ahead: Span | null;
}

export interface ScheduleOf {
  readonly dates: PlanDates;
  /** The plan's own year, if every day of it is used. */
  readonly planned: Course;
  /** The rest of the year from `now`; null once it is over. */
  readonly ahead: Course | null;
  readonly stage: Stage;
  readonly now: Instant;
  /** In the order in which they were entered. */
  readonly entries: readonly { readonly stage: Stage; readonly enteredAt: Instant }[];
  readonly surveys: {
    readonly firstOpenedAt: Instant | null;
    readonly lastEndedAt: Instant | null;
    readonly open: number;
  };
}

/** undefined where the days would run backwards. */
const span = (from: PlainDate, to: PlainDate): Span | null => (from <= to ? { from, to } : null);

const lastClose = ({ requests: { data, chapter }, collectionOn }: PlanDates): PlainDate =>
  [data, chapter].reduce(
    (last, term) => (term.is === "fixed" && term.closeOn > last ? term.closeOn : last),
    collectionOn,
  );

const plannedSpan = (step: YearStep, { dates, planned }: ScheduleOf): Span | null => {
  const { consultation, collectedOn } = planned;
  const closesOn = lastClose(dates);
  switch (step) {
    case "policy":
      return span(dates.opensOn, dates.policyDecisionOn);
    case "underway":
      return span(dates.policyDecisionOn, dates.collectionOn);
    case "collection":
      return span(dates.collectionOn, closesOn);
    case "survey":
      return dates.requests.data.is === "fixed" ? span(dates.requests.data.closeOn, collectedOn) : null;
    case "evaluation":
    case "drafting":
      return consultation === null ? null : span(closesOn, consultation.opensOn);
    case "consultation":
      return consultation === null ? null : span(consultation.opensOn, consultation.closesOn);
    case "approval":
      return consultation === null ? null : span(consultation.closesOn, dates.reportDecisionOn);
    case "decision":
    case "publication":
      return span(dates.reportDecisionOn, dates.reportDecisionOn);
    case "carry-over":
      return null;
  }
};

const actualSpans = (step: YearStep, { entries, surveys, now, stage }: ScheduleOf): readonly Span[] => {
  if (step === "survey") {
    const { firstOpenedAt, lastEndedAt, open } = surveys;
    if (firstOpenedAt === null) return [];
    return [
      { from: dateOf(firstOpenedAt), to: dateOf(open > 0 || lastEndedAt === null ? now : lastEndedAt) },
    ];
  }
  return entries.flatMap((entry, n) => {
    if (entry.stage !== step) return [];
    const next = entries[n + 1]?.enteredAt ?? (entry.stage === stage ? now : entry.enteredAt);
    return [{ from: dateOf(entry.enteredAt), to: dateOf(next) }];
  });
};

const position = (step: YearStep | "finished"): number => yearSteps.findIndex((known) => known.step === step);

/** The plan's days where they still lie ahead, moved by what has been told and what is still open. */
const aheadSpan = (step: YearStep, of: ScheduleOf): Span | null => {
  const { ahead, stage, now, dates, surveys } = of;
  const today = dateOf(now);
  if (ahead === null || stage === "finished") return null;
  if (step === "survey") return surveys.open > 0 ? span(today, ahead.collectedOn) : null;
  if (position(step) < position(stage)) return null;
  const start = (planned: PlainDate): PlainDate => (step === stage || planned < today ? today : planned);
  const { consultation, collectedOn } = ahead;
  switch (step) {
    case "policy":
      return span(start(dates.opensOn), dates.policyDecisionOn);
    case "underway":
      return span(start(dates.policyDecisionOn), dates.collectionOn);
    case "collection":
      return span(start(dates.collectionOn), collectedOn);
    case "evaluation":
    case "drafting":
      return consultation === null ? null : span(start(collectedOn), consultation.opensOn);
    case "consultation":
      return consultation === null ? null : span(start(consultation.opensOn), consultation.closesOn);
    case "approval":
      return span(start(consultation?.closesOn ?? today), dates.reportDecisionOn);
    case "decision":
    case "publication":
      return span(start(dates.reportDecisionOn), dates.reportDecisionOn);
    case "carry-over":
      return null;
  }
};

export const scheduleOf = (of: ScheduleOf): readonly ScheduleRow[] =>
  yearSteps.map(({ step }) => ({
    step,
    planned: plannedSpan(step, of),
    actual: actualSpans(step, of),
    ahead: aheadSpan(step, of),
  }));

/** The first and the last day of everything on it. */
export const bounds = (rows: readonly ScheduleRow[], now: Instant): Span => {
  const spans = rows
    .flatMap(({ planned, actual, ahead }) => [planned, ...actual, ahead])
    .filter((one) => one !== null);
  const days = [dateOf(now), ...spans.flatMap(({ from, to }) => [from, to])].toSorted();
  return { from: days[0] ?? dateOf(now), to: days.at(-1) ?? dateOf(now) };
};
