import { z } from "zod";
import { storePlan } from "../../db/acts.ts";
import { plansOf } from "../../db/queries/plans.ts";
import { blocks, lintPlan } from "../../domain/lint.ts";
import type { Plan } from "../../domain/plan.ts";
import { access, keyHeader, once, planOf, refusals, type Route } from "../acting.ts";
import { actorOf } from "../plugins/actor.ts";
import { ProblemError } from "../problems.ts";
import { at, hash, listOf, sha } from "../schemas.ts";
import { planSchema } from "./plan-schema.ts";

/** FY2014 has a third of it. */
const PLAN_LIMIT_BYTES = 4 * 1024 * 1024;

const finding = z.object({
  level: z.enum(["block", "warn"]),
  code: z.string(),
  where: z.string(),
  message: z.string(),
  hint: z.string(),
});
const planEntry = z.object({
  hash: sha,
  year: z.int(),
  title: z.string(),
  storedAt: at,
  storedBy: z.string(),
});
/** @throws ProblemError `plan-blocked`, with all that is to be mended, where lint lets no year go by it */
export const launchable = (plan: Plan): Plan => {
  const findings = lintPlan(plan);
  if (blocks(findings)) throw new ProblemError("plan-blocked", { findings });
  return plan;
};

/** As it was stored; its form is that of the body of POST /plans. */
export const planReply = z
  .looseObject({ year: z.int(), title: z.string() })
  .meta({ description: "計画。形は POST /plans の本文と同じ" });

const storeOne: Route = (app, desk) => {
  const { db, clock } = desk;
  app.post(
    "/plans",
    {
      config: access("plan.store", "nothing"),
      bodyLimit: PLAN_LIMIT_BYTES,
      schema: {
        summary: "計画を登録する",
        headers: keyHeader,
        body: planSchema,
        response: { 200: z.object({ hash: sha.nullable(), findings: listOf(finding) }), ...refusals },
      },
    },
    async (request) => {
      const plan = launchable(request.body);
      const given = { plan, actor: actorOf(request), now: clock() };
      const { hash: stored } = await once(desk, request, (as) => storePlan(db, { ...given, ...as }));
      return { hash: stored, findings: lintPlan(plan) };
    },
  );
};

const listPlans: Route = (app, { db }) => {
  app.get(
    "/plans",
    {
      config: access("plans", "nothing"),
      schema: {
        summary: "登録された計画の一覧",
        response: { 200: z.object({ plans: listOf(planEntry) }), ...refusals },
      },
    },
    async () => ({ plans: await plansOf(db) }),
  );
};

const showPlan: Route = (app, desk) => {
  app.get(
    "/plans/:hash",
    {
      config: access("plan", "plan"),
      schema: {
        summary: "計画の全内容",
        params: z.object({ hash }),
        response: { 200: planReply, ...refusals },
      },
    },
    async (request) => ({ ...(await planOf(desk, request.params.hash)).body }),
  );
};

export const planRoutes: readonly Route[] = [storeOne, listPlans, showPlan];
