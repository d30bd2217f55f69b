import type { Change, Comment, MailOrder } from "../activities/contract.ts";
import type { ContentRef } from "../domain/acts.ts";
import { isConsulted, type Report, type ReportAct, type ReportStage } from "../domain/report.ts";
import type { Sha256 } from "../domain/ids.ts";
import {
  approvalRow,
  decisionMails,
  publishedMails,
  returnedMails,
  turnMails,
  type Matter,
} from "./approval-rows.ts";
import { reportWorkflowId, type ReportReached } from "./contract.ts";
import { cyclePath, mailOrder } from "./mail-orders.ts";

/** What an act has made of a report. Opening a consultation is recorded where its requests are opened. */
export interface ReportStep {
  readonly matter: Matter;
  readonly before: Report;
  readonly after: Report;
  readonly act: Exclude<ReportAct, { name: "report.consult" }>;
  /** The version a `report.compile` has made. */
  readonly version: ContentRef | null;
  /** Of the last consultation. */
  readonly comments: readonly Comment[];
}

/** The stage in which the year is while its report is at one of its own. */
export const stageInYear = ({ is }: ReportStage): ReportReached => (is === "published" ? "carry-over" : is);

/** What the act made or was about. */
export const hashOf = (act: ReportAct, version: ContentRef | null): Sha256 | null => {
  switch (act.name) {
    case "report.edit":
      return act.args.content.hash;
    case "report.compile":
      return version?.hash ?? null;
    case "report.dispose":
      return null;
    case "report.consult":
    case "report.submit":
    case "report.approve":
    case "report.return":
    case "report.decide":
    case "report.publish":
      return act.args.hash;
  }
};

const versionRows = ({ before, after, version }: ReportStep): readonly Change[] =>
  version === null || after.versions.length === before.versions.length
    ? []
    : [{ write: "version", content: version, number: after.versions.length }];

const reviewRows = (
  { matter, before: { stage } }: ReportStep,
  act: ReportAct & { name: "report.approve" | "report.return" },
): readonly Change[] => {
  const outcome = act.name === "report.approve" ? "approved" : "returned";
  return stage.is === "approval" ? [approvalRow(matter, { ladder: stage.ladder, act, outcome })] : [];
};

export const rowsOfReport = (step: ReportStep): readonly Change[] => {
  const { act, matter } = step;
  const { subject } = matter;
  switch (act.name) {
    case "report.edit":
      return [{ write: "edit", ...act.args }];
    case "report.compile":
      return versionRows(step);
    case "report.dispose": {
      const { comments, ...disposed } = act.args;
      return comments.map((comment) => ({ write: "disposition", comment, ...disposed }));
    }
    case "report.submit":
      return [{ write: "submission", subject, content: null, hash: act.args.hash }];
    case "report.approve":
    case "report.return":
      return reviewRows(step, act);
    case "report.decide":
      return [{ write: "decision", subject, ...act.args }];
    case "report.publish":
      return [{ write: "process", workflow: reportWorkflowId(matter.cycle), is: "closed" }];
  }
};

/** Everyone who commented hears what became of it, once all comments are disposed of. */
const dispositionMails = ({ matter, before, after, comments }: ReportStep): readonly MailOrder[] => {
  if (!isConsulted(after.stage) || isConsulted(before.stage)) return [];
  return [...new Set(comments.map(({ organisation }) => organisation))].map((organisation) =>
    mailOrder({
      letter: "disposition",
      to: { organisation, contact: "window" },
      path: cyclePath(matter.cycle),
      occurrence: `round ${after.rounds}`,
      detail: `提出いただいた意見${comments.filter((comment) => comment.organisation === organisation).length}件への対応を決めました。`,
    }),
  );
};

const approvalMails = ({ matter, before: { stage }, act }: ReportStep): readonly MailOrder[] =>
  stage.is === "approval"
    ? turnMails(matter, { ladder: { ...stage.ladder, passed: stage.ladder.passed + 1 }, act })
    : [];

export const mailsOfReport = (step: ReportStep): readonly MailOrder[] => {
  const { act, matter, after } = step;
  switch (act.name) {
    case "report.edit":
    case "report.compile":
      return [];
    case "report.dispose":
      return dispositionMails(step);
    case "report.submit":
      return after.stage.is === "approval" ? turnMails(matter, { ladder: after.stage.ladder, act }) : [];
    case "report.approve":
      return approvalMails(step);
    case "report.return":
      return returnedMails(matter, act);
    case "report.decide":
      return decisionMails(matter, act);
    case "report.publish":
      return publishedMails(matter, act.at);
  }
};

const stageText = (stage: ReportStage): string => {
  switch (stage.is) {
    case "drafting":
      return "原案の作成";
    case "consultation": {
      const open = Object.values(stage.comments).filter((disposition) => disposition === "open").length;
      return stage.answered ? `意見照会：対応が決まっていない意見 ${open}件` : "意見照会：回答待ち";
    }
    case "approval":
      return `決裁：${stage.ladder.steps.length}人中${stage.ladder.passed}人が承認`;
    case "decision":
      return "本部決定待ち";
    case "publication":
      return "公表待ち";
    case "published":
      return "公表済み";
  }
};

/** The report as an auditor reads it in the Temporal UI. */
export const detailsOfReport = ({ stage, versions, rounds }: Report): string =>
  [
    `**${stageText(stage)}**`,
    `版 ${versions.length}　意見照会 ${rounds}回`,
    ...versions.slice(-1).map((hash) => `最新の版 ${hash}`),
  ].join("\n\n");
