import type { ActOf, ContentRef } from "./acts.ts";
import { hasYear, isOpen, type BusinessCalendar } from "./calendar.ts";
import type { OrganisationId } from "./ids.ts";
import { refuse, type Refused } from "./refusal.ts";
import { dateOf, type PlainDate } from "./time.ts";
import type { SurveyEnd, SurveyOpening } from "./request.ts";

/** 補完調査: what replaces data that can't be had. */
export interface Survey {
  readonly id: string;
  /** The request whose items it stands for. */
  readonly request: string;
  readonly organisation: OrganisationId;
  readonly opening: SurveyOpening;
  readonly dueOn: PlainDate;
  readonly method: ContentRef | null;
  readonly end: (SurveyEnd & { readonly content: ContentRef | null }) | null;
}
export type SurveyAct = ActOf<"survey">;

const plan = (
  survey: Survey,
  { args, at }: SurveyAct & { name: "survey.plan" },
  calendar: BusinessCalendar,
): Survey | Refused => {
  const { content, dueOn } = args;
  if (dueOn <= dateOf(at)) return refuse("not-later");
  // Of a year without known holidays no day can be called a business day.
  if (!hasYear(Number(dueOn.slice(0, 4)), calendar) || !isOpen(dueOn, calendar)) return refuse("closed-day");
  return { ...survey, method: content, dueOn };
};

/** A result needs a recorded method first: the report prints how it was found and its limits. */
const conclude = (survey: Survey, act: SurveyAct & { name: "survey.conclude" }): Survey | Refused => {
  const { outcome, content } = act.args;
  if (survey.method === null) return refuse("not-yet");
  if (outcome === "found") return { ...survey, end: { is: "found", content } };
  return act.reason === null
    ? refuse("reason-missing")
    : { ...survey, end: { is: "impossible", reason: act.reason, content } };
};

/** The decision on every act of a survey. @returns a refusal, or the survey as it then is */
export const decideSurvey = (
  survey: Survey,
  act: SurveyAct,
  calendar: BusinessCalendar,
): Survey | Refused => {
  if (survey.end !== null) return refuse("already-done");
  switch (act.name) {
    case "survey.plan":
      return plan(survey, act, calendar);
    case "survey.conclude":
      return conclude(survey, act);
    case "survey.stop":
      return act.reason === null
        ? refuse("reason-missing")
        : { ...survey, end: { is: "stopped", reason: act.reason, content: null } };
  }
};
