import { Command, InvalidArgumentError } from "commander";
import { calendarOf, closedDaysOf, explainAdd, type BusinessCalendar } from "../domain/calendar.ts";
import type { PlainDate } from "../domain/time.ts";
import { warekiWithWeekday } from "../domain/wareki.ts";
import { japaneseHolidays } from "../plans/holidays.ts";
import { addCalendarFileCommands } from "./calendar-file.ts";
import { dateArgument } from "./date-argument.ts";

interface Output {
  readonly json?: true;
}

const wholeNumber = (raw: string): number => {
  if (!/^[+-]?\d{1,5}$/.test(raw)) throw new InvalidArgumentError("5桁までの整数を書いてください。");
  return Number(raw);
};

/** The calendar throws for a year it doesn't know; here that is the caller's choice of year, not a bug. */
const orExplain = <Value>(command: Command, calendar: BusinessCalendar, compute: () => Value): Value => {
  try {
    return compute();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const [first, last] = [calendar.years[0], calendar.years.at(-1)];
    return command.error(
      `祝日を収録していない年にかかるため、計算できません。${first}年から${last}年までの日を指定してください。`,
    );
  }
};

const add = (date: PlainDate, businessDays: number, { json }: Output, command: Command): void => {
  const calendar = calendarOf(japaneseHolidays());
  const there = orExplain(command, calendar, () => explainAdd(date, businessDays, calendar));
  console.log(json ? JSON.stringify(there) : `${warekiWithWeekday(there.date)}　${there.why.join("。")}`);
};

const closed = (year: number, { json }: Output, command: Command): void => {
  const calendar = calendarOf(japaneseHolidays());
  const days = orExplain(command, calendar, () => closedDaysOf(year, calendar));
  if (json) console.log(JSON.stringify(days));
  else for (const { date, reason } of days) console.log(`${warekiWithWeekday(date)}　${reason}`);
};

/** `nenrin calendar …`: the business days of the administration under today's law, and a plan's, without any service. */
export const calendarCommand = (): Command => {
  const calendar = new Command("calendar").description(
    "開庁日を数える（行政機関の休日に関する法律、現行法）",
  );
  calendar
    .command("add")
    .description("日付から開庁日を数えた日と、その理由")
    .argument("<date>", "起算する日。2015-04-24 のように書く", dateArgument)
    .argument("<days>", "開庁日の数。前に数えるときは -3 のように書く", wholeNumber)
    .option("--json", "JSONで書き出す")
    .action(add);
  calendar
    .command("closed")
    .description("一年の閉庁日と、その理由")
    .argument("<year>", "西暦の年", wholeNumber)
    .option("--json", "JSONで書き出す")
    .action(closed);
  addCalendarFileCommands(calendar);
  return calendar;
};
