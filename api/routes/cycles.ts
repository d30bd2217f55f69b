import { z } from "zod";
import type { Db, Tx } from "../../db/client.ts";
import { takenCycles } from "../../db/queries/acts.ts";
import { cyclesOf, itemCounts, requestCounts, stagesOf } from "../../db/queries/cycles.ts";
import { approvalStanding } from "../../db/queries/standing.ts";
import type { Actor } from "../../domain/acts.ts";
import { stages } from "../../domain/cycle.ts";
import { cycleKey, isRehearsal, type CycleKey, type FiscalYear, type Sha256 } from "../../domain/ids.ts";
import { at as instantAt, dateOf } from "../../domain/time.ts";
import { cycleWorkflowId } from "../../workflows/contract.ts";
import { actRoute } from "../act-route.ts";
import {
  access,
  answerAct,
  doneSchema,
  keyHeader,
  knownCycle,
  listedFor,
  nowOf,
  performFor,
  planOf,
  refusals,
  storedSchema,
  type Desk,
  type Route,
} from "../acting.ts";
import type { Prepared } from "../acts.ts";
import { asOfQuery, readAsOf } from "../past.ts";
import { actorOf } from "../plugins/actor.ts";
import { ProblemError } from "../problems.ts";
import { approvalSchema, at, countsByKind, hash, inCycle, listOf, nothing, sha } from "../schemas.ts";
import { launchable, planReply } from "./plans.ts";

const listed = z.object({
  cycle: z.string(),
  year: z.int(),
  stage: z.enum(stages),
  stepped: z.boolean(),
  now: at,
  openedAt: at,
  plan: sha,
  nextPlan: sha.nullable(),
});
const shown = listed
  .extend({
    title: z.string(),
    stages: listOf(z.object({ stage: z.enum(stages), enteredAt: at })),
    policy: approvalSchema,
    requests: countsByKind,
    items: z.record(z.string(), z.int()),
  })
  .meta({ id: "Cycle" });

/** 2014 for the real year, and for rehearsals the next number that nobody has used. */
const nextKey = (year: FiscalYear, taken: readonly CycleKey[], rehearsal: boolean): CycleKey => {
  if (!rehearsal) return cycleKey(String(year));
  const numbers = taken
    .filter((key) => isRehearsal(key) && key.startsWith(`${year}-r`))
    .map((key) => Number(key.slice(`${year}-r`.length)));
  return cycleKey(`${year}-r${Math.max(0, ...numbers) + 1}`);
};

/** A plan that lint blocks opens nothing; one whose dates lie in the past can only be rehearsed. */
const opening = async (
  desk: Desk,
  { plan: planHash, rehearsal }: { readonly plan: Sha256; readonly rehearsal: boolean },
): Promise<Prepared<"cycle.open">> => {
  const { db, clock } = desk;
  const plan = launchable((await planOf(desk, planHash)).body);
  if (plan.dates.policyDecisionOn < dateOf(clock()) && !rehearsal)
    throw new ProblemError("only-as-rehearsal");
  const taken = await takenCycles(db);
  const cycle = nextKey(plan.year, taken, rehearsal);
  if (taken.includes(cycle)) throw new ProblemError("already-done");
  return {
    cycle,
    workflow: cycleWorkflowId(cycle),
    args: { plan: planHash, stepped: rehearsal },
    reason: null,
    at: rehearsal ? instantAt(plan.dates.opensOn, plan.sendWindow.from) : clock(),
  };
};

const none = { open: 0, settled: 0 };
const nothingCounted = {
  requests: { data: none, survey: none, chapter: none, consultation: none },
  items: {},
};

/** Of the requests the actor may see, how many there are and how they stand. */
const countsFor = async (db: Db | Tx, actor: Actor, cycle: CycleKey) => {
  const whose = listedFor(actor, "requests");
  if (whose === "nobody") return nothingCounted;
  const counted = { cycle, ...whose };
  return { requests: await requestCounts(db, counted), items: await itemCounts(db, counted) };
};

const openCycle: Route = (app, desk) => {
  app.post(
    "/cycles",
    {
      config: access("cycle.open", "nothing"),
      schema: {
        summary: "年次サイクルを始める",
        headers: keyHeader,
        body: z.strictObject({ plan: hash, rehearsal: z.boolean() }),
        response: {
          200: doneSchema.extend({ cycle: z.string() }),
          202: storedSchema.extend({ cycle: z.string() }),
          ...refusals,
        },
      },
    },
    async (request, reply) => {
      const { plan, rehearsal } = request.body;
      const prepare = () => opening(desk, { plan, rehearsal });
      const performed = await performFor(desk, { request, name: "cycle.open", prepare });
      return answerAct(reply, performed, { cycle: performed.cycle });
    },
  );
};

const listCycles: Route = (app, desk) => {
  app.get(
    "/cycles",
    {
      config: access("cycles", "nothing"),
      schema: {
        summary: "年次サイクルの一覧（始めた順）",
        response: { 200: z.object({ cycles: listOf(listed) }), ...refusals },
      },
    },
    async () => ({
      cycles: (await cyclesOf(desk.db)).map((standing) => ({ ...standing, now: nowOf(desk, standing) })),
    }),
  );
};

const showCycle: Route = (app, desk) => {
  const { db } = desk;
  app.get(
    "/cycles/:cycle",
    {
      config: access("cycle", "cycle"),
      schema: {
        summary: "年次サイクルの現在、又は過去の時点",
        params: inCycle,
        querystring: asOfQuery,
        response: { 200: shown, ...refusals },
      },
    },
    async (request) => {
      const { cycle } = request.params;
      const { asOf: then } = request.query;
      return readAsOf(db, { cycle, asOf: then }, async (from) => {
        const standing = await knownCycle({ db: from }, cycle);
        const { body: plan } = await planOf(desk, standing.plan);
        return {
          ...standing,
          title: plan.title,
          now: then ?? nowOf(desk, standing),
          stages: await stagesOf(from, cycle),
          policy: await approvalStanding(from, { cycle, subject: "policy", steps: plan.approvals.policy }),
          ...(await countsFor(from, actorOf(request), cycle)),
        };
      });
    },
  );
};

const showPlanInForce: Route = (app, desk) => {
  app.get(
    "/cycles/:cycle/plan",
    {
      config: access("cycle-plan", "cycle"),
      schema: {
        summary: "サイクルが従う計画",
        params: inCycle,
        response: { 200: planReply, ...refusals },
      },
    },
    async (request) => {
      const { plan } = await knownCycle(desk, request.params.cycle);
      return { ...(await planOf(desk, plan)).body };
    },
  );
};

/** 年次サイクル: opened from a plan, then moved by acts alone. */
export const cycleRoutes: readonly Route[] = [
  openCycle,
  listCycles,
  showCycle,
  showPlanInForce,
  actRoute({
    url: "/cycles/:cycle/requests",
    name: "cycle.open-requests",
    summary: "照会を一斉に発出する",
    body: nothing,
    given: () => ({ args: {} }),
  }),
];
