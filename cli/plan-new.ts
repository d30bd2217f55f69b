import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { InvalidArgumentError, type Command } from "commander";
import { fiscalYear, type FiscalYear } from "../domain/ids.ts";
import { lintPlan } from "../domain/lint.ts";
import { planForYear } from "../domain/next-plan.ts";
import { japaneseHolidays } from "../plans/holidays.ts";
import { readPlan } from "../plans/read-plan.ts";
import { writePlan } from "../plans/write-plan.ts";

export const yearArgument = (raw: string): FiscalYear => {
  if (!/^\d{4}$/.test(raw)) throw new InvalidArgumentError("年度を西暦4桁で書いてください。");
  return fiscalYear(Number(raw));
};

const isEmpty = async (folder: string): Promise<boolean> =>
  (await readdir(folder).catch(() => [])).length === 0;

/** `nenrin plan new`: a plan of any year from one of another, without code. An existing folder is never touched. */
export const newPlan = async (
  year: FiscalYear,
  { from, to = join(from, "..", `fy${year}`) }: { readonly from: string; readonly to?: string },
  command: Command,
): Promise<void> => {
  const read = await readPlan(from);
  if (!read.ok)
    return command.error(`${from} を計画として読めません。nenrin plan lint ${from} で確かめてください。`);
  if (!(await isEmpty(to)))
    return command.error(`${to} は空ではありません。別のフォルダを --to で指定してください。`);
  const plan = planForYear(read.plan, { year, holidays: japaneseHolidays() });
  await writePlan({ plan, folder: to });
  const blocking = lintPlan(plan).filter(({ level }) => level === "block");
  console.log(`${plan.title}の計画を ${to} に作りました。日程は、この年度の開庁日に移してあります。`);
  for (const { where, message, hint } of blocking) console.log(`［不可］${where}\n    ${message}${hint}`);
  console.log(
    blocking.length === 0
      ? "この計画で始められます。nenrin plan lint で注意も確かめてください。"
      : `始める前に直すところが${blocking.length}件あります。`,
  );
};
