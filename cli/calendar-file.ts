import { readFile } from "node:fs/promises";
import { type Command, InvalidArgumentError } from "commander";
import { calendarOf, closedReason, hasYear } from "../domain/calendar.ts";
import type { Holiday, Plan } from "../domain/plan.ts";
import type { PlainDate } from "../domain/time.ts";
import { warekiWithWeekday } from "../domain/wareki.ts";
import { readHolidayCsv } from "../plans/holiday-csv.ts";
import { writeHolidays } from "../plans/holidays-file.ts";
import { importHolidays, withClosedDay } from "../plans/plan-holidays.ts";
import { readPlan } from "../plans/read-plan.ts";
import { dateArgument } from "./date-argument.ts";

const FOLDER = "計画のフォルダ（plans/fy2014 など）";

const planIn = async (folder: string, command: Command): Promise<Plan> => {
  const read = await readPlan(folder);
  if (read.ok) return read.plan;
  const [{ file, message } = { file: folder, message: "" }] = read.problems;
  return command.error(
    `計画を読めません。${file}：${message}（npx nenrin plan lint ${folder} で確かめられます）`,
  );
};

const listOf = (days: readonly Holiday[]): string =>
  days.map(({ date, name }) => `${warekiWithWeekday(date)}　${name}`).join("\n    ");

const said = (title: string, days: readonly Holiday[]): void => {
  if (days.length > 0) console.log(`  ${title}\n    ${listOf(days)}`);
};

/** What a changed calendar asks of the official next. */
const sayNext = (folder: string): void => {
  console.log(`npx nenrin plan lint ${folder} で期限を確かめてください。`);
  console.log("進行中の年度には、この計画を計画の変更として登録すると反映されます。");
};

/** The fiscal year's calendar years and the one after, in which its report and the next plan fall. */
const yearsOf = ({ year, holidays }: Plan): readonly number[] => [
  ...new Set([year, year + 1, year + 2, ...holidays.map(({ date }) => Number(date.slice(0, 4)))]),
];

const importCsv = async (file: string, folder: string, _: unknown, command: Command): Promise<void> => {
  const bytes = await readFile(file).catch(() => command.error(`${file} を開けません。`));
  const read = readHolidayCsv(bytes);
  if (!read.ok) return command.error(`${file} の${read.line}行目：${read.message}。`);
  const plan = await planIn(folder, command);
  const { holidays, years, added, removed, kept } = importHolidays({
    known: plan.holidays,
    listed: read.holidays,
    years: yearsOf(plan),
  });
  if (years.length === 0)
    return command.error(`${file} に、計画のかかる年（${plan.year}年から）の祝日がありません。`);
  await writeHolidays(folder, holidays);
  console.log(`${years.join("年、")}年の祝日・休日を取り込みました。`);
  said("加えた日", added);
  said("除いた日", removed);
  said("残した臨時の閉庁日", kept);
  return sayNext(folder);
};

const reasonArgument = (raw: string): string => {
  const reason = raw.trim();
  if (reason === "" || /[\r\n]/.test(reason)) throw new InvalidArgumentError("理由を1行で書いてください。");
  return reason;
};

const close = async (
  date: PlainDate,
  name: string,
  folder: string,
  _: unknown,
  command: Command,
): Promise<void> => {
  const { holidays } = await planIn(folder, command);
  const calendar = calendarOf(holidays);
  const day = warekiWithWeekday(date);
  if (!hasYear(Number(date.slice(0, 4)), calendar))
    return command.error(
      `計画に${date.slice(0, 4)}年の祝日がありません。先に calendar import で取り込んでください。`,
    );
  const reason = closedReason(date, calendar);
  if (reason !== undefined) return command.error(`${day}は既に閉庁日です（${reason}）。`);
  await writeHolidays(folder, withClosedDay(holidays, { date, name }));
  console.log(`${day}を臨時の閉庁日（${name}）としました。`);
  return sayNext(folder);
};

/** `calendar import` and `calendar close`: the closed days of a plan's folder, without any service. */
export const addCalendarFileCommands = (calendar: Command): void => {
  calendar
    .command("import")
    .description("内閣府の「国民の祝日について」のCSV（syukujitsu.csv）を計画に取り込む。臨時の閉庁日は残す")
    .argument("<csv>", "内閣府のCSV（Shift_JIS）")
    .argument("<folder>", FOLDER)
    .action(importCsv);
  calendar
    .command("close")
    .description("臨時の閉庁日を計画に加える")
    .argument("<date>", "閉庁とする日。2015-05-15 のように書く", dateArgument)
    .argument("<reason>", "理由（例：創立記念日）", reasonArgument)
    .argument("<folder>", FOLDER)
    .action(close);
};
