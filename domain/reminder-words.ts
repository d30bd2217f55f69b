import { dateOf, type Instant } from "./time.ts";
import { monthAndDay } from "./wareki.ts";

/** e.g. 3月19日17:00 */
export const shortTime = (instant: Instant): string =>
  `${monthAndDay(dateOf(instant))}${Number(instant.slice(11, 13))}:${instant.slice(14, 16)}`;

const distance = (offsetBusinessDays: number): string => {
  if (offsetBusinessDays === 0) return "期限の日";
  return offsetBusinessDays < 0 ? `${-offsetBusinessDays}開庁日前` : `${offsetBusinessDays}開庁日後`;
};

/** e.g. 督促（1開庁日後） */
export const rungWords = ({
  label,
  offsetBusinessDays,
}: {
  readonly label: string;
  readonly offsetBusinessDays: number;
}): string => `${label}（${distance(offsetBusinessDays)}）`;

/** e.g. 期限 3月19日17:00 に未提出 4項目; before the date it is not late, but still to come */
export const owedWords = ({
  dueAt,
  at,
  items,
}: {
  readonly dueAt: Instant;
  readonly at: Instant;
  readonly items: number;
}): string => `期限 ${shortTime(dueAt)} ${dueAt < at ? "に未提出" : "の未提出"} ${items}項目`;
