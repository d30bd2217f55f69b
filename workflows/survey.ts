import { getExternalWorkflowHandle, setCurrentDetails, setHandler } from "@temporalio/workflow";
import type { Change } from "../activities/contract.ts";
import type { ContentRef } from "../domain/acts.ts";
import { decideSurvey, type Survey, type SurveyAct } from "../domain/survey.ts";
import type { Instant } from "../domain/time.ts";
import { onActs, recorder, type Told } from "./acting.ts";
import { makeClock } from "./clock.ts";
import {
  requestWorkflowId,
  surveyEnded,
  surveyNeedless,
  surveyWorkflowId,
  type ActResult,
  type SurveyInput,
} from "./contract.ts";
import { datesInForce } from "./dates-in-force.ts";
import { orFail } from "./refusing.ts";

/**
 * 補完調査: the secretariat plans it, concludes it or stops it. Its due date is chased like a request's; that it has
 * passed ends nothing, since only a person can say what is known instead.
 */
export async function survey(input: SurveyInput): Promise<void> {
  const clock = makeClock(input.clock);
  const write = recorder(input.cycle, clock);
  const dates = datesInForce(input.calendar, clock);
  let state = input.survey;
  const current = () => state;

  const become = async (after: Survey, told: Omit<Told, "object" | "changes">): Promise<ActResult> => {
    const { sequence } = await write({ ...told, object: `survey ${after.id}`, changes: rowsOfSurvey(after) });
    state = after;
    setCurrentDetails(detailsOfSurvey(state));
    return { sequence, hash: told.hash ?? null };
  };

  onActs({
    owner: "survey",
    clock,
    decide: (act) => decideSurvey(state, act, dates().rules.calendar),
    perform: async (act) => {
      const after = orFail(decideSurvey(state, act, dates().rules.calendar));
      const done = await become(after, { action: act.name, act, hash: contentOf(act)?.hash ?? null });
      if (state.end !== null) await tellRequest(state, clock.now());
      return done;
    },
  });
  setHandler(
    surveyNeedless,
    ({ at, reason }) => {
      clock.learn(at);
      return clock.inTurn(async () => {
        if (state.end !== null) return;
        const stopped = { ...state, end: { is: "stopped", reason, content: null } } as const;
        await become(stopped, { action: "survey.needless", reason });
      });
    },
    { description: "対象の照会項目が全て決着した" },
  );

  setCurrentDetails(detailsOfSurvey(state));
  await clock.wait({ summary: "補完調査の結果", done: () => current().end !== null });
  await clock.end();
}

const contentOf = (act: SurveyAct): ContentRef | null => {
  switch (act.name) {
    case "survey.plan":
    case "survey.conclude":
      return act.args.content;
    case "survey.stop":
      return null;
  }
};

const rowsOfSurvey = ({ id, ...facts }: Survey): readonly Change[] => [
  { write: "survey", survey: id, ...facts },
  ...(facts.end === null
    ? []
    : [{ write: "process", workflow: surveyWorkflowId(id), is: "closed" } as const]),
];

/** A request that was settled in another way meanwhile has ended, and needs no word of it. */
const tellRequest = async ({ id, request, end }: Survey, at: Instant): Promise<void> => {
  if (end === null) return;
  const handle = getExternalWorkflowHandle(requestWorkflowId(request));
  await Promise.allSettled([handle.signal(surveyEnded, { at, survey: id, end })]);
};

const stateOf = ({ method, end }: Survey): string => {
  if (end === null) return method === null ? "調査の方法を検討中" : "調査中";
  switch (end.is) {
    case "found":
      return "結果あり";
    case "impossible":
      return `把握できず：${end.reason}`;
    case "stopped":
      return `取りやめ：${end.reason}`;
  }
};

/** The survey as an auditor reads it in the Temporal UI. */
const detailsOfSurvey = (survey: Survey): string =>
  [
    `**${survey.organisation}**　期限 ${survey.dueOn}`,
    stateOf(survey),
    ...survey.opening.items.map((item) => `- ${item}`),
  ].join("\n\n");
