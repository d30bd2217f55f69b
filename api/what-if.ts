import { yearStanding } from "../db/queries/year-standing.ts";
import type { CycleStanding } from "../db/queries/cycles.ts";
import type { StoredContent } from "../db/queries/content.ts";
import type { Db } from "../db/client.ts";
import type { Sha256 } from "../domain/ids.ts";
import type { Standing } from "../domain/forecast-standing.ts";
import { reasonFor, type PlanChange } from "../domain/plan-change.ts";
import { judge, type Action } from "../domain/policy.ts";
import { isRefused } from "../domain/refusal.ts";
import type { Instant, PlainDate } from "../domain/time.ts";
import { whatIfDue, whatIfPlan, type DueAct, type WhatIf } from "../domain/what-if.ts";
import { ProblemError } from "./problems.ts";
import { draftPlan } from "./routes/amendments.ts";

/** 試算: what a change would come to, and by which acts it would be. Changes nothing. */

export type DueChange = { readonly is: "due"; readonly request: string; readonly dueOn: PlainDate };
export type AnyChange = DueChange | PlanChange;

/** An act as a caller of the API would send it. */
export interface Step {
  readonly act: Action;
  /** The role that may do it. */
  readonly by: string;
  readonly method: "POST";
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}
export interface Found extends WhatIf {
  readonly plan: { readonly was: Sha256; readonly becomes: Sha256 } | null;
  readonly apply: Step;
  /** What somebody else has to do after it. */
  readonly afterwards: Step | null;
}

/** Whose act it is, as the authorisation table has it. */
const doer = (action: Action): string =>
  (["preparer", "approver", "contact"] as const).find((role) => judge(role, action, "own") === "allowed") ??
  "nobody";

const stepOf = (act: Action, path: string, body: Step["body"]): Step => ({
  act,
  by: doer(act),
  method: "POST",
  path: `/api/v1${path}`,
  body,
});

const dueStep = (act: DueAct, { request, dueOn }: DueChange, why: string): Step => {
  const path = `/requests/${request}`;
  switch (act) {
    case "request.ask-extension":
      return stepOf(act, `${path}/extension`, { dueOn, reason: why });
    case "request.grant-extension":
      return stepOf(act, `${path}/extension/grant`, {});
    case "request.shorten":
      return stepOf(act, `${path}/shortening`, { dueOn, reason: why });
  }
};

const ifDue = (standing: Standing, asked: DueChange, why: string): Found => {
  const change = { request: asked.request, dueOn: asked.dueOn, reason: why };
  const result = whatIfDue(standing, change);
  if (isRefused(result)) throw new ProblemError(result.refused);
  const { acts, ...future } = result;
  const [apply, afterwards = null] = acts.map((act) => dueStep(act, asked, why));
  if (apply === undefined) throw new Error("nothing moves a due date by itself");
  return { ...future, plan: null, apply, afterwards };
};

/** @param was hash of the plan in force */
const ifPlan = (
  standing: Standing,
  { change, was, why }: { readonly change: PlanChange; readonly was: Sha256; readonly why: string },
): Found => {
  const { ref, body } = draftPlan(standing.plan, change);
  const apply = stepOf("cycle.amend", `/cycles/${standing.cycle}/amendments`, { change, was, reason: why });
  return { ...whatIfPlan(standing, body), plan: { was, becomes: ref.hash }, apply, afterwards: null };
};

export interface WhatIfOf {
  readonly cycle: Pick<CycleStanding, "cycle" | "stage" | "plan">;
  readonly plan: StoredContent<"plan">["body"];
  /** The cycle's. */
  readonly now: Instant;
  readonly change: AnyChange;
  /** Why, where whoever asks gives a reason of his own. */
  readonly reason: string | undefined;
}

/** @throws ProblemError where the change does not fit the year */
export const whatIf = async (db: Db, of: WhatIfOf): Promise<Found> => {
  const { plan, now, change, reason } = of;
  const { cycle, stage, plan: was } = of.cycle;
  const standing = await yearStanding(db, { cycle, stage, plan, now });
  return change.is === "due"
    ? ifDue(standing, change, reason ?? "期限を変更するため。")
    : ifPlan(standing, { change, was, why: reason ?? reasonFor(change) });
};
