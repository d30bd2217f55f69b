import { addBusinessDays } from "../domain/calendar.ts";
import {
  concludeSurvey,
  needlessSurveys,
  type Request,
  type RequestAct,
  type SurveyEnd,
  type SurveyOpening,
} from "../domain/request.ts";
import { dateOf } from "../domain/time.ts";
import type { Compared } from "../domain/unmeasurable.ts";
import { compareAnswers, justify } from "./acting.ts";
import type { Clock } from "./clock.ts";
import type { RequestInput } from "./contract.ts";
import type { DatesInForce } from "./dates-in-force.ts";
import type { OpenedSurvey } from "./request-rows.ts";

/** What a request knows of the surveys it has opened. */
export interface Surveying {
  /** With their due date and 開始の理由, before the record is made. */
  readonly openedBy: (
    opens: readonly SurveyOpening[],
    why: { readonly reason: string | null; readonly compared: readonly Compared[] },
  ) => Promise<readonly OpenedSurvey[]>;
  /** What of an acceptance is held against last year's answers. */
  readonly heldAgainst: (act: RequestAct) => Promise<readonly Compared[]>;
  /** They run now. */
  readonly note: (opens: readonly SurveyOpening[]) => void;
  /** Those of which nothing is left to find out; each once. */
  readonly takeNeedless: () => readonly SurveyOpening[];
  readonly narrow: (survey: string, keeps: readonly string[]) => void;
  /** One has ended. @returns the request as it then is */
  readonly conclude: (survey: string, end: SurveyEnd) => Request;
}

export const makeSurveying = ({
  input,
  clock,
  dates,
  current,
}: {
  readonly input: RequestInput;
  readonly clock: Clock;
  readonly dates: () => DatesInForce;
  readonly current: () => Request;
}): Surveying => {
  const { cycle } = input;
  /** Opened and not ended, as far as the request has heard; and how the others have ended. */
  let running: readonly SurveyOpening[] = input.running;
  const heard = new Map<string, SurveyEnd>();
  /** Items that a survey has been opened for because they can't be compared: once each. */
  const compared = new Set<string>();

  return {
    openedBy: async (opens, why) => {
      if (opens.length === 0) return [];
      const dueOn = addBusinessDays(dateOf(clock.now()), input.surveyBusinessDays, dates().rules.calendar);
      const unmeasured = opens.map(({ items, cause, why: key }) => ({ items, cause, why: key }));
      const asked = { cycle, request: current().id, now: clock.now(), unmeasured, ...why };
      const { justifications } = await justify(asked);
      return opens.map((opening, n) => ({ opening, dueOn, justification: justifications[n] ?? "" }));
    },
    heldAgainst: async (act) => {
      if (act.name !== "request.accept") return [];
      const answers = act.args.items.flatMap(({ item }) => {
        const was = current().items[item];
        return (was?.is === "submitted" || was?.is === "provisional") &&
          input.comparing.includes(item) &&
          !compared.has(item)
          ? [was.answer]
          : [];
      });
      if (answers.length === 0) return [];
      return (await compareAnswers({ cycle, request: current().id, answers })).compared;
    },
    note: (opens) => {
      running = [...running, ...opens];
      for (const { cause, items } of opens)
        if (cause === "not-comparable") for (const item of items) compared.add(item);
    },
    takeNeedless: () => {
      const needless = needlessSurveys(current(), running);
      running = running.filter((opening) => !needless.includes(opening));
      return needless;
    },
    narrow: (survey, keeps) => {
      running = running.map((one) =>
        one.survey === survey ? { ...one, items: one.items.filter((item) => keeps.includes(item)) } : one,
      );
    },
    conclude: (survey, end) => {
      const when = { now: clock.now(), rules: dates().rules };
      heard.set(survey, end);
      const concluded = concludeSurvey(current(), { survey, end, ...when });
      const merged = running.filter((opening) => opening.survey === survey);
      running = running.filter((opening) => opening.survey !== survey);
      if (end.is !== "merged") return concluded;
      // The one that has taken over may have ended before word of it came.
      const ended = heard.get(end.into);
      if (ended !== undefined) return concludeSurvey(concluded, { survey: end.into, end: ended, ...when });
      running = [...running, ...merged.map((one) => ({ ...one, survey: end.into }))];
      return concluded;
    },
  };
};
