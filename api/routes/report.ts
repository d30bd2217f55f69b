import { z } from "zod";
import { draftContent } from "../../db/content.ts";
import { contentByHash } from "../../db/queries/content.ts";
import { progressOf } from "../../db/queries/progress.ts";
import { reportDecision } from "../../db/queries/publications.ts";
import { reportStanding } from "../../db/queries/report-standing.ts";
import { approvalStanding } from "../../db/queries/standing.ts";
import { versionsOf } from "../../db/queries/versions.ts";
import { actRoute } from "../act-route.ts";
import { decisionGiven } from "../decision.ts";
import { access, knownCycle, planOf, refusals, type Route } from "../acting.ts";
import { asOfQuery, readAsOf } from "../past.ts";
import { ProblemError } from "../problems.ts";
import {
  approvalSchema,
  at,
  cycle,
  decisionBody,
  hash,
  id,
  inCycle,
  listOf,
  nothing,
  on,
  outcome,
  reason,
  sha,
} from "../schemas.ts";

const shown = z
  .object({
    stage: z.enum(["drafting", "consultation", "approval", "decision", "publication", "published"]),
    round: z.int().meta({ description: "これまでの意見照会の回数" }),
    versions: listOf(z.object({ number: z.int(), hash: sha, by: z.string(), at })),
    approval: approvalSchema,
    progress: listOf(
      z.object({
        work: z.enum(["compile", "publish"]),
        done: z.int(),
        total: z.int(),
        step: z.string(),
        startedAt: at,
        endedAt: at.nullable(),
      }),
    ).meta({ description: "編纂・公表がどこまで進んだか。endedAt が null のものは進行中" }),
    decision: z
      .object({
        hash: sha,
        outcome,
        meeting: z.string(),
        number: z.int().nullable(),
        heldOn: on,
        body: z.string().nullable(),
        reason: z.string().nullable(),
      })
      .nullable(),
  })
  .meta({ id: "Report", description: "年次報告" });

const showReport: Route = (app, desk) => {
  const { db } = desk;
  app.get(
    "/cycles/:cycle/report",
    {
      config: access("report", "cycle"),
      schema: {
        summary: "年次報告の現在、又は過去の時点",
        params: inCycle,
        querystring: asOfQuery,
        response: { 200: shown, ...refusals },
      },
    },
    async (request) => {
      const about = { cycle: request.params.cycle, subject: "report" as const };
      return readAsOf(db, { ...request.query, cycle: about.cycle }, async (from) => {
        const { plan } = await knownCycle({ db: from }, about.cycle);
        const { report: steps } = (await planOf(desk, plan)).body.approvals;
        return {
          ...(await reportStanding(from, about.cycle)),
          versions: await versionsOf(from, about.cycle),
          approval: await approvalStanding(from, { ...about, steps }),
          // How far a work under way has come is in no record.
          progress: request.query.asOf === undefined ? await progressOf(from, about.cycle) : [],
          decision: (await reportDecision(from, about.cycle)) ?? null,
        };
      });
    },
  );
};

const document = z
  .looseObject({ title: z.string(), year: z.int() })
  .meta({ id: "ReportDocument", description: "年次報告の1つの版。hash はこの全体の SHA-256（RFC 8785）" });

const showVersion: Route = (app, { db }) => {
  app.get(
    "/cycles/:cycle/report/versions/:hash",
    {
      config: access("version", "version"),
      schema: {
        summary: "年次報告の版",
        params: z.object({ cycle, hash }),
        response: { 200: document, ...refusals },
      },
    },
    async (request, reply) => {
      const version = await contentByHash(db, "version", request.params.hash);
      if (version === undefined) throw new ProblemError("not-found");
      return reply.header("etag", `"${version.hash}"`).send({ ...version.body });
    },
  );
};

const ofVersion = z.strictObject({ hash });

/** 年次報告: compiled, edited, put before the ministries, approved, decided, published. */
export const reportRoutes: readonly Route[] = [
  showReport,
  showVersion,
  actRoute({
    url: "/cycles/:cycle/report/versions",
    name: "report.compile",
    summary: "年次報告を記録から編纂する",
    body: nothing,
    given: () => ({ args: {} }),
  }),
  actRoute({
    url: "/cycles/:cycle/report/edits",
    name: "report.edit",
    summary: "年次報告の本文を書く",
    body: z.strictObject({
      section: id,
      text: z.string().max(100_000).meta({ description: "空にすると加筆を取り消す" }),
      againstSource: z.string().max(200).meta({ description: "書いたときの節の fingerprint" }),
    }),
    given: ({ section, ...body }) => {
      const content = draftContent("edit", body);
      return { args: { section, content: content.ref }, contents: [content] };
    },
  }),
  actRoute({
    url: "/cycles/:cycle/report/consultation",
    name: "report.consult",
    summary: "各府省庁に意見を照会する",
    body: ofVersion,
    given: (args) => ({ args }),
  }),
  actRoute({
    url: "/cycles/:cycle/report/dispositions",
    name: "report.dispose",
    summary: "意見への対応を決める",
    body: z.strictObject({
      comments: z.array(id).max(1000),
      disposition: z.enum(["reflected", "partly-reflected", "not-reflected"]),
      change: reason.exactOptional().meta({ description: "反映・一部反映のとき、修正の内容" }),
      nextYear: z.literal(true).exactOptional().meta({ description: "次年度に反映するとき true" }),
      reason,
    }),
    given: ({ reason: why, ...args }) => ({ args, reason: why }),
  }),
  actRoute({
    url: "/cycles/:cycle/report/submission",
    name: "report.submit",
    summary: "年次報告を決裁に回す",
    body: ofVersion,
    given: (args) => ({ args }),
  }),
  actRoute({
    url: "/cycles/:cycle/report/approval",
    name: "report.approve",
    summary: "年次報告を承認する",
    body: ofVersion,
    given: (args) => ({ args }),
  }),
  actRoute({
    url: "/cycles/:cycle/report/return",
    name: "report.return",
    summary: "年次報告を差し戻す",
    body: z.strictObject({ hash, reason }),
    given: ({ reason: why, ...args }) => ({ args, reason: why }),
  }),
  actRoute({
    url: "/cycles/:cycle/report/decision",
    name: "report.decide",
    summary: "年次報告の本部決定を記録する",
    body: decisionBody,
    given: decisionGiven,
  }),
  actRoute({
    url: "/cycles/:cycle/report/publication",
    name: "report.publish",
    summary: "年次報告を公表する",
    body: ofVersion,
    given: (args) => ({ args }),
  }),
];
