import type { Holiday } from "../domain/plan.ts";
import type { PlainDate } from "../domain/time.ts";
import { japaneseHolidays } from "./holidays.ts";

const yearOf = ({ date }: Holiday): number => Number(date.slice(0, 4));
/** 振替休日（こどもの日） is a 振替休日. */
const kindOf = ({ name }: Holiday): string => name.replace(/（.*）$/, "");
const byDate = (a: Holiday, b: Holiday): number => (a.date < b.date ? -1 : Number(a.date > b.date));

/** What the Cabinet Office's list calls every day of 祝日法 art. 3 paragraphs 2 and 3. */
const UNNAMED = "休日";

export interface ImportedHolidays {
  readonly holidays: readonly Holiday[];
  readonly years: readonly number[];
  readonly added: readonly Holiday[];
  readonly removed: readonly Holiday[];
  /** One-off closed days of the years taken over, which the list does not know. */
  readonly kept: readonly Holiday[];
}

/** The plan's holidays with those of the list in each of the years the list has. One-off closed days stay. */
export const importHolidays = ({
  known,
  listed,
  years,
}: {
  readonly known: readonly Holiday[];
  readonly listed: readonly Holiday[];
  readonly years: readonly number[];
}): ImportedHolidays => {
  const lawful = japaneseHolidays();
  const kinds = new Set([UNNAMED, ...listed.map(kindOf), ...lawful.map(kindOf)]);
  const replaced = years.filter((year) => listed.some((holiday) => yearOf(holiday) === year));
  const named = (date: PlainDate, among: readonly Holiday[]): Holiday | undefined =>
    among.find((holiday) => holiday.date === date && kinds.has(kindOf(holiday)));
  const taken = listed
    .filter((holiday) => replaced.includes(yearOf(holiday)))
    .map((holiday) =>
      kindOf(holiday) === UNNAMED
        ? (named(holiday.date, known) ?? named(holiday.date, lawful) ?? holiday)
        : holiday,
    );
  const dates = new Set(taken.map(({ date }) => date));
  const left = known.filter(({ date }) => !dates.has(date));
  const isListed = (holiday: Holiday): boolean => replaced.includes(yearOf(holiday));
  const kept = left.filter((holiday) => isListed(holiday) && !kinds.has(kindOf(holiday)));
  const was = new Set(known.map(({ date }) => date));
  return {
    holidays: [...taken, ...kept, ...left.filter((holiday) => !isListed(holiday))].toSorted(byDate),
    years: replaced.toSorted((a, b) => a - b),
    added: taken.filter(({ date }) => !was.has(date)),
    removed: left.filter((holiday) => isListed(holiday) && kinds.has(kindOf(holiday))),
    kept,
  };
};

/** One closed day more. */
export const withClosedDay = (known: readonly Holiday[], closed: Holiday): readonly Holiday[] =>
  [...known, closed].toSorted(byDate);
