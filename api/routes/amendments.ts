import { z } from "zod";
import { draftContent, type ContentDraft } from "../../db/content.ts";
import { changedPlan, isUnfit, type PlanChange } from "../../domain/plan-change.ts";
import type { Plan } from "../../domain/plan.ts";
import { actRoute } from "../act-route.ts";
import { planOf, type Route } from "../acting.ts";
import { ProblemError } from "../problems.ts";
import { date, hash, line, organisation, person, reason, requestKind, time } from "../schemas.ts";
import { contactRole, ladder } from "./plan-schema.ts";
import { launchable } from "./plans.ts";

const newcomer = z
  .strictObject({
    id: person,
    name: line.exactOptional(),
    title: line.exactOptional(),
    email: z.email().exactOptional(),
  })
  .meta({ description: "計画にいる人は id だけでよい" });

/** What can be changed in a year's plan by itself. */
export const planChanges = [
  z.strictObject({ is: z.literal("holiday-added"), date, name: line }),
  z.strictObject({ is: z.literal("holiday-removed"), date }),
  z.strictObject({ is: z.literal("ladder"), kind: requestKind, rungs: ladder.max(50) }),
  z.strictObject({ is: z.literal("send-window"), from: time, until: time }),
  z.strictObject({
    is: z.literal("contact"),
    organisation,
    role: contactRole,
    leaves: person.nullable(),
    comes: newcomer.nullable(),
  }),
] as const;
const planChange = z.discriminatedUnion("is", planChanges) satisfies z.ZodType<PlanChange>;

/**
 * The plan with the change, as it would be stored.
 *
 * @throws ProblemError `invalid-body` where the change does not fit the plan, `plan-blocked` where lint lets no year
 * go by it
 */
export const draftPlan = (plan: Plan, change: PlanChange): ContentDraft<"plan"> => {
  const changed = changedPlan(plan, change);
  if (!isUnfit(changed)) return draftContent("plan", launchable(changed));
  const { unfit, message } = changed;
  throw new ProblemError("invalid-body", { errors: [{ pointer: `/change/${unfit}`, message }] });
};

/** 計画の変更: by a plan that is stored already, or by one change of the plan in force. */
export const amendmentRoutes: readonly Route[] = [
  actRoute({
    url: "/cycles/:cycle/amendments",
    name: "cycle.amend",
    summary: "計画の変更を記録する",
    body: z
      .strictObject({
        plan: hash.exactOptional().meta({ description: "登録済みの計画" }),
        change: planChange.exactOptional().meta({ description: "今の計画から変える一点" }),
        was: hash,
        reason,
      })
      .refine(({ plan, change }) => (plan === undefined) !== (change === undefined), {
        message: "plan と change のどちらか一方を書いてください。",
      }),
    given: async ({ plan, change, was, reason: why }, { desk }) => {
      if (change !== undefined) {
        const draft = draftPlan((await planOf(desk, was)).body, change);
        return { args: { plan: draft.ref.hash, was }, reason: why, contents: [draft] };
      }
      if (plan === undefined) throw new ProblemError("unknown-plan");
      launchable((await planOf(desk, plan)).body);
      return { args: { plan, was }, reason: why };
    },
  }),
];
