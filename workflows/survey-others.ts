import { getExternalWorkflowHandle } from "@temporalio/workflow";
import type { Survey, SurveyAct } from "../domain/survey.ts";
import type { Instant } from "../domain/time.ts";
import {
  requestWorkflowId,
  surveyEnded,
  surveyMerged,
  surveyNarrowed,
  surveyOver,
  surveyWorkflowId,
} from "./contract.ts";
import { requestsOf } from "./survey-rows.ts";

/** Whom a survey tells. Whoever has ended meanwhile needs no word of it. */

export const tellRequests = async ({ id, opening, end }: Survey, at: Instant): Promise<void> => {
  if (end === null) return;
  const { content: _content, ...ended } = end;
  await Promise.allSettled(
    requestsOf(opening.items).map((request) =>
      getExternalWorkflowHandle(requestWorkflowId(request)).signal(surveyEnded, {
        at,
        survey: id,
        end: ended,
      }),
    ),
  );
};

const tellNarrowed = async (before: Survey, { id, opening }: Survey, at: Instant): Promise<void> => {
  const keeps = opening.items;
  await Promise.allSettled(
    requestsOf(before.opening.items).map((request) =>
      getExternalWorkflowHandle(requestWorkflowId(request)).signal(surveyNarrowed, { at, survey: id, keeps }),
    ),
  );
};

/** Nobody is asked any more for what no longer counts. */
export const release = async ({ protocol }: Survey, at: Instant): Promise<void> => {
  const open = (protocol?.asked ?? []).filter(({ settled }) => !settled);
  const reason = "補完調査の終了又は方法の変更に伴い、回答が不要となったため。";
  await Promise.allSettled(
    open.map(({ request }) =>
      getExternalWorkflowHandle(requestWorkflowId(request)).signal(surveyOver, { at, reason }),
    ),
  );
};

/** What an act means for the requests behind the survey, for whom it asks, and for the survey it takes over. */
export const tellOthers = async (
  before: Survey,
  after: Survey,
  { act, at }: { readonly act: SurveyAct; readonly at: Instant },
): Promise<void> => {
  if (after.end !== null) {
    await tellRequests(after, at);
    await release(after, at);
  }
  if (act.name === "survey.plan") await release(before, at);
  if (act.name === "survey.change") await tellNarrowed(before, after, at);
  if (act.name === "survey.merge") {
    const merged = { at, into: after.id, reason: act.reason ?? "" };
    const other = getExternalWorkflowHandle(surveyWorkflowId(act.args.from));
    await Promise.allSettled([other.signal(surveyMerged, merged)]);
  }
};
