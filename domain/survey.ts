import type { ActOf, ContentRef } from "./acts.ts";
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

/** A result needs a recorded method first: the report prints how it was found and its limits. */
export const decideSurvey = (survey: Survey, act: SurveyAct): Survey | Refused => {
  if (survey.end !== null) return refuse("already-done");
  switch (act.name) {
    case "survey.plan":
      if (act.args.dueOn <= dateOf(act.at)) return refuse("not-later");
      return { ...survey, method: act.args.content, dueOn: act.args.dueOn };
    case "survey.conclude": {
      const { outcome, content } = act.args;
      if (survey.method === null) return refuse("not-yet");
      if (outcome === "found") return { ...survey, end: { is: "found", content } };
      if (act.reason === null) return refuse("reason-missing");
      return { ...survey, end: { is: "impossible", reason: act.reason, content } };
    }
    case "survey.stop":
      if (act.reason === null) return refuse("reason-missing");
      return { ...survey, end: { is: "stopped", reason: act.reason, content: null } };
  }
};
