import process from "node:process";
import { Command } from "commander";
import { lintPlan } from "../domain/lint.ts";
import type { LintFinding } from "../domain/lint-finding.ts";
import type { Plan } from "../domain/plan.ts";
import { exportPlan } from "../plans/export-plan.ts";
import { planJsonSchema } from "../plans/json-schema.ts";
import { readPlan } from "../plans/read-plan.ts";
import type { PlanProblem } from "../plans/read-yaml.ts";
import { listChanges } from "./plan-changes.ts";
import { newPlan, yearArgument } from "./plan-new.ts";
import { previewed, whoArgument } from "./plan-preview.ts";

interface Output {
  readonly json?: true;
}

const printJson = (value: unknown): void => console.log(JSON.stringify(value, null, 2));

const problemText = ({ file, line, path, message }: PlanProblem): string =>
  [`${file}${line === null ? "" : `:${line}`}`, path, message].filter((part) => part !== "").join("  ");

const findingText = ({ level, where, message, hint }: LintFinding): string =>
  `${level === "block" ? "［不可］" : "［注意］"}${where}\n    ${message}${hint}`;

const levelCount = (findings: readonly LintFinding[], level: LintFinding["level"]): number =>
  findings.filter((finding) => finding.level === level).length;

const lint = async (folder: string, { json }: Output): Promise<void> => {
  const read = await readPlan(folder);
  const problems = read.ok ? [] : read.problems;
  const findings = read.ok ? lintPlan(read.plan) : [];
  const blocking = levelCount(findings, "block");
  if (!read.ok || blocking > 0) process.exitCode = 1;
  if (json) return printJson({ ok: read.ok && blocking === 0, problems, findings });
  for (const problem of problems) console.log(`［読めません］${problemText(problem)}`);
  for (const finding of findings) console.log(findingText(finding));
  console.log(
    read.ok
      ? `不可${blocking}件、注意${levelCount(findings, "warn")}件。${blocking === 0 ? "この計画で始められます。" : "不可をすべて直すまで始められません。"}`
      : `計画を読めません（${problems.length}件）。直してから、もう一度確かめてください。`,
  );
};

/** One line an indicator, for a quick look. */
const printCatalogue = (plan: Plan): void => {
  for (const measure of exportPlan(plan).measures)
    for (const { key, text, owners } of measure.indicators)
      console.log(
        [key, measure.name, text, owners.map(({ organisation }) => organisation).join("、")].join("\t"),
      );
};

const exported = async (folder: string, { json }: Output): Promise<void> => {
  const read = await readPlan(folder);
  if (read.ok) return json ? printJson(exportPlan(read.plan)) : printCatalogue(read.plan);
  for (const problem of read.problems) console.error(problemText(problem));
  process.exitCode = 1;
};

/** `nenrin plan …`: what can be done with a plan's folder without any service. */
export const planCommand = (): Command => {
  const plan = new Command("plan").description("計画ファイル（plans/fy2014 など）を確かめ、書き出す");
  plan
    .command("lint")
    .description("計画に誤りや不足がないか確かめる。始められないときは終了コード1")
    .argument("<folder>", "計画のフォルダ")
    .option("--json", "JSONで書き出す")
    .action(lint);
  plan
    .command("export")
    .description("施策・状況・担当を書き出す")
    .argument("<folder>", "計画のフォルダ")
    .option("--json", "JSONで書き出す")
    .action(exported);
  plan
    .command("preview")
    .description("計画どおりに送られるメールを、始める前にすべて確かめる")
    .argument("<folder>", "計画のフォルダ")
    .option("--who <who>", "nobody（誰も答えない）か everybody（全員が答える）", whoArgument, "nobody")
    .option("--json", "JSONで書き出す")
    .action(previewed);
  plan
    .command("new")
    .description("別の年度の計画から、年度を指定して新しい計画を作る。日程は開庁日に移す")
    .argument("<year>", "年度（西暦）。2015 は平成27年度", yearArgument)
    .requiredOption("--from <folder>", "元にする計画のフォルダ")
    .option("--to <folder>", "作るフォルダ。なければ元の隣の fy<年度>")
    .action(newPlan);
  plan
    .command("changes")
    .description("前年度の計画からの変更の一覧")
    .argument("<before>", "前年度の計画のフォルダ")
    .argument("<after>", "今年度の計画のフォルダ")
    .option("--json", "JSONで書き出す")
    .action(listChanges);
  plan
    .command("schema")
    .description("計画ファイルのJSON Schema（plans/schema.json）を書き出す")
    .action(() => printJson(planJsonSchema()));
  return plan;
};
