import { getExternalWorkflowHandle } from "@temporalio/workflow";
import type { Recorded, WorkflowStart } from "../activities/contract.ts";
import type { HandedOn, SurveyOpening } from "../domain/request.ts";
import type { Instant } from "../domain/time.ts";
import { startWorkflows } from "./acting.ts";
import type { Clock } from "./clock.ts";
import {
  collectionSettled,
  consultationAnswered,
  cycleWorkflowId,
  reportWorkflowId,
  requestWorkflowId,
  respondentSettled,
  surveyNeedless,
  surveyWorkflowId,
  type RequestInput,
} from "./contract.ts";
import { requestHandedOn, surveyOpenedBy, type RequestStep } from "./request-rows.ts";

/** What a request sets going, and whom it tells. */

export const startSurveys = async (
  { cycle, year, calendar }: RequestInput,
  { after, opens }: RequestStep,
  clock: Clock,
): Promise<void> => {
  if (opens.length === 0) return;
  const { organisation } = after;
  const starts = opens.map((opened): WorkflowStart => ({
    workflow: "survey",
    id: surveyWorkflowId(opened.opening.survey),
    summary: `補完調査 ${opened.opening.survey}`,
    attributes: { year, organisation, kind: "survey", stage: null },
    input: { cycle, year, clock: clock.handedOn(), calendar, survey: surveyOpenedBy(after, opened) },
  }));
  await startWorkflows({ cycle, starts });
};

/** 所管の付替え: the other organisation's request goes its own way. */
export const startHandedOn = async (
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
          comparing: [],
          running: [],
          survey: null,
        },
      },
    ],
  });
};

/** A survey that has ended meanwhile needs no word of it. */
export const tellNeedless = async (surveys: readonly SurveyOpening[], at: Instant): Promise<void> => {
  const reason = "対象の照会項目が全て決着したため。";
  await Promise.allSettled(
    surveys.map(({ survey, items }) =>
      getExternalWorkflowHandle(surveyWorkflowId(survey)).signal(surveyNeedless, { at, reason, items }),
    ),
  );
};

/**
 * Whoever settles last says so, once: to the cycle, or to the report that asked for comments. Whoever was asked for a
 * survey says so to that survey, which may have ended.
 */
export const tellIfLast = async (
  { cycle, round, survey, request: { id, kind } }: RequestInput,
  open: Recorded["open"],
  at: Instant,
): Promise<void> => {
  switch (kind) {
    case "consultation":
      if (open.consultation === 0)
        await getExternalWorkflowHandle(reportWorkflowId(cycle)).signal(consultationAnswered, { at, round });
      return;
    case "survey":
      if (survey !== null)
        await Promise.allSettled([
          getExternalWorkflowHandle(surveyWorkflowId(survey)).signal(respondentSettled, { at, request: id }),
        ]);
      return;
    case "data":
    case "chapter":
      if (open.data + open.chapter === 0)
        await getExternalWorkflowHandle(cycleWorkflowId(cycle)).signal(collectionSettled, { at });
  }
};
