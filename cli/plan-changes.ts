import type { Command } from "commander";
import { planChanges, type PlanChange } from "../domain/lineage.ts";
import type { Plan } from "../domain/plan.ts";
import { readPlan } from "../plans/read-plan.ts";

const labels: Readonly<Record<PlanChange["change"], string>> = {
  continued: "継続",
  modified: "見直し",
  new: "新規",
  merged: "統合",
  removed: "廃止",
};

const planIn = async (folder: string, command: Command): Promise<Plan> => {
  const read = await readPlan(folder);
  return read.ok
    ? read.plan
    : command.error(`${folder} を計画として読めません。nenrin plan lint ${folder} で確かめてください。`);
};

const textOf = ({ change, measure, from, name, differences, findings, note }: PlanChange): string =>
  [
    `［${labels[change]}］${measure ?? "（番号なし）"}${from.length === 0 ? "" : `（前年度 ${from.join("、")}）`}　${name}`,
    ...differences,
    ...(findings.length === 0 ? [] : [`反映事項：${findings.join("、")}`]),
    ...(note === null ? [] : [note]),
  ].join("\n    ");

/** `nenrin plan changes`: what is new, modified, merged or gone from one year's plan to the next, and why. */
export const listChanges = async (
  before: string,
  after: string,
  { json }: { readonly json?: true },
  command: Command,
): Promise<void> => {
  const changes = planChanges(await planIn(before, command), await planIn(after, command));
  if (json) return console.log(JSON.stringify(changes, null, 2));
  for (const change of changes) console.log(textOf(change));
  console.log(`変更${changes.length}件。挙げていない施策は、前年度と同じです。`);
};
