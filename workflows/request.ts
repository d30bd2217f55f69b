import { setCurrentDetails, setHandler } from "@temporalio/workflow";
import type { Deed } from "../domain/act-words.ts";
import { isSettled } from "../domain/answer.ts";
import { decideRequest } from "../domain/request-acts.ts";
import {
  entries,
  isRequestSettled,
  narrowSurvey,
  nextDeadline,
  passDeadline,
  withItems,
  type Decided,
  type Request,
  type RequestAct,
} from "../domain/request.ts";
import { addSeconds, type Instant } from "../domain/time.ts";
import type { Compared } from "../domain/unmeasurable.ts";
import { onActs, recorder } from "./acting.ts";
import { makeClock, type Clock } from "./clock.ts";
import { surveyEnded, surveyNarrowed, surveyOver, type ActResult, type RequestInput } from "./contract.ts";
import { datesInForce } from "./dates-in-force.ts";
import { orFail } from "./refusing.ts";
import { mailsOfRequest } from "./request-mails.ts";
import { startHandedOn, startSurveys, tellIfLast, tellNeedless } from "./request-others.ts";
import { detailsOfRequest, rowsOfRequest } from "./request-rows.ts";
import { makeSurveying, type Surveying } from "./surveying.ts";

/** Why a request has become another: an act with what it was held against, or the end of its survey's questions. */
interface Cause {
  readonly act?: RequestAct | null;
  readonly compared?: readonly Compared[];
  readonly over?: string;
}
type Become = (decided: Decided, action: Deed, cause?: Cause) => Promise<ActResult>;

/** 照会: one organisation, one purpose. Ends when every item is settled; silence settles nothing. */
export async function request(input: RequestInput): Promise<void> {
  const { cycle, round } = input;
  const clock = makeClock(input.clock);
  const write = recorder(cycle, clock);
  const dates = datesInForce(input.calendar, clock);
  let state: Request = { ...input.request, paused: null };
  const current = () => state;
  const surveying = makeSurveying({ input, clock, dates, current });

  const become: Become = async (decided, action, { act = null, compared = [], ...rest } = {}) => {
    const after = decided.request;
    const { handsOn } = decided;
    const opens = await surveying.openedBy(decided.opens, { reason: act?.reason ?? null, compared });
    const now = clock.now();
    const step = { ...dates().rules, cycle, round, before: state, after, act, opens, handsOn, now, ...rest };
    const object = `request ${after.id}`;
    const changes = rowsOfRequest(step);
    const { sequence, open } = await write({ action, act, object, changes, mails: mailsOfRequest(step) });
    state = after;
    setCurrentDetails(detailsOfRequest(state));
    const asked = { ...input, calendar: dates().input };
    await startSurveys(asked, step, clock);
    if (handsOn !== undefined) await startHandedOn(asked, handsOn, clock);
    surveying.note(decided.opens);
    await tellNeedless(surveying.takeNeedless(), clock.now());
    if (isRequestSettled(state)) await tellIfLast(input, open, clock.now());
    return { sequence, hash: null };
  };

  onActs({
    owner: "request",
    clock,
    decide: (act) => decideRequest(state, act, dates().rules),
    perform: async (act) => {
      const compared = await surveying.heldAgainst(act);
      return become(orFail(decideRequest(state, act, dates().rules, compared)), act.name, { act, compared });
    },
  });
  hearSurveys({ clock, current, surveying, become, rules: () => dates().rules });

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
      await become(passDeadline(current(), clock.now()), "request.close");
      passed = deadline;
    });
  }
  await clock.end();
}

/** What surveys tell the request they were opened for, or whose respondents they ask. */
const hearSurveys = ({
  clock,
  current,
  surveying,
  become,
  rules,
}: {
  readonly clock: Clock;
  readonly current: () => Request;
  readonly surveying: Surveying;
  readonly become: Become;
  readonly rules: () => Parameters<typeof narrowSurvey>[1]["rules"];
}): void => {
  const hear = (at: Instant, work: () => Promise<unknown>): Promise<unknown> => {
    clock.learn(at);
    return clock.inTurn(work);
  };
  setHandler(
    surveyEnded,
    async ({ at, survey, end }) => {
      await hear(at, () => {
        const concluded = surveying.conclude(survey, end);
        return become({ request: concluded, opens: [] }, "request.survey-ended");
      });
    },
    { description: "補完調査が終わった" },
  );
  setHandler(
    surveyNarrowed,
    async ({ at, survey, keeps }) => {
      await hear(at, () => {
        surveying.narrow(survey, keeps);
        const narrowed = narrowSurvey(current(), { survey, keeps, now: clock.now(), rules: rules() });
        return become({ request: narrowed, opens: [] }, "request.survey-narrowed");
      });
    },
    { description: "補完調査の対象が変わった" },
  );
  setHandler(
    surveyOver,
    async ({ at, reason }) => {
      await hear(at, async () => {
        const open = entries(current()).filter(([, item]) => !isSettled(item));
        if (open.length === 0) return;
        const given = Object.fromEntries(open.map(([id]) => [id, { is: "uncollected", reason } as const]));
        const over = { request: withItems(current(), given), opens: [] };
        await become(over, "request.survey-over", { over: reason });
      });
    },
    { description: "補完調査の質問票への回答が不要になった" },
  );
};
