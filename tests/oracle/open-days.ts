/**
 * 開庁日 by 行政機関の休日に関する法律 art. 1, as one list: every day of the known years that is not a Saturday, a
 * Sunday, a holiday of the plan, nor 29 December to 3 January.
 */
export interface OpenDays {
  readonly isOpen: (day: string) => boolean;
  /** The n-th open day after the day, before it where n is negative; the day itself for 0. */
  readonly shift: (day: string, n: number) => string;
  /** How many open days lie after `from` up to `to`; negative where `to` is earlier. */
  readonly between: (from: string, to: string) => number;
  readonly all: readonly string[];
}

const DAY_MS = 86_400_000;

export const openDaysOf = (holidays: ReadonlySet<string>): OpenDays => {
  const years = [...holidays].filter((day) => day.endsWith("-01-01")).toSorted();
  const [first = ""] = years;
  const last = `${years.at(-1)?.slice(0, 4)}-12-31`;
  const all: string[] = [];
  for (let ms = Date.parse(first); ms <= Date.parse(last); ms += DAY_MS) {
    const date = new Date(ms);
    const day = date.toISOString().slice(0, 10);
    const isWeekend = date.getUTCDay() === 0 || date.getUTCDay() === 6;
    const isYearEnd = /-(12-(29|30|31)|01-0[123])$/.test(day);
    if (!isWeekend && !isYearEnd && !holidays.has(day)) all.push(day);
  }
  const known = (day: string | undefined, of: string): string => {
    if (day === undefined) throw new RangeError(`the plan's holidays don't reach that far from ${of}`);
    return day;
  };
  const after = (day: string): readonly string[] => all.filter((one) => one > day);
  const before = (day: string): readonly string[] => all.filter((one) => one < day);
  return {
    all,
    isOpen: (day) => all.includes(day),
    shift: (day, n) => {
      if (n === 0) return day;
      return known(n > 0 ? after(day)[n - 1] : before(day).at(n), day);
    },
    between: (from, to) =>
      from <= to
        ? all.filter((day) => from < day && day <= to).length
        : -all.filter((day) => to <= day && day < from).length,
  };
};
