import { z } from "zod";
import { draftContent } from "../../db/content.ts";
import { contentsOf } from "../../db/queries/content.ts";
import { decidedYears } from "../../db/queries/decided-years.ts";
import { analysesOf, evaluationsOf } from "../../db/queries/evaluations.ts";
import { reportRecord } from "../../db/queries/report-record.ts";
import type { EvaluationEntry } from "../../domain/acts.ts";
import { domainsOf } from "../../domain/catalogue.ts";
import { domainThroughYears, measureThroughYears } from "../../domain/comparison.ts";
import type { DecidedYear } from "../../domain/decided-year.ts";
import { analysisInputs, evidenceOf, proposeEvidence, type ProposedEvidence } from "../../domain/evidence.ts";
import type { EvaluationKind } from "../../domain/plan.ts";
import type { Evidence, ReportRecord } from "../../domain/report-record.ts";
import { actRoute } from "../act-route.ts";
import { access, refusals, type Desk, type Route } from "../acting.ts";
import { ProblemError } from "../problems.ts";
import { at, contentId, evaluationKind, hash, id, inCycle, listOf, prose, reason, sha } from "../schemas.ts";
import { earlierJudgement } from "./years.ts";

const evidence = z.object({ item: z.string().nullable(), source: z.string(), sha256: sha.nullable() });
const proposedEvidence = z
  .object({
    ...evidence.shape,
    item: z.string(),
    organisation: z.string(),
    organisationName: z.string(),
    asked: z.string(),
    is: z.enum(["value", "nil", "not-applicable", "surveyed", "uncollected", "open"]),
    content: z.string(),
  })
  .meta({ id: "ProposedEvidence", description: "評価の根拠として示す回答等。評定は示さない" });
const shown = z
  .object({
    asked: listOf(
      z.object({
        kind: evaluationKind,
        key: z.string(),
        name: z.string(),
        evidence: listOf(proposedEvidence),
        earlier: listOf(earlierJudgement),
      }),
    ),
    evaluations: listOf(
      z.object({
        kind: evaluationKind,
        key: z.string(),
        is: z.enum(["drafted", "approved", "returned", "reopened"]),
        content: z.string(),
        hash: sha,
        rating: z.string(),
        text: z.string(),
        evidence: listOf(evidence).exactOptional(),
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
        inputs: listOf(evidence),
        by: z.string(),
        at,
      }),
    ),
  })
  .meta({ id: "Evaluations", description: "評価と分析" });

/** What the plan wants judged, every measure's results and every domain's outcome, with what there is to judge by. */
const askedBy = (record: ReportRecord, years: readonly DecidedYear[]) => {
  const { plan } = record;
  const propose = proposeEvidence(record);
  const asked = (kind: EvaluationKind, { key, name }: { readonly key: string; readonly name: string }) => ({
    kind,
    key,
    name,
    evidence: propose(kind, key),
  });
  return [
    ...plan.measures.map((measure) => ({
      ...asked("output", measure),
      earlier: measureThroughYears(plan, measure.key, years),
    })),
    ...domainsOf(plan).map((domain) => ({
      ...asked("outcome", domain),
      earlier: domainThroughYears(plan, domain.key, years),
    })),
  ];
};

const showEvaluations: Route = (app, desk) => {
  app.get(
    "/cycles/:cycle/evaluations",
    {
      config: access("evaluations", "cycle"),
      schema: { summary: "評価と分析の現在", params: inCycle, response: { 200: shown, ...refusals } },
    },
    async (request) => {
      const { cycle } = request.params;
      const record = await reportRecord(desk.db, cycle);
      const { year } = record.plan;
      return {
        asked: askedBy(record, await decidedYears(desk.db, { cycle, year })),
        evaluations: await evaluationsOf(desk.db, cycle),
        analyses: await analysesOf(desk.db, cycle),
      };
    },
  );
};

/** A writer names the evidence he used, or takes what is proposed; either way it is kept in its version. */
const evidenceFor = (
  proposed: readonly ProposedEvidence[],
  named: readonly string[] | undefined,
): readonly Evidence[] => {
  if (named?.some((item) => !proposed.some((one) => one.item === item)))
    throw new ProblemError("unknown-item");
  return proposed.filter(({ item }) => named?.includes(item) ?? true).map(evidenceOf);
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
      entries: z
        .array(
          z.strictObject({
            kind: evaluationKind,
            key: id,
            rating: id,
            text: prose,
            evidence: z
              .array(id)
              .max(2000)
              .exactOptional()
              .meta({ description: "用いた回答等の item。省くと、示されたものの全て" }),
          }),
        )
        .max(1000),
    }),
    given: async ({ entries }, { cycle, desk }) => {
      const propose = proposeEvidence(await reportRecord(desk.db, cycle));
      const drafted = entries.map(({ kind, key, rating, text, evidence: named }) => {
        const used = evidenceFor(propose(kind, key), named);
        const content = draftContent("evaluation", { rating, text, evidence: used });
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
    given: async ({ domain, needed, text, reason: why }, { cycle, desk }) => {
      const inputs = text === null ? [] : analysisInputs(await reportRecord(desk.db, cycle), domain);
      const content = text === null ? null : draftContent("analysis", { text, inputs });
      return {
        args: { domain, needed, content: content?.ref ?? null },
        reason: why,
        contents: content === null ? [] : [content],
      };
    },
  }),
];
