import { z } from "zod";
import { carriedFindings, findingsOf } from "../../db/queries/findings.ts";
import { nextPlanStanding } from "../../db/queries/next-plan.ts";
import type { CycleKey, Sha256 } from "../../domain/ids.ts";
import { nextPlanChanges, uncarried } from "../../domain/next-plan-changes.ts";
import { actRoute } from "../act-route.ts";
import { access, knownCycle, planOf, refusals, type Desk, type Route } from "../acting.ts";
import { ProblemError } from "../problems.ts";
import { at, hash, inCycle, listOf, reason, sha } from "../schemas.ts";
import { launchable } from "./plans.ts";

const who = z.object({ by: z.string(), at });
const shown = z
  .object({
    plan: sha.nullable().meta({ description: "決裁の対象又は承認された計画" }),
    submitted: who.nullable(),
    approved: who.nullable(),
    returns: listOf(who.extend({ reason: z.string() })),
    changes: listOf(
      z.object({
        measure: z
          .string()
          .nullable()
          .meta({ description: "次年度の番号。null は、これから書くもの、廃止したもの" }),
        from: listOf(z.string()).meta({ description: "今年度の番号" }),
        change: z.enum(["continued", "modified", "new", "merged", "removed"]),
        name: z.string(),
        differences: listOf(z.string()),
        findings: listOf(z.string()),
        sources: listOf(z.string()),
        note: z.string().nullable(),
      }),
    ),
    carriedOver: listOf(
      z.object({ origin: z.string(), cause: z.string(), note: z.string(), fromYear: z.int() }),
    ).meta({ description: "次年度に引き継ぐ事項。origin は次年度の計画の番号" }),
    dropped: listOf(
      z.object({
        id: z.string(),
        cause: z.string(),
        origin: z.string(),
        note: z.string(),
        reason: z.string().nullable(),
      }),
    ).meta({ description: "次年度に反映しない事項と、その理由" }),
  })
  .meta({ id: "NextPlan", description: "次年度の計画（案）と、今年度の計画からの変更の一覧" });

const showNextPlan: Route = (app, desk) => {
  app.get(
    "/cycles/:cycle/next-plan",
    {
      config: access("next-plan", "cycle"),
      schema: { summary: "次年度の計画と変更の一覧", params: inCycle, response: { 200: shown, ...refusals } },
    },
    async (request) => {
      const { cycle } = request.params;
      const { plan } = await knownCycle(desk, cycle);
      const standing = await nextPlanStanding(desk.db, cycle);
      const dropped = (await findingsOf(desk.db, cycle)).filter(({ into }) => into === "dropped");
      const { measures: changes, carriedOver } =
        standing.plan === null
          ? { measures: [], carriedOver: [] }
          : nextPlanChanges(
              (await planOf(desk, plan)).body,
              (await planOf(desk, standing.plan)).body,
              dropped,
            );
      return { ...standing, changes, carriedOver, dropped };
    },
  );
};

/** @throws ProblemError where the plan is no launchable one of the next year with all that was carried into it */
const fitting = async (
  desk: Desk,
  { cycle, plan: named }: { readonly cycle: CycleKey; readonly plan: Sha256 },
): Promise<void> => {
  const plan = launchable((await planOf(desk, named)).body);
  const { year } = await knownCycle(desk, cycle);
  if (plan.year !== year + 1) throw new ProblemError("not-next-year");
  const missing = uncarried(plan, await carriedFindings(desk.db, cycle));
  if (missing.length > 0)
    throw new ProblemError("not-carried", {
      errors: missing.map((message) => ({ pointer: "/plan", message })),
    });
};

const ofPlan = z.strictObject({ hash: hash.meta({ description: "次年度の計画のSHA-256" }) });

/** 次年度の計画: written from what is carried over, approved by one who did not prepare it; that ends the year. */
export const nextPlanRoutes: readonly Route[] = [
  showNextPlan,
  actRoute({
    url: "/cycles/:cycle/next-plan",
    name: "cycle.write-next-plan",
    summary: "次年度の計画を作成し、決裁に回す",
    body: z.strictObject({
      plan: hash
        .exactOptional()
        .meta({ description: "登録済みの次年度の計画。省くと、今年度の計画と反映事項から作る" }),
    }),
    given: async (args, { cycle, desk }) => {
      if (args.plan !== undefined) await fitting(desk, { cycle, plan: args.plan });
      return { args };
    },
  }),
  actRoute({
    url: "/cycles/:cycle/next-plan/approval",
    name: "cycle.approve-next-plan",
    summary: "次年度の計画を承認する",
    body: ofPlan,
    given: (args) => ({ args }),
  }),
  actRoute({
    url: "/cycles/:cycle/next-plan/return",
    name: "cycle.return-next-plan",
    summary: "次年度の計画を差し戻す",
    body: z.strictObject({ ...ofPlan.shape, reason }),
    given: ({ reason: why, ...args }) => ({ args, reason: why }),
  }),
];
