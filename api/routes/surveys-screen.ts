import { surveysOf, type SurveyRecord } from "../../db/queries/surveys.ts";
import { calendarOf } from "../../domain/calendar.ts";
import { scopeOf } from "../../domain/policy.ts";
import { aroundCycle } from "../around.ts";
import { factWays } from "../causes.ts";
import type { Screen } from "../form-screens.ts";
import { nameOf } from "../frame.ts";
import { sendPage } from "../html.ts";
import { surveysPage, type SurveyRow } from "../pages/surveys.tsx";

const stateOf = ({ end, method }: SurveyRecord): SurveyRow["is"] => {
  if (end !== null) return end.is;
  return method === null ? "unplanned" : "running";
};

/** What is to be done next, while it is running. */
const nextOf = ({ end, method, protocol }: SurveyRecord): string | null => {
  if (end !== null) return null;
  if (method === null) return "方法の決定";
  return protocol?.steps.find(({ done }) => done === null)?.label ?? "結果の記録";
};

/** What waits for somebody comes first. */
const urgency: readonly SurveyRow["is"][] = [
  "unplanned",
  "running",
  "found",
  "impossible",
  "stopped",
  "merged",
];

const show: Screen["show"] = async (deps, exchange) => {
  const around = await aroundCycle(deps, { exchange, tried: null });
  const { reader, standing, plan, now, frame } = around;
  const scope = scopeOf(reader, "surveys");
  const whose = scope === "everything" || scope === "nothing" ? {} : scope;
  const ways = await factWays(deps.db, "survey", { cycle: standing.cycle, reader });
  const rows = (await surveysOf(deps.db, { cycle: standing.cycle, ...whose })).map((survey) => ({
    id: survey.id,
    organisation: nameOf(plan, survey.organisation, now),
    items: survey.items.length,
    cause: survey.cause,
    by: survey.isSecretariats ? ("secretariat" as const) : ("organisation" as const),
    next: nextOf(survey),
    dueOn: survey.dueOn,
    is: stateOf(survey),
    caused: { state: ways.state(survey.id), due: ways.dated(survey.id) },
  }));
  const page = surveysPage({
    frame,
    cycle: standing.cycle,
    now,
    calendar: calendarOf(plan.holidays),
    rows: rows.toSorted((a, b) => urgency.indexOf(a.is) - urgency.indexOf(b.is)),
  });
  return sendPage(exchange.reply, page);
};

/** /cycles/{cycle}/surveys: the year's surveys. */
export const surveysScreen: Screen = {
  url: "/cycles/:cycle/surveys",
  view: "surveys",
  about: "cycle",
  show,
  forms: [],
};
