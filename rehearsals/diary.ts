import { addBusinessDays, calendarOf, rollForward, type BusinessCalendar } from "../domain/calendar.ts";
import type { Plan } from "../domain/plan.ts";
import { addDays, at, dateOf, type Instant, type PlainDate, type PlainTime } from "../domain/time.ts";

/** When one group of people sits down to work: once each business day. */
export interface Diary {
  /** Their hour on the n-th business day after; for 0 the next one that is not earlier. */
  readonly after: (from: Instant, businessDays: number) => Instant;
  /** Their hour on that day, or on the next business day. */
  readonly on: (day: PlainDate) => Instant;
  readonly calendar: BusinessCalendar;
}

export const diaryOf = (plan: Plan, hour: PlainTime): Diary => {
  const calendar = calendarOf(plan.holidays);
  const on = (day: PlainDate): Instant => at(rollForward(day, calendar), hour);
  const after = (from: Instant, businessDays: number): Instant => {
    if (businessDays > 0) return at(addBusinessDays(dateOf(from), businessDays, calendar), hour);
    const today = on(dateOf(from));
    return today >= from ? today : on(addDays(dateOf(from), 1));
  };
  return { after, on, calendar };
};
