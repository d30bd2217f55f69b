import { monthAndDay } from "./wareki.ts";
import { fiscalYear, type FiscalYear } from "./ids.ts";
import type { ClosedDayPolicy, Holiday } from "./plan.ts";
import { addDays, plainDate, weekday, type PlainDate } from "./time.ts";

/**
 * 開庁日 (行政機関の休日に関する法律, 昭和63年法律第91号, art. 1): not Saturday, Sunday, a day off of the 祝日法, nor
 * 29 December to 3 January. Plain JSON, so that a workflow gets it as input and a replay sees the same days.
 */
export interface BusinessCalendar {
  /** Date → name of the holiday or of the one-off closed day. */
  readonly holidays: Readonly<Record<string, string>>;
  /** The calendar years whose holidays are known, ascending. */
  readonly years: readonly number[];
}

const yearOf = (date: PlainDate): number => Number(date.slice(0, 4));

/** A year is known once its 元日 is: a one-off closed day alone doesn't make the rest of its year known. */
export const calendarOf = (holidays: readonly Holiday[]): BusinessCalendar => ({
  holidays: Object.fromEntries(holidays.map(({ date, name }) => [date, name])),
  years: [
    ...new Set(holidays.filter(({ date }) => date.endsWith("-01-01")).map(({ date }) => yearOf(date))),
  ].toSorted((a, b) => a - b),
});

export const hasYear = (year: number, calendar: BusinessCalendar): boolean => calendar.years.includes(year);

const isYearEnd = (date: PlainDate): boolean => {
  const day = date.slice(5);
  return day >= "12-29" || day <= "01-03";
};

const weekendName = (date: PlainDate): string | undefined => {
  const day = weekday(date);
  if (day === 6) return "土曜日";
  return day === 0 ? "日曜日" : undefined;
};

/**
 * Why the offices are closed on the date: the holiday's name, 年末年始, 土曜日 or 日曜日, whichever of them is the
 * most particular; undefined on a business day.
 * @throws RangeError for a year whose holidays the calendar does not know: never "no holidays"
 */
export const closedReason = (date: PlainDate, calendar: BusinessCalendar): string | undefined => {
  const year = yearOf(date);
  if (!hasYear(year, calendar))
    throw new RangeError(
      `no holidays are known for ${year}: add that year's 国民の祝日, from 元日 on, to the plan's holidays`,
    );
  return calendar.holidays[date] ?? (isYearEnd(date) ? "年末年始" : weekendName(date));
};

export const isOpen = (date: PlainDate, calendar: BusinessCalendar): boolean =>
  closedReason(date, calendar) === undefined;

const roll = (date: PlainDate, step: 1 | -1, calendar: BusinessCalendar): PlainDate => {
  let day = date;
  while (!isOpen(day, calendar)) day = addDays(day, step);
  return day;
};

/** The date itself if it is a business day, else the next one. */
export const rollForward = (date: PlainDate, calendar: BusinessCalendar): PlainDate =>
  roll(date, 1, calendar);
/** The date itself if it is a business day, else the one before. */
export const rollBack = (date: PlainDate, calendar: BusinessCalendar): PlainDate => roll(date, -1, calendar);
/** Art. 2 of the law rolls only statutory terms, so where a due date goes is the plan's choice. */
export const rollBy = (date: PlainDate, policy: ClosedDayPolicy, calendar: BusinessCalendar): PlainDate =>
  policy === "next" ? rollForward(date, calendar) : rollBack(date, calendar);

/**
 * The n-th business day after the date, before it where n is negative; the date itself, open or closed, for 0.
 * The day one counts from doesn't count (民法 art. 140), so a closed one makes no difference.
 */
export const addBusinessDays = (date: PlainDate, n: number, calendar: BusinessCalendar): PlainDate => {
  if (!Number.isInteger(n)) throw new RangeError(`not a whole number of business days: ${n}`);
  const step = n < 0 ? -1 : 1;
  let day = date;
  for (let left = Math.abs(n); left > 0; left -= 1) day = roll(addDays(day, step), step, calendar);
  return day;
};

/**
 * Business days after `from`, up to and including `to`; negative if `to` is earlier. For an open `to` it is the
 * n with which {@link addBusinessDays} goes there from `from`.
 */
export const businessDaysBetween = (from: PlainDate, to: PlainDate, calendar: BusinessCalendar): number => {
  const step = to < from ? -1 : 1;
  let count = 0;
  for (let day = from; day !== to;) {
    day = addDays(day, step);
    if (isOpen(day, calendar)) count += step;
  }
  return count;
};

/** April to March (財政法 art. 11). */
export const fiscalYearOf = (date: PlainDate): FiscalYear =>
  fiscalYear(date.slice(5) >= "04-01" ? yearOf(date) : yearOf(date) - 1);

/** A date with what a person needs to check it; the reasons joined by 。 make one remark. */
export interface ExplainedDate {
  readonly date: PlainDate;
  readonly why: readonly string[];
}

/** Everyone leaves out weekends when counting; what else was left out is said. */
const saidReason = (date: PlainDate, calendar: BusinessCalendar): string | undefined => {
  const reason = closedReason(date, calendar);
  if (isYearEnd(date)) return "年末年始";
  return weekendName(date) === undefined ? reason : undefined;
};

/** The closed days from one day to another, both included: weekends unsaid, neighbours with one reason as one. */
const leftOut = (first: PlainDate, last: PlainDate, calendar: BusinessCalendar): readonly string[] => {
  const spans: { readonly from: PlainDate; readonly to: PlainDate; readonly reason: string }[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) {
    const reason = saidReason(day, calendar);
    if (reason === undefined) continue;
    const open = spans.at(-1);
    if (open?.reason === reason && addDays(open.to, 1) === day) spans.splice(-1, 1, { ...open, to: day });
    else spans.push({ from: day, to: day, reason });
  }
  return spans.map(({ from, to, reason }) =>
    from === to
      ? `${monthAndDay(from)}（${reason}）を除く`
      : `${monthAndDay(from)}から${monthAndDay(to)}まで（${reason}）を除く`,
  );
};

/** {@link addBusinessDays} with its reasons, e.g. 10開庁日後 and 4月29日（昭和の日）を除く. */
export const explainAdd = (date: PlainDate, n: number, calendar: BusinessCalendar): ExplainedDate => {
  const there = addBusinessDays(date, n, calendar);
  if (n === 0) return { date: there, why: ["当日"] };
  const passed: readonly [PlainDate, PlainDate] =
    n > 0 ? [addDays(date, 1), there] : [there, addDays(date, -1)];
  return {
    date: there,
    why: [n > 0 ? `${n}開庁日後` : `${-n}開庁日前`, ...leftOut(...passed, calendar)],
  };
};

/** {@link rollBy} with its reason; no reason where the date stays. */
export const explainRoll = (
  date: PlainDate,
  policy: ClosedDayPolicy,
  calendar: BusinessCalendar,
): ExplainedDate => {
  const reason = closedReason(date, calendar);
  if (reason === undefined) return { date, why: [] };
  const moved = policy === "next" ? "翌開庁日とする" : "前開庁日とする";
  return {
    date: rollBy(date, policy, calendar),
    why: [`${monthAndDay(date)}が閉庁日（${reason}）のため、${moved}`],
  };
};

/** Every closed day of a year with its reason. */
export const closedDaysOf = (
  year: number,
  calendar: BusinessCalendar,
): readonly { readonly date: PlainDate; readonly reason: string }[] => {
  const days: { readonly date: PlainDate; readonly reason: string }[] = [];
  for (
    let day = plainDate(`${String(year).padStart(4, "0")}-01-01`);
    yearOf(day) === year;
    day = addDays(day, 1)
  ) {
    const reason = closedReason(day, calendar);
    if (reason !== undefined) days.push({ date: day, reason });
  }
  return days;
};
