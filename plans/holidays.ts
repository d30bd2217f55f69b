import holidayJp from "@holiday-jp/holiday_jp";
import type { Holiday } from "../domain/plan.ts";
import { plainDate } from "../domain/time.ts";

/** Days off by a law of their own, which the collection calls 休日（祝日扱い） (平成30年法律第99号). */
const byOwnLaw = new Map([
  ["2019-05-01", "天皇の即位の日"],
  ["2019-10-22", "即位礼正殿の儀の行われる日"],
]);

/** As officials call the days of 祝日法 art. 3 paragraphs 2 and 3, for which the collection has other words. */
const nameOf = (date: string, name: string): string => {
  if (name === "休日") return "国民の休日";
  return byOwnLaw.get(date) ?? (name.endsWith(" 振替休日") ? "振替休日" : name);
};

/** 国民の祝日 and the days off that follow from them, 1970 to 2050, from a collection that is kept up to date. */
export const japaneseHolidays = (): readonly Holiday[] =>
  Object.values(holidayJp.holidays).map(({ date, name }) => ({
    date: plainDate(date),
    name: nameOf(date, name),
  }));
