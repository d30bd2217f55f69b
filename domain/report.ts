import type { ActOf, Disposition } from "./acts.ts";
import { mayApprove, turnOf, type Ladder } from "./approval.ts";
import type { PersonId, Sha256 } from "./ids.ts";
import type { ApprovalStep } from "./plan.ts";
import { isRefused, refuse, type Refused } from "./refusal.ts";
import { dateOf } from "./time.ts";

/** Where the report is on its way. Each state carries only its own facts. */
export type ReportStage =
  | { readonly is: "drafting" }
  | {
      readonly is: "consultation";
      readonly hash: Sha256;
      /** False until the last organisation has answered or its term has ended. */
      readonly answered: boolean;
      readonly comments: Readonly<Record<string, Disposition | "open">>;
    }
  | { readonly is: "approval"; readonly ladder: Ladder }
  | { readonly is: "decision"; readonly hash: Sha256 }
  | { readonly is: "publication"; readonly hash: Sha256 }
  | { readonly is: "published"; readonly hash: Sha256 };

/** 年次報告. Versions are immutable; a hash names one. */
export interface Report {
  readonly stage: ReportStage;
  readonly versions: readonly Sha256[];
  /** Everyone who edited or compiled. */
  readonly contributors: readonly PersonId[];
  /** Consultations held so far; the first must be over before approval. */
  readonly rounds: number;
  /** True where the last version prints a judgement that is still open. Absent where it prints none. */
  readonly unjudged?: true;
}
export type ReportAct = ActOf<"report">;
export interface ReportRules {
  readonly approvers: readonly ApprovalStep[];
}

export const newReport: Report = { stage: { is: "drafting" }, versions: [], contributors: [], rounds: 0 };

const contributed = (report: Report, act: ReportAct): Report => ({
  ...report,
  contributors: [...new Set([...report.contributors, act.actor.person])],
});

/** Consultation ends when every organisation has answered and every comment is disposed of. */
export const isConsulted = (stage: ReportStage): boolean =>
  stage.is === "consultation" && stage.answered && !Object.values(stage.comments).includes("open");

/** Texts may change while drafting, and after a consultation to work its comments in. */
const mayWrite = ({ stage }: Report): boolean => stage.is === "drafting" || stage.is === "consultation";

const submit = (report: Report, hash: Sha256, rules: ReportRules): Report | Refused => {
  if (report.stage.is === "consultation" && !isConsulted(report.stage)) return refuse("not-all-disposed");
  if (!mayWrite(report)) return refuse("wrong-stage");
  if (report.rounds === 0) return refuse("consultation-missing");
  if (report.versions.at(-1) !== hash) return refuse("other-version");
  if (report.unjudged === true) return refuse("not-all-evaluated");
  return { ...report, stage: { is: "approval", ladder: { hash, steps: rules.approvers, passed: 0 } } };
};

const consult = (report: Report, hash: Sha256): Report | Refused => {
  if (report.stage.is === "consultation" && !isConsulted(report.stage)) return refuse("not-all-disposed");
  if (!mayWrite(report)) return refuse("wrong-stage");
  if (report.versions.at(-1) !== hash) return refuse("other-version");
  return {
    ...report,
    rounds: report.rounds + 1,
    stage: { is: "consultation", hash, answered: false, comments: {} },
  };
};

const dispose = (report: Report, act: ReportAct & { name: "report.dispose" }): Report | Refused => {
  const { stage } = report;
  const { comments, disposition } = act.args;
  if (stage.is !== "consultation") return refuse("wrong-stage");
  if (!stage.answered) return refuse("not-yet");
  if (comments.length === 0) return refuse("nothing-given");
  if (act.reason === null) return refuse("reason-missing");
  if (disposition !== "not-reflected" && act.args.change === undefined) return refuse("change-missing");
  if (comments.some((comment) => stage.comments[comment] === undefined)) return refuse("unknown-comment");
  if (comments.some((comment) => stage.comments[comment] !== "open")) return refuse("already-done");
  const disposed = Object.fromEntries(comments.map((comment) => [comment, disposition]));
  return { ...report, stage: { ...stage, comments: { ...stage.comments, ...disposed } } };
};

const review = (
  report: Report,
  act: ReportAct & { name: "report.approve" | "report.return" },
): Report | Refused => {
  const { stage, contributors } = report;
  if (stage.is !== "approval") return refuse("wrong-stage");
  const may = mayApprove(stage.ladder, {
    person: act.actor.person,
    hash: act.args.hash,
    at: act.at,
    contributors,
  });
  if (isRefused(may)) return may;
  if (act.name === "report.return")
    return act.reason === null ? refuse("reason-missing") : { ...report, stage: { is: "drafting" } };
  const ladder = { ...stage.ladder, passed: stage.ladder.passed + 1 };
  return {
    ...report,
    stage: turnOf(ladder) === undefined ? { is: "decision", hash: ladder.hash } : { is: "approval", ladder },
  };
};

/** Decided with changes: the reason holds them, and the hash is of the approved version they apply to. */
const decideReport = (report: Report, act: ReportAct & { name: "report.decide" }): Report | Refused => {
  const { stage } = report;
  if (stage.is !== "decision") return refuse("wrong-stage");
  if (act.args.hash !== stage.hash) return refuse("other-version");
  if (act.args.heldOn > dateOf(act.at)) return refuse("not-yet");
  if (act.args.outcome !== "decided" && act.reason === null) return refuse("reason-missing");
  return act.args.outcome === "returned"
    ? { ...report, stage: { is: "drafting" } }
    : { ...report, stage: { is: "publication", hash: stage.hash } };
};

/**
 * A compiled version joins; compiled anew from an unchanged record it is the same one.
 *
 * @param unjudged how many of the judgements it prints are still open
 */
export const withVersion = (report: Report, hash: Sha256, unjudged = 0): Report => {
  const { unjudged: before, ...rest } = report;
  const isSame = report.versions.at(-1) === hash;
  if (isSame && (before === true) === unjudged > 0) return report;
  const versions = isSame ? report.versions : [...report.versions, hash];
  return { ...rest, versions, ...(unjudged === 0 ? {} : { unjudged: true }) };
};

/** The last organisation has answered. Word of an earlier round, or a second one, changes nothing. */
export const endConsultation = (
  report: Report,
  { round, comments }: { readonly round: number; readonly comments: readonly string[] },
): Report => {
  const { stage, rounds } = report;
  if (stage.is !== "consultation" || round !== rounds || stage.answered) return report;
  const open = Object.fromEntries(comments.map((comment) => [comment, "open" as const]));
  return { ...report, stage: { ...stage, answered: true, comments: open } };
};

/** The decision on every act of a report. @returns a refusal, or the report as it then is */
export const decideReportAct = (report: Report, act: ReportAct, rules: ReportRules): Report | Refused => {
  switch (act.name) {
    case "report.edit":
    case "report.compile":
      return mayWrite(report) ? contributed(report, act) : refuse("wrong-stage");
    case "report.consult":
      return consult(report, act.args.hash);
    case "report.dispose":
      return dispose(report, act);
    case "report.submit":
      return submit(report, act.args.hash, rules);
    case "report.approve":
    case "report.return":
      return review(report, act);
    case "report.decide":
      return decideReport(report, act);
    case "report.publish":
      if (report.stage.is !== "publication") return refuse("wrong-stage");
      if (act.args.hash !== report.stage.hash) return refuse("other-version");
      return { ...report, stage: { is: "published", hash: report.stage.hash } };
  }
};
