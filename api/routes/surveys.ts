import { z } from "zod";
import { draftContent } from "../../db/content.ts";
import type { SurveyCause } from "../../domain/unmeasurable.ts";
import { surveyById, surveysOf } from "../../db/queries/surveys.ts";
import { actRoute } from "../act-route.ts";
import { access, listedFor, refusals, type Route } from "../acting.ts";
import { actorOf } from "../plugins/actor.ts";
import { ProblemError } from "../problems.ts";
import {
  at,
  byId,
  date,
  hash,
  id,
  inCycle,
  line,
  listOf,
  on,
  organisation,
  prose,
  reason,
} from "../schemas.ts";

const causes = [
  "said-unmeasurable",
  "silence",
  "not-corrected",
  "returned-twice",
  "failed-check",
  "not-comparable",
  "no-owner",
] as const satisfies readonly SurveyCause[];

const source = z.object({ title: z.string(), on });
const protocol = z.object({
  method: z.string(),
  label: z.string(),
  resultOn: on,
  steps: listOf(
    z.object({
      key: z.string(),
      label: z.string(),
      by: z.enum(["secretariat", "organisation"]),
      dueBusinessDays: z.int(),
      records: z.string(),
      needs: z.enum(["replies", "sources"]).exactOptional(),
      done: z.object({ at }).nullable(),
    }),
  ),
  asked: listOf(z.object({ request: z.string(), organisation: z.string(), settled: z.boolean() })),
});

const shown = z
  .object({
    id: z.string(),
    cycle: z.string(),
    request: z.string(),
    organisation: z.string(),
    cause: z.enum(causes),
    why: z.string().nullable(),
    justification: z.string(),
    items: listOf(z.string()),
    openedAt: at,
    dueOn: on,
    isSecretariats: z
      .boolean()
      .meta({ description: "次に行うのが事務局であれば true、対象の組織であれば false" }),
    method: z.object({ text: z.string(), questions: listOf(z.string()).exactOptional() }).nullable(),
    protocol: protocol.nullable(),
    steps: z.record(z.string(), z.object({ text: z.string(), on, sources: listOf(source).exactOptional() })),
    scope: z.object({ title: z.string(), scope: z.string() }).nullable(),
    end: z
      .object({
        is: z.enum(["found", "impossible", "stopped", "merged"]),
        reason: z.string().exactOptional(),
        into: z.string().exactOptional(),
      })
      .nullable(),
    result: z
      .object({
        text: z.string(),
        limits: z.string(),
        grade: z.string().exactOptional(),
        value: z.object({ number: z.number(), unit: z.string() }).exactOptional(),
        references: listOf(source).exactOptional(),
      })
      .nullable(),
    endedAt: at.nullable(),
  })
  .meta({ id: "Survey", description: "補完調査" });

const listSurveys: Route = (app, { db }) => {
  app.get(
    "/cycles/:cycle/surveys",
    {
      config: access("surveys", "cycle"),
      schema: {
        summary: "補完調査の一覧",
        params: inCycle,
        response: { 200: z.object({ surveys: listOf(shown) }), ...refusals },
      },
    },
    async (request) => {
      const whose = listedFor(actorOf(request), "surveys");
      const { cycle } = request.params;
      return { surveys: whose === "nobody" ? [] : await surveysOf(db, { cycle, ...whose }) };
    },
  );
};

const showSurvey: Route = (app, { db }) => {
  app.get(
    "/surveys/:id",
    {
      config: access("survey", "survey"),
      schema: { summary: "補完調査", params: byId, response: { 200: shown, ...refusals } },
    },
    async (request) => {
      const found = await surveyById(db, request.params.id);
      if (found === undefined) throw new ProblemError("not-found");
      return found;
    },
  );
};

const reviewed = z.array(z.strictObject({ item: id, hash })).min(1);
const datedSource = z.strictObject({ title: line, on: date });

const planSurvey = actRoute({
  url: "/surveys/:id/method",
  name: "survey.plan",
  summary: "調査の方法と期限を登録する",
  body: z.strictObject({
    text: prose,
    dueOn: date,
    method: id.exactOptional(),
    respondents: z.array(organisation).min(1).exactOptional(),
    questions: z.array(line).min(1).max(100).exactOptional(),
  }),
  given: ({ text, dueOn, method, respondents, questions }) => {
    const content = draftContent("survey-method", { text, ...(questions !== undefined && { questions }) });
    const asks = respondents !== undefined && questions !== undefined;
    return {
      args: {
        content: content.ref,
        dueOn,
        ...(method !== undefined && { method }),
        ...(asks && { asks: { respondents, questions: questions.length } }),
      },
      contents: [content],
    };
  },
});

const recordStep = actRoute({
  url: "/surveys/:id/steps",
  name: "survey.step",
  summary: "調査の手順を記録する",
  body: z.strictObject({
    step: id,
    on: date,
    text: prose,
    sources: z.array(datedSource).min(1).max(100).exactOptional(),
  }),
  given: ({ step, on: day, text, sources }) => {
    const content = draftContent("survey-step", {
      text,
      on: day,
      ...(sources !== undefined && { sources }),
    });
    return {
      args: { step, content: content.ref, sources: sources?.length ?? 0 },
      contents: [content],
    };
  },
});

const concludeSurvey = actRoute({
  url: "/surveys/:id/conclusion",
  name: "survey.conclude",
  summary: "調査の結果を登録する",
  body: z.strictObject({
    outcome: z.enum(["found", "impossible"]),
    text: prose,
    limits: z.string().max(100_000),
    grade: id.exactOptional(),
    value: z.strictObject({ number: z.number(), unit: line }).exactOptional(),
    references: z.array(datedSource).min(1).max(100).exactOptional(),
    reason: reason.exactOptional(),
  }),
  given: ({ outcome, reason: why, ...written }) => {
    const content = draftContent("survey-result", written);
    const { grade } = written;
    return {
      args: { outcome, content: content.ref, ...(grade !== undefined && { grade }) },
      reason: why,
      contents: [content],
    };
  },
});

const changeSurvey = actRoute({
  url: "/surveys/:id/change",
  name: "survey.change",
  summary: "調査の名称・範囲・対象の照会項目を改める",
  body: z.strictObject({ title: line, scope: prose, items: z.array(id).min(1), reason }),
  given: ({ title, scope, items, reason: why }) => {
    const content = draftContent("survey-scope", { title, scope });
    return { args: { content: content.ref, items }, reason: why, contents: [content] };
  },
});

/** @throws ProblemError `unknown-survey` for one that has ended, or is another cycle's */
const mergeSurveys = actRoute({
  url: "/surveys/:id/merge",
  name: "survey.merge",
  summary: "別の調査をこの調査に統合する",
  body: z.strictObject({ from: id, reason }),
  given: async ({ from, reason: why }, { cycle, desk }) => {
    const other = await surveyById(desk.db, from);
    if (other === undefined || other.cycle !== cycle || other.end !== null)
      throw new ProblemError("unknown-survey");
    return { args: { from, items: other.items }, reason: why };
  },
});

/** 補完調査: what replaces data that can't be had. */
export const surveyRoutes: readonly Route[] = [
  listSurveys,
  showSurvey,
  planSurvey,
  recordStep,
  concludeSurvey,
  changeSurvey,
  mergeSurveys,
  actRoute({
    url: "/surveys/:id/stop",
    name: "survey.stop",
    summary: "調査を取りやめる",
    body: z.strictObject({ reason }),
    given: ({ reason: why }) => ({ args: {}, reason: why }),
  }),
  actRoute({
    url: "/requests/:id/late-answers/taken",
    name: "request.take-late",
    summary: "補完調査の実施中に届いた回答を採用する",
    body: z.strictObject({ items: reviewed }),
    given: ({ items }) => ({ args: { items } }),
  }),
  actRoute({
    url: "/requests/:id/late-answers/left",
    name: "request.leave-late",
    summary: "補完調査の実施中に届いた回答を採用せず、調査を続ける",
    body: z.strictObject({ items: reviewed, reason }),
    given: ({ items, reason: why }) => ({ args: { items }, reason: why }),
  }),
];
