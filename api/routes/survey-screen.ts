import { z } from "zod";
import { askedItems } from "../../db/queries/items.ts";
import { surveyById, type SurveyRecord } from "../../db/queries/surveys.ts";
import { reasonLabel } from "../../domain/reasons.ts";
import { aroundOf, letIn, signedIn, situationOf, type Around } from "../around.ts";
import { readForm } from "../form-fields.ts";
import type { Params, Screen, ScreenForm } from "../form-screens.ts";
import { nameOf } from "../frame.ts";
import { sendPage } from "../html.ts";
import { surveyPage, type SurveyView } from "../pages/survey.tsx";
import { ProblemError } from "../problems.ts";

const SurveyParams = z.object({ id: z.string() });

const viewOf = (
  survey: SurveyRecord,
  items: readonly string[],
  { plan, now, frame, forms, may }: Around,
): SurveyView => ({
  frame,
  forms,
  id: survey.id,
  cycle: survey.cycle,
  request: survey.request,
  organisation: nameOf(plan, survey.organisation, now),
  cause: survey.cause,
  why: reasonLabel(plan.unmeasurableReasons, survey.why),
  openedAt: survey.openedAt,
  dueOn: survey.dueOn,
  items,
  method: survey.method?.text ?? null,
  end: survey.end,
  result: survey.result,
  mayWork: survey.end === null && may("survey.plan"),
  mayStop: survey.end === null && may("survey.stop"),
});

const show: Screen["show"] = async (deps, exchange, tried) => {
  const { request, reply } = exchange;
  const reader = await signedIn(deps, exchange);
  if (reader === undefined) return reply;
  const survey = await surveyById(deps.db, SurveyParams.parse(request.params).id);
  if (survey === undefined) throw new ProblemError("not-found");
  const situation = situationOf(reader, survey.organisation);
  letIn(reader, "survey", situation);
  const around = await aroundOf(deps, { reader, cycle: survey.cycle, situation, exchange, tried });
  const asked = await askedItems(deps.db, survey.items);
  const items = survey.items.flatMap((item) => asked.get(item)?.text ?? []);
  return sendPage(reply, surveyPage(viewOf(survey, items, around)), tried?.status ?? 200);
};

const pathOf = ({ id = "" }: Params): string => `/surveys/${encodeURIComponent(id)}`;

const forms: readonly ScreenForm[] = [
  {
    name: "method",
    leads: "back",
    call: (fields, params) => {
      const form = readForm(fields);
      const body = { text: form.needed("text", "方法"), dueOn: form.needed("dueOn", "期限") };
      return form.calling({ path: `${pathOf(params)}/method`, body });
    },
  },
  {
    name: "conclusion",
    leads: "back",
    call: (fields, params) => {
      const form = readForm(fields);
      const outcome = form.picked("outcome", "結果の区分");
      const reason = form.text("reason");
      if (outcome === "impossible" && reason === "")
        form.wrong("reason", "把握できなかった理由を記入してください。");
      const body = {
        outcome,
        text: form.needed("text", "結果"),
        limits: form.text("limits"),
        ...(reason !== "" && { reason }),
      };
      return form.calling({ path: `${pathOf(params)}/conclusion`, body });
    },
  },
  {
    name: "stop",
    leads: "back",
    call: (fields, params) => {
      const form = readForm(fields);
      const body = { reason: form.needed("reason", "中止の理由") };
      return form.calling({ path: `${pathOf(params)}/stop`, body });
    },
  },
];

/** /surveys/{id}: what a 補完調査 stands for, and the forms of whoever carries it out. */
export const surveyScreen: Screen = { url: "/surveys/:id", show, forms };
