import type { Digest, OwedRow } from "./digest.ts";
import { groupedBy } from "./grouped.ts";
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

/** A tick with more of them says how many are left out: details are read by people. */
const SENT_LINES = 20;

/**
 * What a tick's digests were sent for, a line for every rung and date, naming no person and no organisation:
 * e.g. 督促（1開庁日後） 2通を送信。理由: 期限 3月19日17:00 に未提出 4項目
 */
export const sentWords = (digests: readonly Digest[], at: Instant): readonly string[] => {
  const rows = digests.flatMap(({ requests }) => requests.flatMap(({ items }) => items));
  const groups = groupedBy(rows, ({ rung, dueAt }) => `${rungWords(rung)} ${dueAt}`);
  const lines = [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const count = (of: (row: OwedRow) => string): number => new Set(group.map(of)).size;
    const why = owedWords({ dueAt: first.dueAt, at, items: count(({ item }) => item) });
    return [`${rungWords(first.rung)} ${count(({ contact }) => contact)}通を送信。理由: ${why}`];
  });
  const left = lines.length - SENT_LINES;
  return left <= 0 ? lines : [...lines.slice(0, SENT_LINES), `ほかに${left}種類`];
};
