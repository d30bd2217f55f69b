import { addBusinessDays, calendarOf, hasYear, rollBy, type BusinessCalendar } from "./calendar.ts";
import type { FiscalYear } from "./ids.ts";
import { yearsTouched } from "./lint-dates.ts";
import type { Holiday, LadderRung, Plan, PlanDates, RequestTerm } from "./plan.ts";
import { plainDate, type PlainDate } from "./time.ts";

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** The same day so many years later, or earlier where negative; 28 February for a 29 February that year lacks. */
export const yearsLater = (date: PlainDate, years: number): PlainDate => {
  const year = Number(date.slice(0, 4)) + years;
  const day = date.slice(5);
  return plainDate(`${String(year).padStart(4, "0")}-${day === "02-29" && !isLeap(year) ? "02-28" : day}`);
};

const shifted = (dates: PlanDates, years: number): PlanDates => {
  const later = (date: PlainDate): PlainDate => yearsLater(date, years);
  const term = (given: RequestTerm): RequestTerm =>
    given.is === "counted" ? given : { ...given, dueOn: later(given.dueOn), closeOn: later(given.closeOn) };
  const { data, survey, chapter, consultation } = dates.requests;
  return {
    ...dates,
    opensOn: later(dates.opensOn),
    policyDecisionOn: later(dates.policyDecisionOn),
    collectionOn: later(dates.collectionOn),
    requests: {
      data: term(data),
      survey: term(survey),
      chapter: term(chapter),
      consultation: term(consultation),
    },
    reportDecisionOn: later(dates.reportDecisionOn),
  };
};

const laterOf = (one: PlainDate, other: PlainDate): PlainDate => (one < other ? other : one);

/** Closed days in between may have become more: the last rung of the ladder still falls before the close. */
const rolledTerm = (
  given: RequestTerm,
  rungs: readonly LadderRung[],
  { roll, calendar }: { readonly roll: (date: PlainDate) => PlainDate; readonly calendar: BusinessCalendar },
): RequestTerm => {
  if (given.is === "counted") return given;
  const dueOn = roll(given.dueOn);
  const lastRung = addBusinessDays(dueOn, Math.max(rungs.at(-1)?.offsetBusinessDays ?? 0, 0), calendar);
  return { is: "fixed", dueOn, closeOn: laterOf(roll(given.closeOn), lastRung) };
};

/** Every date rolls the same way, so that none overtakes another. */
const rolled = (
  { dates, ladders }: Pick<Plan, "dates" | "ladders">,
  calendar: BusinessCalendar,
): PlanDates => {
  const roll = (date: PlainDate): PlainDate => rollBy(date, dates.closedDays, calendar);
  const { data, survey, chapter, consultation } = dates.requests;
  const requests = {
    data: rolledTerm(data, ladders.data, { roll, calendar }),
    survey: rolledTerm(survey, ladders.survey, { roll, calendar }),
    chapter: rolledTerm(chapter, ladders.chapter, { roll, calendar }),
    consultation: rolledTerm(consultation, ladders.consultation, { roll, calendar }),
  };
  return {
    ...dates,
    opensOn: roll(dates.opensOn),
    policyDecisionOn: roll(dates.policyDecisionOn),
    collectionOn: roll(dates.collectionOn),
    requests,
    reportDecisionOn: Object.values(requests).reduce(
      (decidedOn, term) => (term.is === "fixed" ? laterOf(decidedOn, term.closeOn) : decidedOn),
      roll(dates.reportDecisionOn),
    ),
  };
};

/** A plan holds the holidays of its fiscal year's first calendar year and so many more: a late report runs on. */
const YEARS_AHEAD = 2;

/** Of a year the plan knows, its own days, one-off closed days included; of others those that are known elsewhere. */
const holidaysOf = (
  year: number,
  { own, known }: { readonly own: readonly Holiday[]; readonly known: readonly Holiday[] },
): readonly Holiday[] => {
  const of = (holidays: readonly Holiday[]) =>
    holidays.filter(({ date }) => Number(date.slice(0, 4)) === year);
  const mine = of(own);
  const others = hasYear(year, calendarOf(own)) ? [] : of(known);
  return [...mine, ...others.filter(({ date }) => mine.every((one) => one.date !== date))].toSorted(
    (one, other) => (one.date < other.date ? -1 : 1),
  );
};

/**
 * The plan's days so many years later, each a business day by the plan's own choice of where a closed day moves, and the
 * holidays of every year they touch. Where nobody knows a year's holidays nothing is moved off them: lint says so.
 */
export const datesInYear = (
  plan: Plan,
  { year: of, known }: { readonly year: FiscalYear; readonly known: readonly Holiday[] },
): Pick<Plan, "dates" | "holidays"> => {
  const dates = shifted(plan.dates, of - plan.year);
  const touched = yearsTouched({ ...plan, dates });
  const first = Math.min(of, ...touched.map((year) => year - 1));
  const last = Math.max(of + YEARS_AHEAD, ...touched.map((year) => year + 1));
  const years = Array.from({ length: last - first + 1 }, (_, at) => first + at);
  const holidays = years.flatMap((year) => holidaysOf(year, { own: plan.holidays, known }));
  const calendar = calendarOf(holidays);
  return years.every((year) => hasYear(year, calendar))
    ? { dates: rolled({ ...plan, dates }, calendar), holidays }
    : { dates, holidays };
};
