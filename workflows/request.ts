import { getExternalWorkflowHandle, setCurrentDetails, setHandler } from "@temporalio/workflow";
import type { Recorded, WorkflowStart } from "../activities/contract.ts";
import { addBusinessDays } from "../domain/calendar.ts";
import { decideRequest } from "../domain/request-acts.ts";
import {
  concludeSurvey,
  isRequestSettled,
  needlessSurveys,
  nextDeadline,
  passDeadline,
  type Decided,
  type HandedOn,
  type Request,
  type RequestAct,
  type SurveyOpening,
} from "../domain/request.ts";
import { addSeconds, dateOf, type Instant } from "../domain/time.ts";
import { onActs, recorder, startWorkflows } from "./acting.ts";
import { makeClock, type Clock } from "./clock.ts";
import {
  collectionSettled,
  consultationAnswered,
  cycleWorkflowId,
  reportWorkflowId,
  requestWorkflowId,
  surveyEnded,
  surveyNeedless,
  surveyWorkflowId,
  type ActResult,
  type RequestInput,
} from "./contract.ts";
import { datesInForce } from "./dates-in-force.ts";
import { orFail } from "./refusing.ts";
import { mailsOfRequest } from "./request-mails.ts";
import { detailsOfRequest, requestHandedOn, rowsOfRequest, type RequestStep } from "./request-rows.ts";

/** 照会: one organisation, one purpose. Ends when every item is settled; silence settles nothing. */
export async function request(input: RequestInput): Promise<void> {
  const { cycle, round } = input;
  const clock = makeClock(input.clock);
  const write = recorder(cycle, clock);
  const dates = datesInForce(input.calendar, clock);
  let state: Request = { ...input.request, paused: null };
  const current = () => state;
  /** Opened and not ended, as far as this request has heard. */
  let surveys: readonly SurveyOpening[] = [];

  const surveyDueOn = () =>
    addBusinessDays(dateOf(clock.now()), input.surveyBusinessDays, dates().rules.calendar);

  const become = async (decided: Decided, action: string, act: RequestAct | null): Promise<ActResult> => {
    const after = decided.request;
    const opens = decided.opens.map((opening) => ({ opening, dueOn: surveyDueOn() }));
    const { handsOn } = decided;
    const now = clock.now();
    const step = { ...dates().rules, cycle, round, before: state, after, act, opens, handsOn, now };
    const object = `request ${after.id}`;
    const changes = rowsOfRequest(step);
    const { sequence, open } = await write({ action, act, object, changes, mails: mailsOfRequest(step) });
    state = after;
    setCurrentDetails(detailsOfRequest(state));
    const asked = { ...input, calendar: dates().input };
    await startSurveys(asked, step, clock);
    if (handsOn !== undefined) await startHandedOn(asked, handsOn, clock);
    surveys = [...surveys, ...decided.opens];
    await endNeedless();
    if (isRequestSettled(state)) await tellIfLast(input, open, clock.now());
    return { sequence, hash: null };
  };

  const endNeedless = async (): Promise<void> => {
    const needless = needlessSurveys(state, surveys);
    if (needless.length === 0) return;
    surveys = surveys.filter((opening) => !needless.includes(opening));
    await tellNeedless(needless, clock.now());
  };

  onActs({
    owner: "request",
    clock,
    decide: (act) => decideRequest(state, act, dates().rules),
    perform: (act) => become(orFail(decideRequest(state, act, dates().rules)), act.name, act),
  });
  setHandler(
    surveyEnded,
    ({ at, survey, end }) => {
      clock.learn(at);
      return clock.inTurn(async () => {
        surveys = surveys.filter((opening) => opening.survey !== survey);
        const concluded = concludeSurvey(state, { survey, end, now: clock.now(), rules: dates().rules });
        await become({ request: concluded, opens: [] }, "request.survey-ended", null);
      });
    },
    { description: "補完調査が終わった" },
  );

  setCurrentDetails(detailsOfRequest(state));
  let passed: Instant | null = null;
  const deadlineAhead = () => nextDeadline(current(), passed);
  while (!isRequestSettled(current())) {
    const deadline = deadlineAhead();
    await clock.wait({
      summary: "回答の締切",
      done: () => isRequestSettled(current()) || deadlineAhead() !== deadline,
      // The last instant at which an answer is taken is not yet silence.
      until: deadline === undefined ? undefined : addSeconds(deadline, 1),
    });
    if (deadline === undefined || clock.now() <= deadline) continue;
    await clock.inTurn(async () => {
      // An act whose turn came first may have moved it.
      if (deadlineAhead() !== deadline) return;
      await become(passDeadline(current(), clock.now()), "request.close", null);
      passed = deadline;
    });
  }
  await clock.end();
}

const startSurveys = async (
  { cycle, year, calendar }: RequestInput,
  { after, opens }: RequestStep,
  clock: Clock,
): Promise<void> => {
  if (opens.length === 0) return;
  const { id, organisation } = after;
  const starts = opens.map(({ opening, dueOn }): WorkflowStart => ({
    workflow: "survey",
    id: surveyWorkflowId(opening.survey),
    summary: `補完調査 ${opening.survey}`,
    attributes: { year, organisation, kind: "survey", stage: null },
    input: {
      cycle,
      clock: clock.handedOn(),
      calendar,
      survey: { id: opening.survey, request: id, organisation, opening, dueOn, method: null, end: null },
    },
  }));
  await startWorkflows({ cycle, starts });
};

/** 所管の付替え: the other organisation's request goes its own way. */
const startHandedOn = async (
  { cycle, year, calendar, surveyBusinessDays }: RequestInput,
  handsOn: HandedOn,
  clock: Clock,
): Promise<void> => {
  const { request: id, organisation, items } = handsOn;
  await startWorkflows({
    cycle,
    starts: [
      {
        workflow: "request",
        id: requestWorkflowId(id),
        summary: `${organisation}：所管の付替えによるデータの照会（${items.length}件）`,
        attributes: { year, organisation, kind: "data", stage: null },
        input: {
          cycle,
          year,
          clock: clock.handedOn(),
          calendar,
          request: requestHandedOn(handsOn),
          round: 0,
          surveyBusinessDays,
        },
      },
    ],
  });
};

/** A survey that has ended meanwhile needs no word of it. */
const tellNeedless = async (surveys: readonly SurveyOpening[], at: Instant): Promise<void> => {
  const reason = "対象の照会項目が全て決着したため。";
  await Promise.allSettled(
    surveys.map(({ survey }) =>
      getExternalWorkflowHandle(surveyWorkflowId(survey)).signal(surveyNeedless, { at, reason }),
    ),
  );
};

/** Whoever settles last says so, once: to the cycle, or to the report that asked for comments. */
const tellIfLast = async (
  { cycle, round, request: { kind } }: RequestInput,
  open: Recorded["open"],
  at: Instant,
): Promise<void> => {
  if (kind === "consultation" && open.consultation === 0)
    await getExternalWorkflowHandle(reportWorkflowId(cycle)).signal(consultationAnswered, { at, round });
  if (kind !== "consultation" && open.data + open.chapter === 0)
    await getExternalWorkflowHandle(cycleWorkflowId(cycle)).signal(collectionSettled, { at });
};
