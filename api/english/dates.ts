/** Japanese dates and times in English, with the month as a word: no reader takes the day for the month. */

/** The Gregorian year before each 元年. */
const eras: Readonly<Record<string, number>> = { 令和: 2018, 平成: 1988, 昭和: 1925, 大正: 1911, 明治: 1867 };
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const weekdays: Readonly<Record<string, string>> = {
  日: "Sun",
  月: "Mon",
  火: "Tue",
  水: "Wed",
  木: "Thu",
  金: "Fri",
  土: "Sat",
};

const YEAR = "(?:(令和|平成|昭和|大正|明治)(元|\\d{1,2})年|(\\d{4})年)";
const FISCAL = `${YEAR}度`;
const DAY = "(\\d{1,2})月(\\d{1,2})日(?:（([日月火水木金土])）)?";
const HOUR = "(?:(\\d{1,2})時(?:(\\d{1,2})分)?)?";
/** A fiscal year, a day with or without its year and hour, a year, a month. */
const DATE = `${FISCAL}|(?:${YEAR})?${DAY}${HOUR}|(?:${YEAR})?(\\d{1,2})月|${YEAR}`;

/** Any of them, wherever it stands. No group of it captures. */
export const ANY_DATE = DATE.replaceAll(/\((?!\?)/g, "(?:");
const ONE = new RegExp(`^(?:${DATE})$`);

const yearOf = (era: string | undefined, ofEra: string | undefined, gregorian: string | undefined): string =>
  era === undefined ? (gregorian ?? "") : String((eras[era] ?? 0) + (ofEra === "元" ? 1 : Number(ofEra)));

/** Where the groups of a month without its day begin. */
const FIRST_OF_MONTH = 12;

/** e.g. 17 Apr 2015 (Fri) 17:00 JST, FY2014; undefined for what is no date. */
export const englishDate = (japanese: string): string | undefined => {
  const found = ONE.exec(japanese);
  if (found === null) return undefined;
  const [, fiscalEra, fiscalNumber, fiscal, era, number, gregorian, month, day, weekday, hour, minute] =
    found;
  const [monthEra, monthNumber, monthGregorian, monthAlone, ...year] = found.slice(FIRST_OF_MONTH);
  if (fiscalEra !== undefined || fiscal !== undefined) return `FY${yearOf(fiscalEra, fiscalNumber, fiscal)}`;
  if (monthAlone !== undefined)
    return `${months[Number(monthAlone) - 1]} ${yearOf(monthEra, monthNumber, monthGregorian)}`.trim();
  if (month === undefined) return yearOf(year[0], year[1], year[2]);
  const date = [day, months[Number(month) - 1], yearOf(era, number, gregorian)];
  const time =
    hour === undefined ? [] : [`${hour.padStart(2, "0")}:${(minute ?? "0").padStart(2, "0")}`, "JST"];
  // Neither a day nor an hour is broken in two.
  return [date.filter((part) => part !== ""), weekday === undefined ? [] : [`(${weekdays[weekday]})`], time]
    .filter((parts) => parts.length > 0)
    .map((parts) => parts.join("\u00a0"))
    .join(" ");
};
