import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { cycleOf, type CycleStanding } from "../../db/queries/cycles.ts";
import { namesOf } from "../../db/queries/home.ts";
import { askedItems } from "../../db/queries/items.ts";
import { commentsOf, type CommentRecord } from "../../db/queries/opinions.ts";
import { planInForce } from "../../db/queries/plan-in-force.ts";
import { requestHistory, type RequestHistory } from "../../db/queries/request-history.ts";
import { surveyById, type SurveyRecord } from "../../db/queries/surveys.ts";
import type { CycleKey, OrganisationId } from "../../domain/ids.ts";
import type { Plan } from "../../domain/plan.ts";
import { judge, type ViewName } from "../../domain/policy.ts";
import { frameOf, nameOf, nowOf, type Reader } from "../frame.ts";
import { sendPage } from "../html.ts";
import type { Frame } from "../pages/layout.tsx";
import { requestPage } from "../pages/request.tsx";
import { surveyPage, type SurveyView } from "../pages/survey.tsx";
import { problemOf, type ProblemCode } from "../problems.ts";
import { requestViewOf } from "../request-view.ts";
import { answerOnScreen, readerOf, sendMessage, type ScreenDeps } from "../screens.ts";

const Params = z.object({ id: z.string() });
interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** What keeps the reader out; null if nothing does. What is another organisation's looks as if it did not exist. */
const keptOut = (
  reader: Reader,
  view: ViewName,
  organisation: OrganisationId | undefined,
): ProblemCode | null => {
  if (reader === null) return "not-signed-in";
  if (organisation === undefined) return "not-found";
  switch (judge(reader.role, view, reader.organisation === organisation ? "own" : "other")) {
    case "allowed":
      return null;
    case "forbidden":
      return "forbidden";
    case "hidden":
      return "not-found";
  }
};

interface Around {
  readonly plan: Plan;
  readonly standing: CycleStanding;
  readonly frame: Frame;
}
const aroundOf = async ({ db, clock }: ScreenDeps, reader: Reader, cycle: CycleKey): Promise<Around> => {
  const standing = await cycleOf(db, cycle);
  if (standing === undefined) throw new Error(`a request of no cycle: ${cycle}`);
  const plan = (await planInForce(db, cycle)).body;
  return { standing, plan, frame: await frameOf(db, { reader, cycle: standing, wall: clock() }) };
};

const opinionsOf = async ({ db }: ScreenDeps, { request }: RequestHistory): Promise<CommentRecord[]> => {
  const { id, kind, cycle, organisation, round } = request;
  if (kind !== "consultation") return [];
  const all = await commentsOf(db, { cycle, organisation, round });
  return all.filter((opinion) => opinion.request === id);
};

const showRequest = async (deps: ScreenDeps, { request, reply }: Exchange) => {
  const reader = await readerOf(deps, { request, reply });
  if (reader === undefined) return reply;
  const history = await requestHistory(deps.db, Params.parse(request.params).id);
  const refused = keptOut(reader, "request", history?.request.organisation);
  if (history === undefined || refused !== null)
    return sendMessage(deps, { reply, reader, problem: problemOf(refused ?? "not-found") });
  const { plan, standing, frame } = await aroundOf(deps, reader, history.request.cycle);
  const names = await namesOf(
    deps.db,
    history.answers.map(({ by }) => by),
  );
  const now = nowOf(standing, deps.clock());
  const opinions = await opinionsOf(deps, history);
  return sendPage(reply, requestPage(requestViewOf({ frame, history, plan, names, now, opinions })));
};

const surveyViewOf = (
  survey: SurveyRecord,
  { plan, standing, frame, items }: Around & { readonly items: readonly string[] },
): SurveyView => ({
  frame,
  id: survey.id,
  cycle: survey.cycle,
  request: survey.request,
  organisation: nameOf(plan, survey.organisation, standing.stepped ? standing.now : survey.openedAt),
  cause: survey.cause,
  why: plan.unmeasurableReasons.find(({ key }) => key === survey.why)?.label ?? survey.why,
  openedAt: survey.openedAt,
  dueOn: survey.dueOn,
  items,
  method: survey.method?.text ?? null,
  end: survey.end,
  result: survey.result,
});

const showSurvey = async (deps: ScreenDeps, { request, reply }: Exchange) => {
  const reader = await readerOf(deps, { request, reply });
  if (reader === undefined) return reply;
  const survey = await surveyById(deps.db, Params.parse(request.params).id);
  const refused = keptOut(reader, "survey", survey?.organisation);
  if (survey === undefined || refused !== null)
    return sendMessage(deps, { reply, reader, problem: problemOf(refused ?? "not-found") });
  const around = await aroundOf(deps, reader, survey.cycle);
  const asked = await askedItems(deps.db, survey.items);
  const items = survey.items.flatMap((item) => asked.get(item)?.text ?? []);
  return sendPage(reply, surveyPage(surveyViewOf(survey, { ...around, items })));
};

/** Where mails lead: GET /requests/{id} and /surveys/{id}, for the secretariat and the organisation itself. */
export const requestScreens =
  (deps: ScreenDeps): FastifyPluginAsync =>
  async (app) => {
    answerOnScreen(app, deps);
    app.get("/requests/:id", (request, reply) => showRequest(deps, { request, reply }));
    app.get("/surveys/:id", (request, reply) => showSurvey(deps, { request, reply }));
  };
