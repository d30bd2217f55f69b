import { z } from "zod";
import { draftContent } from "../../db/content.ts";
import { surveyById, surveysOf } from "../../db/queries/surveys.ts";
import { actRoute } from "../act-route.ts";
import { access, listedFor, refusals, type Route } from "../acting.ts";
import { actorOf } from "../plugins/actor.ts";
import { ProblemError } from "../problems.ts";
import { at, byId, date, inCycle, listOf, on, prose, reason } from "../schemas.ts";

const shown = z
  .object({
    id: z.string(),
    cycle: z.string(),
    request: z.string(),
    organisation: z.string(),
    cause: z.enum(["said-unmeasurable", "silence", "not-corrected", "returned-twice", "failed-check"]),
    why: z.string().nullable(),
    items: listOf(z.string()),
    openedAt: at,
    dueOn: on,
    method: z.object({ text: z.string() }).nullable(),
    end: z
      .object({ is: z.enum(["found", "impossible", "stopped"]), reason: z.string().exactOptional() })
      .nullable(),
    result: z.object({ text: z.string(), limits: z.string() }).nullable(),
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

/** 補完調査: what replaces data that can't be had. */
export const surveyRoutes: readonly Route[] = [
  listSurveys,
  showSurvey,
  actRoute({
    url: "/surveys/:id/method",
    name: "survey.plan",
    summary: "調査の方法と期限を登録する",
    body: z.strictObject({ text: prose, dueOn: date }),
    given: ({ text, dueOn }) => {
      const content = draftContent("survey-method", { text });
      return { args: { content: content.ref, dueOn }, contents: [content] };
    },
  }),
  actRoute({
    url: "/surveys/:id/conclusion",
    name: "survey.conclude",
    summary: "調査の結果を登録する",
    body: z.strictObject({
      outcome: z.enum(["found", "impossible"]),
      text: prose,
      limits: z.string().max(100_000),
      reason: reason.exactOptional(),
    }),
    given: ({ outcome, text, limits, reason: why }) => {
      const content = draftContent("survey-result", { text, limits });
      return { args: { outcome, content: content.ref }, reason: why, contents: [content] };
    },
  }),
  actRoute({
    url: "/surveys/:id/stop",
    name: "survey.stop",
    summary: "調査を取りやめる",
    body: z.strictObject({ reason }),
    given: ({ reason: why }) => ({ args: {}, reason: why }),
  }),
];
