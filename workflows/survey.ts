import { getExternalWorkflowHandle, setCurrentDetails, setHandler } from "@temporalio/workflow";
import {
  currentStep,
  decideSurvey,
  hearReply,
  repliesDueOn,
  type Survey,
  type SurveyAct,
  type SurveyRules,
  withoutNeedless,
} from "../domain/survey.ts";
import { addSeconds, at as instantAt, type Instant } from "../domain/time.ts";
import { askRespondents, drafter, onActs, recorder, type Told } from "./acting.ts";
import { makeClock } from "./clock.ts";
import {
  requestWorkflowId,
  respondentSettled,
  surveyEnded,
  surveyMerged,
  surveyNarrowed,
  surveyNeedless,
  surveyOver,
  surveyWorkflowId,
  type ActResult,
  type SurveyInput,
} from "./contract.ts";
import { datesInForce } from "./dates-in-force.ts";
import { orFail } from "./refusing.ts";
import {
  contentOf,
  detailsOfSurvey,
  newlyAsked,
  repliesMails,
  requestsOf,
  rowsOfSurvey,
} from "./survey-rows.ts";

/**
 * 補完調査: the secretariat chooses how, records its steps, concludes it or stops it. What is due next is chased like a
 * request; that it has passed is noted and ends nothing, since only a person can say what is known instead.
 */
export async function survey(input: SurveyInput): Promise<void> {
  const clock = makeClock(input.clock);
  const write = recorder(input.cycle, clock);
  const draft = drafter(input.cycle, clock);
  const dates = datesInForce(input.calendar, clock);
  let state = input.survey;
  const current = () => state;
  const rules = (): SurveyRules => {
    const { surveyMethods = [], surveyGrades = [] } = dates().input;
    return { calendar: dates().rules.calendar, methods: surveyMethods, grades: surveyGrades };
  };
  const dueAt = (): Instant => instantAt(current().dueOn, dates().rules.closingTime);

  type Telling = Omit<Told, "object" | "changes">;
  const toldOf = (after: Survey, told: Telling): Told => ({
    ...told,
    object: `survey ${after.id}`,
    changes: rowsOfSurvey(after),
  });
  const turnTo = (after: Survey): void => {
    state = after;
    setCurrentDetails(detailsOfSurvey(state));
  };
  const become = async (after: Survey, told: Telling): Promise<ActResult> => {
    const { sequence } = await write(toldOf(after, told));
    turnTo(after);
    return { sequence, hash: told.hash ?? null };
  };

  /** The questions go out in the very transaction in which the method is recorded. */
  const ask = async (after: Survey, act: SurveyAct & { name: "survey.plan" }): Promise<ActResult> => {
    const { hash } = act.args.content;
    const method = rules().methods.find(({ key }) => key === act.args.method);
    const { sequence } = await askRespondents({
      record: draft(toldOf(after, { action: act.name, act, hash })),
      clock: clock.handedOn(),
      year: input.year,
      survey: after.id,
      respondents: newlyAsked(state, after),
      dueOn: method === undefined ? after.dueOn : repliesDueOn(method, act.at, rules().calendar),
      content: act.args.content,
    });
    turnTo(after);
    return { sequence, hash };
  };

  const perform = async (act: SurveyAct): Promise<ActResult> => {
    const before = state;
    const after = orFail(decideSurvey(before, act, rules()));
    const done =
      act.name === "survey.plan" && newlyAsked(before, after).length > 0
        ? await ask(after, act)
        : await become(after, { action: act.name, act, hash: contentOf(act)?.hash ?? null });
    await tellOthers(before, after, { act, at: clock.now() });
    return done;
  };

  onActs({ owner: "survey", clock, decide: (act) => decideSurvey(state, act, rules()), perform });
  setHandler(
    surveyNeedless,
    ({ at, reason, items }) => {
      clock.learn(at);
      return clock.inTurn(async () => {
        if (state.end !== null) return;
        const after = withoutNeedless(state, { items, reason });
        await become(after, { action: "survey.needless", reason });
        if (after.end !== null) await release(after, clock.now());
      });
    },
    { description: "対象の照会項目が決着した" },
  );
  setHandler(
    surveyMerged,
    ({ at, into, reason }) => {
      clock.learn(at);
      return clock.inTurn(async () => {
        if (state.end !== null) return;
        const ended = { ...state, end: { is: "merged", into, reason, content: null } } as const;
        await become(ended, { action: "survey.merged", reason });
        await tellRequests(ended, clock.now());
        await release(ended, clock.now());
      });
    },
    { description: "別の補完調査に統合された" },
  );
  setHandler(
    respondentSettled,
    ({ at, request }) => {
      clock.learn(at);
      return clock.inTurn(async () => {
        const after = hearReply(state, { request, at: clock.now(), calendar: rules().calendar });
        if (after === state) return;
        const isDone = currentStep(after)?.key !== currentStep(state)?.key;
        await become(after, { action: "survey.reply", mails: isDone ? repliesMails(after) : [] });
      });
    },
    { description: "質問票の回答者一者の照会が決着した" },
  );

  setCurrentDetails(detailsOfSurvey(state));
  let noted: Instant | null = null;
  while (current().end === null) {
    const due = dueAt();
    await clock.wait({
      summary: "補完調査の次の期限",
      done: () => current().end !== null || dueAt() !== due,
      until: noted === due ? undefined : addSeconds(due, 1),
    });
    if (noted === due || clock.now() <= due) continue;
    await clock.inTurn(async () => {
      if (current().end !== null || dueAt() !== due) return;
      await write({ action: "survey.overdue", object: `survey ${current().id}` });
      noted = due;
    });
  }
  await clock.end();
}

/** What an act means for the requests behind the survey, for whom it asks, and for the survey it takes over. */
const tellOthers = async (
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
  if (act.name === "survey.merge")
    await Promise.allSettled([
      getExternalWorkflowHandle(surveyWorkflowId(act.args.from)).signal(surveyMerged, {
        at,
        into: after.id,
        reason: act.reason ?? "",
      }),
    ]);
};

/** A request that was settled in another way meanwhile has ended, and needs no word of it. */
const tellRequests = async ({ id, opening, end }: Survey, at: Instant): Promise<void> => {
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
const release = async ({ protocol }: Survey, at: Instant): Promise<void> => {
  const open = (protocol?.asked ?? []).filter(({ settled }) => !settled);
  const reason = "補完調査の終了又は方法の変更に伴い、回答が不要となったため。";
  await Promise.allSettled(
    open.map(({ request }) =>
      getExternalWorkflowHandle(requestWorkflowId(request)).signal(surveyOver, { at, reason }),
    ),
  );
};
