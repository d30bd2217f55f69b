import { businessDaysBetween, hasYear, type BusinessCalendar } from "../../domain/calendar.ts";
import { dateOf, type Instant } from "../../domain/time.ts";

const leftOf = (now: Instant, dueAt: Instant, calendar: BusinessCalendar): number | null => {
  const [today, due] = [dateOf(now), dateOf(dueAt)];
  const known = [today, due].every((date) => hasYear(Number(date.slice(0, 4)), calendar));
  return known ? businessDaysBetween(today, due, calendar) : null;
};

/** How long until the instant, in business days; nothing where the calendar does not reach. */
const countdownText = (now: Instant, dueAt: Instant, calendar: BusinessCalendar): string | null => {
  const left = leftOf(now, dueAt, calendar);
  if (left === null) return null;
  if (dueAt < now) return left === 0 ? "本日の期限を過ぎています" : `${-left}開庁日超過`;
  return left === 0 ? "本日まで" : `あと${left}開庁日`;
};

export const Countdown = ({
  now,
  dueAt,
  calendar,
}: {
  readonly now: Instant;
  readonly dueAt: Instant;
  readonly calendar: BusinessCalendar;
}) => {
  const text = countdownText(now, dueAt, calendar);
  return text === null ? null : (
    <span class={dueAt < now ? "tag tag-late countdown" : "tag countdown"}>{text}</span>
  );
};
