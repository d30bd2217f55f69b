import { setCurrentDetails, setHandler } from "@temporalio/workflow";
import {
  currentStep,
  decideSurvey,
  hearReply,
  repliesDueOn,
  withoutNeedless,
  type Survey,
  type SurveyAct,
  type SurveyRules,
} from "../domain/survey.ts";
import { addSeconds, at as instantAt, type Instant } from "../domain/time.ts";
import { askRespondents, drafter, onActs, recorder, type Told } from "./acting.ts";
import { makeClock, type Clock } from "./clock.ts";
import {
  respondentSettled,
  surveyMerged,
  surveyNeedless,
  type ActResult,
  type SurveyInput,
} from "./contract.ts";
import { datesInForce } from "./dates-in-force.ts";
import { orFail } from "./refusing.ts";
import { release, tellOthers, tellRequests } from "./survey-others.ts";
import { contentOf, detailsOfSurvey, newlyAsked, repliesMails, rowsOfSurvey } from "./survey-rows.ts";

type Telling = Omit<Told, "object" | "changes">;
const toldOf = (after: Survey, told: Telling): Told => ({
  ...told,
  object: `survey ${after.id}`,
  changes: rowsOfSurvey(after),
});

/** Where a survey stands, and how it comes to stand elsewhere. */
interface Desk {
  readonly clock: Clock;
  readonly current: () => Survey;
  readonly rules: () => SurveyRules;
  readonly become: (after: Survey, told: Telling) => Promise<ActResult>;
}

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
  const turnTo = (after: Survey): void => {
    state = after;
    setCurrentDetails(detailsOfSurvey(state));
  };
  const become: Desk["become"] = async (after, told) => {
    const { sequence } = await write(toldOf(after, told));
    turnTo(after);
    return { sequence, hash: told.hash ?? null };
  };
  /** The questions go out in the very transaction in which the method is recorded. */
  const ask = async (after: Survey, act: SurveyAct & { name: "survey.plan" }): Promise<ActResult> => {
    const { content } = act.args;
    const { sequence } = await askRespondents({
      record: draft(toldOf(after, { action: act.name, act, hash: content.hash })),
      clock: clock.handedOn(),
      year: input.year,
      survey: after.id,
      respondents: newlyAsked(state, after),
      dueOn: after.protocol === null ? after.dueOn : repliesDueOn(after.protocol, act.at, rules().calendar),
      content,
    });
    turnTo(after);
    return { sequence, hash: content.hash };
  };

  onActs({
    owner: "survey",
    clock,
    decide: (act) => decideSurvey(state, act, rules()),
    perform: async (act) => {
      const before = state;
      const after = orFail(decideSurvey(before, act, rules()));
      const done =
        act.name === "survey.plan" && newlyAsked(before, after).length > 0
          ? await ask(after, act)
          : await become(after, { action: act.name, act, hash: contentOf(act)?.hash ?? null });
      await tellOthers(before, after, { act, at: clock.now() });
      return done;
    },
  });
  hearOthers({ clock, current, rules, become });

  setCurrentDetails(detailsOfSurvey(state));
  const dueAt = (): Instant => instantAt(current().dueOn, dates().rules.closingTime);
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

/** What a survey hears of its items, of another survey, and of whom it asks. One that has ended hears nothing. */
const hearOthers = ({ clock, current, rules, become }: Desk): void => {
  const hear = async (at: Instant, work: (running: Survey) => Promise<void>): Promise<void> => {
    clock.learn(at);
    await clock.inTurn(async () => {
      if (current().end === null) await work(current());
    });
  };
  setHandler(
    surveyNeedless,
    ({ at, reason, items }) =>
      hear(at, async (running) => {
        const after = withoutNeedless(running, { items, reason });
        await become(after, { action: "survey.needless", reason });
        if (after.end !== null) await release(after, clock.now());
      }),
    { description: "対象の照会項目が決着した" },
  );
  setHandler(
    surveyMerged,
    ({ at, into, reason }) =>
      hear(at, async (running) => {
        const ended = { ...running, end: { is: "merged", into, reason, content: null } } as const;
        await become(ended, { action: "survey.merged", reason });
        await tellRequests(ended, clock.now());
        await release(ended, clock.now());
      }),
    { description: "別の補完調査に統合された" },
  );
  setHandler(
    respondentSettled,
    ({ at, request }) =>
      hear(at, async (running) => {
        const after = hearReply(running, { request, at: clock.now(), calendar: rules().calendar });
        if (after === running) return;
        const isDone = currentStep(after)?.key !== currentStep(running)?.key;
        await become(after, { action: "survey.reply", mails: isDone ? repliesMails(after) : [] });
      }),
    { description: "質問票の回答者一者の照会が決着した" },
  );
};
