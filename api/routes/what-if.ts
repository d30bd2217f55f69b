import { z } from "zod";
import { yearStanding } from "../../db/queries/year-standing.ts";
import type { Standing } from "../../domain/forecast-standing.ts";
import type { CycleKey, Sha256 } from "../../domain/ids.ts";
import { reasonFor, type PlanChange } from "../../domain/plan-change.ts";
import { judge, type Action } from "../../domain/policy.ts";
import { isRefused } from "../../domain/refusal.ts";
import { whatIfDue, whatIfPlan, type DueAct } from "../../domain/what-if.ts";
import { access, knownCycle, nowOf, planOf, refusals, type Desk, type Route } from "../acting.ts";
import { ProblemError } from "../problems.ts";
import { at, date, id, inCycle, listOf, reason, requestKind, sha } from "../schemas.ts";
import { draftPlan, planChanges } from "./amendments.ts";
import { courseSchema, plannedMail } from "./preview.ts";

const due = z.strictObject({ is: z.literal("due"), request: id, dueOn: date });
const anyChange = z.discriminatedUnion("is", [due, ...planChanges]);

const whys = listOf(z.string());
const term = z.object({ dueAt: at, closeAt: at, why: z.object({ due: whys, close: whys }) }).nullable();
const step = z
  .object({
    act: z.string(),
    by: z.string(),
    method: z.literal("POST"),
    path: z.string(),
    body: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "Step", description: "そのまま送れば行われる操作。by はできる役職" });
const found = z
  .object({
    now: at,
    plan: z.object({ was: sha, becomes: sha }).nullable(),
    dates: listOf(
      z.object({
        request: z.string(),
        kind: requestKind,
        organisation: z.string(),
        before: term,
        after: term,
      }),
    ),
    mails: z.object({
      before: z.int(),
      after: z.int(),
      added: listOf(plannedMail),
      removed: listOf(plannedMail),
      moved: listOf(z.object({ from: plannedMail, to: plannedMail })),
    }),
    decision: z.object({ before: courseSchema, after: courseSchema }),
    apply: step,
    afterwards: step.nullable().meta({ description: "apply のあとに要る、別の人の操作" }),
  })
  .meta({ id: "WhatIf", description: "変更した場合の違い。何も変えない" });
type Found = z.output<typeof found>;
type Step = z.output<typeof step>;

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

type DueChange = z.output<typeof due>;

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

const standingOf = async (desk: Desk, cycle: CycleKey): Promise<{ standing: Standing; was: Sha256 }> => {
  const known = await knownCycle(desk, cycle);
  const { body: plan } = await planOf(desk, known.plan);
  const now = nowOf(desk, known);
  return { standing: await yearStanding(desk.db, { cycle, stage: known.stage, plan, now }), was: known.plan };
};

const whatIf: Route = (app, desk) => {
  app.post(
    "/cycles/:cycle/what-if",
    {
      config: access("what-if", "cycle"),
      schema: {
        summary: "変更した場合に変わる日付とメールを確かめる（何も変えない）",
        params: inCycle,
        body: z.strictObject({ change: anyChange, reason: reason.exactOptional() }),
        response: { 200: found, ...refusals },
      },
    },
    async (request) => {
      const { change, reason: given } = request.body;
      const { standing, was } = await standingOf(desk, request.params.cycle);
      return change.is === "due"
        ? ifDue(standing, change, given ?? "期限を変更するため。")
        : ifPlan(standing, { change, was, why: given ?? reasonFor(change) });
    },
  );
};

/** A question, not an act: it needs no key and leaves no trace. */
export const whatIfRoutes: readonly Route[] = [whatIf];
