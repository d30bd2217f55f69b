import type { Change, MailOrder } from "../activities/contract.ts";
import type { EvaluationEntry } from "../domain/acts.ts";
import type { Cycle, CycleAct, Stage } from "../domain/cycle.ts";
import type { Sha256 } from "../domain/ids.ts";
import {
  approvalRow,
  decisionMails,
  returnedMails,
  reviewMails,
  turnMails,
  type Matter,
} from "./approval-rows.ts";
import { cycleWorkflowId } from "./contract.ts";
import { cyclePath, mailOrder } from "./mail-orders.ts";

/** An act that changes a cycle that is open. Opening requests is recorded where they are opened. */
export type OpenCycleAct = Exclude<CycleAct, { name: "cycle.open" | "cycle.open-requests" }>;

export interface CycleStep {
  readonly matter: Matter;
  readonly before: Cycle;
  readonly after: Cycle;
  readonly act: OpenCycleAct;
  /** What a `cycle.write-next-plan` has composed. */
  readonly nextPlan: Sha256 | null;
  /** The judgements that a `cycle.correct` has opened again. */
  readonly reopened: readonly EvaluationEntry[];
}

/** What the act made or was about. */
export const hashOf = ({ act, nextPlan }: CycleStep): Sha256 | null => {
  switch (act.name) {
    case "cycle.submit-policy":
      return act.args.content.hash;
    case "cycle.approve-policy":
    case "cycle.return-policy":
    case "cycle.decide-policy":
    case "cycle.approve-next-plan":
    case "cycle.return-next-plan":
      return act.args.hash;
    case "cycle.amend":
      return act.args.plan;
    case "cycle.write-next-plan":
      return nextPlan;
    case "cycle.correct":
      return act.args.answer.content.hash;
    case "cycle.decide-analysis":
      return act.args.content?.hash ?? null;
    case "cycle.evaluate":
    case "cycle.approve-evaluations":
    case "cycle.return-evaluations":
    case "cycle.carry":
    case "cycle.advance":
      return null;
  }
};

const evaluationRows = (
  entries: readonly EvaluationEntry[],
  is: "drafted" | "approved" | "returned" | "reopened",
): readonly Change[] => entries.map((entry) => ({ write: "evaluation", ...entry, is }));

const reviewRows = (
  { matter, before }: CycleStep,
  act: CycleAct & { name: "cycle.approve-policy" | "cycle.return-policy" },
): readonly Change[] => {
  const { ladder } = before.policy;
  const outcome = act.name === "cycle.approve-policy" ? "approved" : "returned";
  return ladder === null ? [] : [approvalRow(matter, { ladder, act, outcome })];
};

/** The answer as one more version of it, and its item settled by it. */
const correctionRows = ({ args: { answer } }: CycleAct & { name: "cycle.correct" }): readonly Change[] => {
  const { says, item } = answer;
  return says === "value" || says === "nil" || says === "not-applicable"
    ? [
        { write: "answer", answer },
        { write: "item", item, state: { is: says, answer } },
      ]
    : [];
};

const NEXT_PLAN = "next-plan";
const nextPlanRow = (
  { args }: CycleAct & { name: "cycle.approve-next-plan" | "cycle.return-next-plan" },
  outcome: "approved" | "returned",
): Change => ({ write: "approval", subject: NEXT_PLAN, hash: args.hash, outcome, standsInFor: null });

const actRows = (step: CycleStep): readonly Change[] => {
  const { act, nextPlan } = step;
  const { subject } = step.matter;
  switch (act.name) {
    case "cycle.submit-policy": {
      const { content } = act.args;
      return [{ write: "submission", subject, content, hash: content.hash }];
    }
    case "cycle.approve-policy":
    case "cycle.return-policy":
      return reviewRows(step, act);
    case "cycle.decide-policy":
      return [{ write: "decision", subject, ...act.args }];
    case "cycle.amend":
      return [{ write: "plan", plan: act.args.plan }];
    case "cycle.evaluate":
      return evaluationRows(act.args.entries, "drafted");
    case "cycle.approve-evaluations":
      return evaluationRows(act.args.entries, "approved");
    case "cycle.return-evaluations":
      return evaluationRows(act.args.entries, "returned");
    case "cycle.decide-analysis":
      return [{ write: "analysis", ...act.args }];
    case "cycle.correct":
      return [...correctionRows(act), ...evaluationRows(step.reopened, "reopened")];
    case "cycle.carry": {
      const { findings, ...carried } = act.args;
      return findings.map((finding) => ({ write: "finding", finding, ...carried }));
    }
    case "cycle.write-next-plan":
      return nextPlan === null
        ? []
        : [
            { write: "next-plan", plan: nextPlan },
            { write: "submission", subject: NEXT_PLAN, content: null, hash: nextPlan },
          ];
    case "cycle.approve-next-plan":
      return [nextPlanRow(act, "approved")];
    case "cycle.return-next-plan":
      return [nextPlanRow(act, "returned"), { write: "next-plan", plan: null }];
    case "cycle.advance":
      return [{ write: "clock", now: act.args.to }];
  }
};

/** A stage that is entered; the last one closes the cycle. */
export const stageRows = ({ cycle }: Matter, stage: Stage): readonly Change[] => [
  { write: "stage", stage },
  ...(stage === "finished"
    ? [{ write: "process", workflow: cycleWorkflowId(cycle), is: "closed" } as const]
    : []),
];

export const rowsOfCycle = (step: CycleStep): readonly Change[] => [
  ...actRows(step),
  ...(step.after.stage === step.before.stage ? [] : stageRows(step.matter, step.after.stage)),
];

/** What a stage asks of its preparers when it begins; undefined where an act or a letter has said it. */
const taskOf = (stage: Stage): string | undefined => {
  switch (stage) {
    case "collection":
      return "データの把握を始められます。照会を開始してください。";
    case "evaluation":
      return "全ての照会が決着しました。評価を行ってください。";
    case "drafting":
      return "年次報告の原案を作成してください。";
    case "carry-over":
      return "年次報告を公表しました。次年度への反映を決めてください。";
    case "policy":
    case "underway":
    case "consultation":
    case "approval":
    case "decision":
    case "publication":
    case "finished":
      return undefined;
  }
};

/** @param occurrence tells a stage that is entered again from its first time */
export const stageMails = ({ cycle }: Matter, stage: Stage, occurrence: string): readonly MailOrder[] => {
  const detail = taskOf(stage);
  if (detail === undefined) return [];
  const to = { staff: "preparer" } as const;
  return [
    mailOrder({ letter: "notice", to, path: cyclePath(cycle), occurrence: `${stage} ${occurrence}`, detail }),
  ];
};

/** Whoever prepares hears which judgements have to be made again, and why. */
const reopenedMails = (
  { matter, reopened }: CycleStep,
  { id, reason, args }: CycleAct & { name: "cycle.correct" },
): readonly MailOrder[] => {
  if (reopened.length === 0) return [];
  const keys = reopened.map(({ kind, key }) => `${kind === "output" ? "施策" : "分野"}${key}`).join("、");
  return [
    mailOrder({
      letter: "notice",
      to: { staff: "preparer" },
      path: cyclePath(matter.cycle),
      occurrence: id,
      detail: `回答（${args.answer.item}）が訂正されました。これを根拠とした評価${reopened.length}件（${keys}）を改めて行ってください。理由：${reason ?? ""}`,
    }),
  ];
};

const actMails = (step: CycleStep): readonly MailOrder[] => {
  const { matter, after, act } = step;
  const { ladder } = after.policy;
  switch (act.name) {
    case "cycle.submit-policy":
    case "cycle.approve-policy":
      return ladder === null ? [] : turnMails(matter, { ladder, act });
    case "cycle.return-policy":
      return returnedMails(matter, act);
    case "cycle.decide-policy":
      return decisionMails(matter, act);
    case "cycle.return-evaluations":
      return [
        mailOrder({
          letter: "notice",
          to: { staff: "preparer" },
          path: cyclePath(matter.cycle),
          occurrence: act.id,
          detail: `評価が差し戻されました（${act.args.entries.length}件）。理由：${act.reason ?? ""}`,
        }),
      ];
    case "cycle.correct":
      return reopenedMails(step, act);
    case "cycle.write-next-plan":
      return reviewMails({ ...matter, subject: NEXT_PLAN }, act);
    case "cycle.return-next-plan":
      return returnedMails({ ...matter, subject: NEXT_PLAN }, act);
    case "cycle.amend":
    case "cycle.evaluate":
    case "cycle.approve-evaluations":
    case "cycle.decide-analysis":
    case "cycle.carry":
    case "cycle.approve-next-plan":
    case "cycle.advance":
      return [];
  }
};

export const mailsOfCycle = (step: CycleStep): readonly MailOrder[] => [
  ...actMails(step),
  ...(step.after.stage === step.before.stage ? [] : stageMails(step.matter, step.after.stage, step.act.id)),
];

const stageNames: Readonly<Record<Stage, string>> = {
  policy: "実施方針の策定",
  underway: "施策の実施",
  collection: "データの把握",
  evaluation: "評価",
  drafting: "原案の作成",
  consultation: "意見照会",
  approval: "決裁",
  decision: "本部決定",
  publication: "公表",
  "carry-over": "次年度への反映",
  finished: "終了",
};

/** The cycle as an auditor reads it in the Temporal UI. */
export const detailsOfCycle = ({ stage, plan, policy, evaluations, findings }: Cycle): string => {
  const approved = Object.values(evaluations).filter(({ is }) => is === "approved").length;
  const open = Object.values(findings).filter((into) => into === "open").length;
  return [
    `**${stageNames[stage]}**`,
    `計画 ${plan}`,
    ...(policy.ladder === null
      ? []
      : [`実施方針 ${policy.ladder.hash}：${policy.ladder.steps.length}人中${policy.ladder.passed}人が承認`]),
    ...(approved === 0 ? [] : [`承認された評価 ${approved}件`]),
    ...(stage === "carry-over" ? [`反映が決まっていない事項 ${open}件`] : []),
  ].join("\n\n");
};
