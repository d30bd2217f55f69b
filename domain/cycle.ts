import { stageOf } from "./act-stages.ts";
import type { ActOf } from "./acts.ts";
import { mayApprove, turnOf, type Ladder } from "./approval.ts";
import {
  allApproved,
  evaluationId,
  reviewEvaluations,
  writeEvaluations,
  type Evaluations,
} from "./evaluation.ts";
import type { PersonId, Sha256 } from "./ids.ts";
import { mayMerge } from "./merging.ts";
import { mayReviewNextPlan, preparedBy, withoutNextPlan, type NextPlanDraft } from "./next-plan-review.ts";
import type { ApprovalStep } from "./plan.ts";
import { isRefused, refuse, type Refused } from "./refusal.ts";
import { at, dateOf, type Instant, type PlainDate, plainTime } from "./time.ts";

/** The stages of the year in their order (design §2). Surveys run beside collection. */
export const stages = [
  "policy",
  "underway",
  "collection",
  "evaluation",
  "drafting",
  "consultation",
  "approval",
  "decision",
  "publication",
  "carry-over",
  "finished",
] as const;
export type Stage = (typeof stages)[number];

/** What the year decides with: taken from the plan when the cycle opens. */
export interface CycleRules {
  readonly approvers: readonly ApprovalStep[];
  readonly collectionOn: PlainDate;
  /** The first close among what is asked on fixed days; null where all is counted from the opening. */
  readonly collectionClosesAt: Instant | null;
  /** Every evaluation id and every domain key the plan asks for. */
  readonly evaluations: readonly string[];
  readonly domains: readonly string[];
  readonly stepped: boolean;
}

export interface Cycle extends NextPlanDraft {
  readonly stage: Stage;
  readonly plan: Sha256;
  readonly policy: {
    readonly ladder: Ladder | null;
    readonly contributors: readonly PersonId[];
  };
  readonly requestsOpened: boolean;
  readonly evaluations: Evaluations;
  readonly analyses: Readonly<Record<string, "needed" | "not-needed">>;
  /** Findings to carry over, from the record; filled when the stage begins. */
  readonly findings: Readonly<Record<string, "open" | "next" | "dropped">>;
}
export type CycleAct = ActOf<"cycle">;

export const newCycle = (plan: Sha256): Cycle => ({
  stage: "policy",
  plan,
  policy: { ladder: null, contributors: [] },
  requestsOpened: false,
  evaluations: {},
  analyses: {},
  findings: {},
});

/** Where the stage ends by a date and not by an act: collection begins at 0:00 of its day. */
export const stageEndsAt = (cycle: Cycle, rules: CycleRules): Instant | undefined =>
  cycle.stage === "underway" ? at(rules.collectionOn, plainTime("00:00")) : undefined;

/** True once every evaluation is approved and it is decided of every domain whether it is analysed. */
export const isEvaluated = (cycle: Cycle, rules: CycleRules): boolean =>
  allApproved(cycle.evaluations, rules.evaluations) &&
  rules.domains.every((domain) => cycle.analyses[domain] !== undefined);

/** The last approved evaluation or decided analysis opens the drafting of the report. */
const onward = (cycle: Cycle, rules: CycleRules): Cycle =>
  cycle.stage === "evaluation" && isEvaluated(cycle, rules) ? { ...cycle, stage: "drafting" } : cycle;

/** The day has come from which the data can be asked for. */
export const beginCollection = (cycle: Cycle): Cycle =>
  cycle.stage === "underway" ? { ...cycle, stage: "collection" } : cycle;

/** Every item of every request is settled. Word of it counts once, and only when requests were opened. */
export const endCollection = (cycle: Cycle, rules: CycleRules): Cycle =>
  cycle.stage === "collection" && cycle.requestsOpened
    ? onward({ ...cycle, stage: "evaluation" }, rules)
    : cycle;

/** The stages in which the year is where its report is. */
const reportStages = ["drafting", "consultation", "approval", "decision", "publication"] as const;
type ReportStageOfYear = (typeof reportStages)[number];
const isAtReport = ({ stage }: Cycle): boolean => reportStages.some((known) => known === stage);

/** The report moves the year, also back: what is returned is drafted again. */
export const followReport = (cycle: Cycle, stage: ReportStageOfYear): Cycle =>
  isAtReport(cycle) ? { ...cycle, stage } : cycle;

/** The report is published: each finding now waits to be carried over or dropped. */
export const beginCarryOver = (cycle: Cycle, findings: readonly string[]): Cycle =>
  isAtReport(cycle)
    ? {
        ...cycle,
        stage: "carry-over",
        findings: Object.fromEntries(findings.map((finding) => [finding, "open" as const])),
      }
    : cycle;

const submitPolicy = (
  cycle: Cycle,
  { args, actor }: CycleAct & { name: "cycle.submit-policy" },
  rules: CycleRules,
): Cycle => ({
  ...cycle,
  policy: {
    ladder: { hash: args.content.hash, steps: rules.approvers, passed: 0 },
    contributors: [...new Set([...cycle.policy.contributors, actor.person])],
  },
});

const reviewPolicy = (
  cycle: Cycle,
  act: CycleAct & { name: "cycle.approve-policy" | "cycle.return-policy" },
): Cycle | Refused => {
  const { ladder, contributors } = cycle.policy;
  if (ladder === null) return refuse("not-submitted");
  const may = mayApprove(ladder, {
    person: act.actor.person,
    hash: act.args.hash,
    at: act.at,
    contributors,
  });
  if (isRefused(may)) return may;
  if (act.name === "cycle.approve-policy")
    return { ...cycle, policy: { contributors, ladder: { ...ladder, passed: ladder.passed + 1 } } };
  return act.reason === null
    ? refuse("reason-missing")
    : { ...cycle, policy: { contributors, ladder: null } };
};

const decidePolicy = (cycle: Cycle, act: CycleAct & { name: "cycle.decide-policy" }): Cycle | Refused => {
  const { ladder, contributors } = cycle.policy;
  if (ladder === null || turnOf(ladder) !== undefined) return refuse("not-yet");
  if (act.args.hash !== ladder.hash) return refuse("other-version");
  if (act.args.heldOn > dateOf(act.at)) return refuse("not-yet");
  if (act.args.outcome === "decided") return { ...cycle, stage: "underway" };
  if (act.reason === null) return refuse("reason-missing");
  return act.args.outcome === "returned"
    ? { ...cycle, policy: { contributors, ladder: null } }
    : { ...cycle, stage: "underway" };
};

const carry = (cycle: Cycle, act: CycleAct & { name: "cycle.carry" }, rules: CycleRules): Cycle | Refused => {
  const { findings, into, followUp = "continue", target } = act.args;
  if (cycle.nextPlan !== undefined) return refuse("already-done");
  if (findings.length === 0) return refuse("nothing-given");
  if (findings.some((finding) => cycle.findings[finding] === undefined)) return refuse("unknown-finding");
  if (act.reason === null && (into === "dropped" || followUp !== "continue")) return refuse("reason-missing");
  if (followUp === "merge" && !mayMerge(findings, { target, asked: rules.evaluations }))
    return refuse("unknown-key");
  const carried = Object.fromEntries(findings.map((finding) => [finding, into]));
  return preparedBy({ ...cycle, findings: { ...cycle.findings, ...carried } }, [act.actor.person]);
};

const reviewPlan = (
  cycle: Cycle,
  { name, actor: { person }, args: { hash }, reason }: CycleAct & NextPlanReview,
): Cycle | Refused => {
  const returns = name === "cycle.return-next-plan";
  const may = mayReviewNextPlan(cycle, { person, hash, returns, reason });
  if (isRefused(may)) return may;
  return returns ? withoutNextPlan(cycle) : { ...cycle, stage: "finished" };
};
type NextPlanReview = { readonly name: "cycle.approve-next-plan" | "cycle.return-next-plan" };

const evaluated = (
  cycle: Cycle,
  act: CycleAct & { name: "cycle.evaluate" | "cycle.approve-evaluations" | "cycle.return-evaluations" },
  rules: CycleRules,
): Cycle | Refused => {
  const task = { entries: act.args.entries, person: act.actor.person, asked: rules.evaluations };
  if (act.name === "cycle.return-evaluations" && act.reason === null) return refuse("reason-missing");
  const next =
    act.name === "cycle.evaluate"
      ? writeEvaluations(cycle.evaluations, task)
      : reviewEvaluations(
          cycle.evaluations,
          task,
          act.name === "cycle.approve-evaluations" ? "approved" : "returned",
        );
  return isRefused(next) ? next : onward({ ...cycle, ...next }, rules);
};

/** While texts may still change. Later the version that is approved or decided says what was known. */
const correctable: readonly Stage[] = ["collection", "evaluation", "drafting", "consultation"];

export const mayBeCorrectedIn = (stage: Stage): boolean => correctable.includes(stage);

const mayCorrect = (cycle: Cycle, act: CycleAct & { name: "cycle.correct" }): Cycle | Refused => {
  if (!mayBeCorrectedIn(cycle.stage)) return refuse("wrong-stage");
  const { says } = act.args.answer;
  if (says === "provisional" || says === "unmeasurable") return refuse("data-only");
  return act.reason === null ? refuse("reason-missing") : cycle;
};

/** What is not approved is still judged while texts change: it was opened again, or an amendment asks for it. */
const isJudgedLate = ({ stage, evaluations, analyses }: Cycle, act: CycleAct): boolean => {
  if (stage !== "drafting" && stage !== "consultation") return false;
  if (act.name === "cycle.decide-analysis") return analyses[act.args.domain] === undefined;
  if (
    act.name !== "cycle.evaluate" &&
    act.name !== "cycle.approve-evaluations" &&
    act.name !== "cycle.return-evaluations"
  )
    return false;
  return act.args.entries.every(({ kind, key }) => evaluations[evaluationId(kind, key)]?.is !== "approved");
};

/** The decision on every act of a cycle. @returns a refusal, or the cycle as it then is */
export const decideCycle = (cycle: Cycle, act: CycleAct, rules: CycleRules): Cycle | Refused => {
  const stage = stageOf(act.name);
  if (stage !== undefined && stage !== cycle.stage && !isJudgedLate(cycle, act)) return refuse("wrong-stage");
  switch (act.name) {
    case "cycle.open":
      return refuse("already-done");
    case "cycle.submit-policy":
      return submitPolicy(cycle, act, rules);
    case "cycle.approve-policy":
    case "cycle.return-policy":
      return reviewPolicy(cycle, act);
    case "cycle.decide-policy":
      return decidePolicy(cycle, act);
    case "cycle.open-requests":
      return openRequests(cycle, act.at, rules);
    case "cycle.evaluate":
    case "cycle.approve-evaluations":
    case "cycle.return-evaluations":
      return evaluated(cycle, act, rules);
    case "cycle.decide-analysis":
      return decideAnalysis(cycle, act, rules);
    case "cycle.carry":
      return carry(cycle, act, rules);
    case "cycle.write-next-plan":
      if (cycle.nextPlan !== undefined) return refuse("already-done");
      if (Object.values(cycle.findings).includes("open")) return refuse("not-all-carried");
      return preparedBy(cycle, [act.actor.person]);
    case "cycle.approve-next-plan":
    case "cycle.return-next-plan":
      return reviewPlan(cycle, act);
    case "cycle.amend":
      return amend(cycle, act, rules);
    case "cycle.correct":
      return mayCorrect(cycle, act);
    case "cycle.advance":
      if (!rules.stepped) return refuse("not-stepped");
      return act.args.to > act.at ? cycle : refuse("not-forward");
  }
};

/** Nobody is asked for what would be closed before it is asked: an amended plan gives it another day. */
const openRequests = (cycle: Cycle, now: Instant, { collectionClosesAt }: CycleRules): Cycle | Refused => {
  if (cycle.requestsOpened) return refuse("already-done");
  return collectionClosesAt !== null && now > collectionClosesAt
    ? refuse("closed")
    : { ...cycle, requestsOpened: true };
};

const decideAnalysis = (
  cycle: Cycle,
  act: CycleAct & { name: "cycle.decide-analysis" },
  rules: CycleRules,
): Cycle | Refused => {
  const { domain, needed, content } = act.args;
  if (!rules.domains.includes(domain)) return refuse("unknown-key");
  if (act.reason === null) return refuse("reason-missing");
  if (needed && content === null) return refuse("nothing-given");
  const analyses = { ...cycle.analyses, [domain]: needed ? ("needed" as const) : ("not-needed" as const) };
  return onward({ ...cycle, analyses }, rules);
};

/**
 * Before the decision the plan is a draft and simply replaced, and whoever had approved the policy approves anew;
 * after publication nothing is amended. The rules are the new plan's.
 */
const amend = (cycle: Cycle, act: CycleAct & { name: "cycle.amend" }, rules: CycleRules): Cycle | Refused => {
  if (act.reason === null) return refuse("reason-missing");
  if (act.args.was !== cycle.plan) return refuse("other-version");
  if (stages.indexOf(cycle.stage) >= stages.indexOf("carry-over")) return refuse("wrong-stage");
  return onward({ ...cycle, plan: act.args.plan, policy: { ...cycle.policy, ladder: null } }, rules);
};
