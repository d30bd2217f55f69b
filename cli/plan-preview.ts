import { InvalidArgumentError, type Command } from "commander";
import { blocks, lintPlan } from "../domain/lint.ts";
import type { PlannedMail } from "../domain/forecast-standing.ts";
import type { Plan } from "../domain/plan.ts";
import { previewOf, type Preview } from "../domain/preview.ts";
import { warekiTime, warekiWithWeekday } from "../domain/wareki.ts";
import { readPlan } from "../plans/read-plan.ts";
import { letterNames } from "../domain/letters.ts";
import { tableOf } from "./terminal-table.ts";

export type Who = Preview["who"];

export const whoArgument = (raw: string): Who => {
  if (raw === "nobody" || raw === "everybody") return raw;
  throw new InvalidArgumentError("nobody（誰も答えない）か everybody（全員が答える）と書いてください。");
};

/** A rung is called as its plan calls it. */
const nameOf = (plan: Plan, { letter, rung }: PlannedMail): string =>
  Object.values(plan.ladders)
    .flat()
    .find(({ name }) => name === rung)?.label ?? letterNames[letter];

/** One line for what is sent at one instant under one name. */
const lines = (plan: Plan, mails: readonly PlannedMail[]): readonly string[] => {
  const counts = new Map<string, { readonly row: readonly string[]; readonly mails: PlannedMail[] }>();
  for (const mail of mails) {
    const row = [warekiTime(mail.at), nameOf(plan, mail), mail.rung ?? ""];
    const known = counts.get(row.join());
    if (known === undefined) counts.set(row.join(), { row, mails: [mail] });
    else known.mails.push(mail);
  }
  return tableOf([...counts.values()].map(({ row, mails: same }) => [...row, `${same.length}通`]));
};

const print = (plan: Plan, { who, mails, course }: Preview): void => {
  for (const line of lines(plan, mails)) console.log(line);
  const { collectedOn, consultation, decisionOn, slackBusinessDays } = course;
  console.log(`${who === "nobody" ? "誰も答えない場合" : "全員が答える場合"}：合計${mails.length}通。`);
  console.log(
    [
      `最後の回答${warekiWithWeekday(collectedOn)}`,
      ...(consultation === null ? [] : [`意見照会の締切${warekiWithWeekday(consultation.closesOn)}`]),
      `本部決定${warekiWithWeekday(decisionOn)}`,
    ].join("、"),
  );
  console.log(`評価・原案・決裁に残る日数は${slackBusinessDays}開庁日です。`);
};

/** Every mail a plan will send; a plan that may not start is not previewed. */
export const previewed = async (
  folder: string,
  { who, json }: { readonly who: Who; readonly json?: true },
  command: Command,
): Promise<void> => {
  const read = await readPlan(folder);
  if (!read.ok || blocks(lintPlan(read.plan)))
    return command.error(`この計画では始められません。npx nenrin plan lint ${folder} で確かめてください。`);
  const preview = previewOf(read.plan, who);
  if (json) console.log(JSON.stringify(preview, null, 2));
  else print(read.plan, preview);
};
