import { z } from "zod";
import { surveyById } from "../../db/queries/surveys.ts";
import { aroundOf } from "../around.ts";
import type { Screen } from "../form-screens.ts";
import { sendPage } from "../html.ts";
import { surveyPage } from "../pages/survey.tsx";
import { ProblemError } from "../problems.ts";
import { surveyForms } from "../survey-forms.ts";
import { surveyViewOf } from "../survey-view.ts";

const SurveyParams = z.object({ id: z.string() });

const show: Screen["show"] = async (deps, exchange, tried) => {
  const { request, reply } = exchange;
  const survey = await surveyById(deps.db, SurveyParams.parse(request.params).id);
  if (survey === undefined) throw new ProblemError("not-found");
  const around = await aroundOf(deps, { cycle: survey.cycle, exchange, tried });
  return sendPage(reply, surveyPage(await surveyViewOf(deps.db, survey, around)), tried?.status ?? 200);
};

/** /surveys/{id}: what a 補完調査 stands for, and the forms of whoever carries it out. */
export const surveyScreen: Screen = {
  url: "/surveys/:id",
  view: "survey",
  about: "survey",
  show,
  forms: surveyForms,
};
