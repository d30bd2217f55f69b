import type { FiscalYear } from "./ids.ts";
import { dateOf, plainDate, weekday, type Instant, type PlainDate } from "./time.ts";

/** 和暦 from a table: what a calendar library prints changes with its data, and a mail is rendered only once. */

interface Era {
  readonly name: string;
  readonly from: PlainDate;
  /** The Gregorian year of its 元年. */
  readonly firstYear: number;
}

/**
 * 明治 counts from 1868, but its dates were lunisolar until 明治5年12月2日: only from 明治6年1月1日 on is a date the
 * same day of the same month (明治5年太政官布告第337号). Then 大正元年7月30日詔書, 昭和元年12月25日詔書, 昭和64年政令第1号
 * and 平成31年政令第143号.
 */
const newestFirst: readonly Era[] = [
  { name: "令和", from: plainDate("2019-05-01"), firstYear: 2019 },
  { name: "平成", from: plainDate("1989-01-08"), firstYear: 1989 },
  { name: "昭和", from: plainDate("1926-12-25"), firstYear: 1926 },
  { name: "大正", from: plainDate("1912-07-30"), firstYear: 1912 },
  { name: "明治", from: plainDate("1873-01-01"), firstYear: 1868 },
];

const eraYear = (date: PlainDate): string => {
  const era = newestFirst.find(({ from }) => from <= date);
  if (era === undefined) throw new RangeError(`no 和暦 before 明治6年1月1日: ${date}`);
  const year = Number(date.slice(0, 4)) - era.firstYear + 1;
  return `${era.name}${year === 1 ? "元" : year}年`;
};

/** 日, 月, … 土. */
export const weekdayName = (date: PlainDate): string => "日月火水木金土".charAt(weekday(date));

/** e.g. 4月17日 */
export const monthAndDay = (date: PlainDate): string =>
  `${Number(date.slice(5, 7))}月${Number(date.slice(8))}日`;

/** e.g. 平成27年4月17日. @throws RangeError before 明治6年1月1日 */
export const wareki = (date: PlainDate): string => `${eraYear(date)}${monthAndDay(date)}`;

/** e.g. 平成27年4月17日（金） */
export const warekiWithWeekday = (date: PlainDate): string => `${wareki(date)}（${weekdayName(date)}）`;

/** Time of day in Asia/Tokyo; full hours without minutes, e.g. 17時, 17時30分. */
export const hourOf = (instant: Instant): string => {
  const minute = Number(instant.slice(14, 16));
  return `${Number(instant.slice(11, 13))}時${minute === 0 ? "" : `${minute}分`}`;
};

/** e.g. 平成27年4月17日（金）17時 */
export const warekiTime = (instant: Instant): string =>
  `${warekiWithWeekday(dateOf(instant))}${hourOf(instant)}`;

/**
 * e.g. 平成26年度. A fiscal year is called after the era of its 1 April; 2019 alone after the new one, since the
 * ministries agreed so for the whole year (改元に伴う元号による年表示の取扱いについて, 平成31年4月1日
 * 新元号への円滑な移行に向けた関係省庁連絡会議申合せ).
 */
export const fiscalYearLabel = (year: FiscalYear): string =>
  `${eraYear(plainDate(year === 2019 ? "2019-05-01" : `${year}-04-01`))}度`;
