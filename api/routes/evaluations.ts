import { z } from "zod";
import { draftContent } from "../../db/content.ts";
import { contentsOf } from "../../db/queries/content.ts";
import { analysesOf, evaluationsOf } from "../../db/queries/evaluations.ts";
import type { EvaluationEntry } from "../../domain/acts.ts";
import { domainsOf } from "../../domain/catalogue.ts";
import type { Plan } from "../../domain/plan.ts";
import { actRoute } from "../act-route.ts";
import { access, knownCycle, planOf, refusals, type Desk, type Route } from "../acting.ts";
import { ProblemError } from "../problems.ts";
import { at, contentId, evaluationKind, hash, id, inCycle, listOf, prose, reason, sha } from "../schemas.ts";

const shown = z
  .object({
    asked: listOf(z.object({ kind: evaluationKind, key: z.string(), name: z.string() })),
    evaluations: listOf(
      z.object({
        kind: evaluationKind,
        key: z.string(),
        is: z.enum(["drafted", "approved", "returned"]),
        content: z.string(),
        hash: sha,
        rating: z.string(),
        text: z.string(),
        by: z.string(),
        at,
        reason: z.string().nullable(),
      }),
    ),
    analyses: listOf(
      z.object({
        domain: z.string(),
        needed: z.boolean(),
        reason: z.string(),
        text: z.string().nullable(),
        by: z.string(),
        at,
      }),
    ),
  })
  .meta({ id: "Evaluations", description: "評価と分析" });

/** What the plan wants judged: every measure's results, every domain's outcome. */
const askedBy = (plan: Plan) => [
  ...plan.measures.map(({ key, name }) => ({ kind: "output" as const, key, name })),
  ...domainsOf(plan).map(({ key, name }) => ({ kind: "outcome" as const, key, name })),
];

const showEvaluations: Route = (app, desk) => {
  app.get(
    "/cycles/:cycle/evaluations",
    {
      config: access("evaluations", "cycle"),
      schema: { summary: "評価と分析の現在", params: inCycle, response: { 200: shown, ...refusals } },
    },
    async (request) => {
      const { cycle } = request.params;
      const { plan } = await knownCycle(desk, cycle);
      return {
        asked: askedBy((await planOf(desk, plan)).body),
        evaluations: await evaluationsOf(desk.db, cycle),
        analyses: await analysesOf(desk.db, cycle),
      };
    },
  );
};

const reviewed = z
  .array(z.strictObject({ kind: evaluationKind, key: id, content: contentId, hash }))
  .max(1000);

/** A reviewer names what he has read: its place and its hash must be those of one stored text. */
const entriesOf = async (
  { db }: Desk,
  entries: z.output<typeof reviewed>,
): Promise<readonly EvaluationEntry[]> => {
  const ids = entries.map(({ content }) => content);
  const stored = await contentsOf(db, "evaluation", ids);
  if (entries.some((entry) => stored.get(entry.content)?.hash !== entry.hash))
    throw new ProblemError("unknown-content");
  return entries.map(({ kind, key, content, hash: of }) => ({
    kind,
    key,
    content: { id: content, hash: of },
  }));
};

/** 評価: words and a rating, written by one person and approved by another. */
export const evaluationRoutes: readonly Route[] = [
  showEvaluations,
  actRoute({
    url: "/cycles/:cycle/evaluations",
    name: "cycle.evaluate",
    summary: "評価を書く",
    body: z.strictObject({
      entries: z.array(z.strictObject({ kind: evaluationKind, key: id, rating: id, text: prose })).max(1000),
    }),
    given: ({ entries }) => {
      const drafted = entries.map(({ kind, key, rating, text }) => {
        const content = draftContent("evaluation", { rating, text });
        return { entry: { kind, key, content: content.ref }, content };
      });
      return {
        args: { entries: drafted.map(({ entry }) => entry) },
        contents: drafted.map(({ content }) => content),
      };
    },
  }),
  actRoute({
    url: "/cycles/:cycle/evaluations/approval",
    name: "cycle.approve-evaluations",
    summary: "評価を承認する",
    body: z.strictObject({ entries: reviewed }),
    given: async ({ entries }, { desk }) => ({ args: { entries: await entriesOf(desk, entries) } }),
  }),
  actRoute({
    url: "/cycles/:cycle/evaluations/return",
    name: "cycle.return-evaluations",
    summary: "評価を差し戻す",
    body: z.strictObject({ entries: reviewed, reason }),
    given: async ({ entries, reason: why }, { desk }) => ({
      args: { entries: await entriesOf(desk, entries) },
      reason: why,
    }),
  }),
  actRoute({
    url: "/cycles/:cycle/analyses",
    name: "cycle.decide-analysis",
    summary: "分野の分析の要否を決める",
    body: z.strictObject({ domain: id, needed: z.boolean(), text: prose.nullable(), reason }),
    given: ({ domain, needed, text, reason: why }) => {
      const content = text === null ? null : draftContent("analysis", { text });
      return {
        args: { domain, needed, content: content?.ref ?? null },
        reason: why,
        contents: content === null ? [] : [content],
      };
    },
  }),
];
