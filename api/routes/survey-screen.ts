import { z } from "zod";
import { surveyById } from "../../db/queries/surveys.ts";
import { aroundOf, letIn, signedIn, situationOf } from "../around.ts";
import type { Screen } from "../form-screens.ts";
import { sendPage } from "../html.ts";
import { surveyPage } from "../pages/survey.tsx";
import { ProblemError } from "../problems.ts";
import { surveyForms } from "../survey-forms.ts";
import { surveyViewOf } from "../survey-view.ts";

const SurveyParams = z.object({ id: z.string() });

const show: Screen["show"] = async (deps, exchange, tried) => {
  const { request, reply } = exchange;
  const reader = await signedIn(deps, exchange);
  if (reader === undefined) return reply;
  const survey = await surveyById(deps.db, SurveyParams.parse(request.params).id);
  if (survey === undefined) throw new ProblemError("not-found");
  const situation = situationOf(reader, survey.organisation);
  letIn(reader, "survey", situation);
  const around = await aroundOf(deps, { reader, cycle: survey.cycle, situation, exchange, tried });
  return sendPage(reply, surveyPage(await surveyViewOf(deps.db, survey, around)), tried?.status ?? 200);
};

/** /surveys/{id}: what a 補完調査 stands for, and the forms of whoever carries it out. */
export const surveyScreen: Screen = { url: "/surveys/:id", show, forms: surveyForms };
