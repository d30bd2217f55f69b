import { Context } from "@temporalio/activity";
import { ApplicationFailure } from "@temporalio/common";
import type { ObjectStorage } from "../db/files.ts";
import { contentByHash } from "../db/queries/content.ts";
import { commentsOfRound } from "../db/queries/comments.ts";
import { planRulesOf } from "../workflows/contract.ts";
import type { Letterhead } from "./addressing.ts";
import type { CarryOverDeps } from "./carry-over.ts";
import { chase } from "./chase.ts";
import { auditorsMail } from "./checkpoint-mail.ts";
import type { Activities } from "./contract.ts";
import { askRespondents } from "./asking.ts";
import { deliverActs, type DeliveringDeps, type DeliveryPace } from "./delivering.ts";
import { keepRecord, type KeepingDeps } from "./keep-record.ts";
import { compareAnswers, justify } from "./justifying.ts";
import { mailActivities, USUAL_PACE } from "./mail.ts";
import { mailTrouble } from "./mail-trouble.ts";
import { openRequests } from "./opening.ts";
import { makePlanShelf } from "./plan-shelf.ts";
import { record, type RecordDeps, type Run } from "./record.ts";
import { reportActivities } from "./report.ts";
import type { WitnessPace } from "./witness.ts";
import type { Smtp } from "./smtp.ts";
import { startWorkflows } from "./starting.ts";
import { tellAmended } from "./telling.ts";

/** What the house's activities are made of. Set once, by a composition root. */
export interface ActivityDeps
  extends
    Omit<RecordDeps, "plans" | "letterhead">,
    Omit<DeliveringDeps, "deliveryPace">,
    Omit<KeepingDeps, "keepingMs" | "witnessPace" | "tellAuditors">,
    CarryOverDeps,
    Letterhead {
  readonly smtp: Smtp;
  /** Where files are kept; without it, in the database. */
  readonly objects?: ObjectStorage | null;
  /** Where returned mail is put; null where none is. */
  readonly bounceFolder: string | null;
}

/** A person who waits for a 202 looks again within seconds; whoever stored an act gives up on it after five. */
const DELIVERY_PACE: DeliveryPace = { sweepMs: 5000, graceSeconds: 6, limitMs: 10_000 };

/** An auditor who waits for a stage's checkpoint, or for the history of what has just ended, waits no longer. */
const KEEPING_MS = 5000;

/** A witness that is away is asked again each minute; one that answers has a stage's head within seconds. */
const WITNESS_PACE: WitnessPace = { sweepMs: 5000, retryMs: 60_000, limitMs: 10_000 };

const thisRun = (): Run => {
  const { workflowExecution, activityId: activity } = Context.current().info;
  return {
    workflow: workflowExecution?.workflowId ?? null,
    run: workflowExecution?.runId ?? null,
    activity: workflowExecution === undefined ? null : activity,
  };
};

type Recording = Pick<
  Activities,
  "record" | "openRequests" | "askRespondents" | "startWorkflows" | "tellAmended" | "chase"
>;

const recordingActivities = (deps: RecordDeps & DeliveringDeps): Recording => ({
  record: (input) => record(deps, input, thisRun()),
  openRequests: (input) => openRequests(deps, input, thisRun()),
  askRespondents: (input) => askRespondents(deps, input, thisRun()),
  startWorkflows: (input) => startWorkflows(deps, input),
  tellAmended: (input) => tellAmended(deps, input),
  chase: (input) => chase(deps, input, thisRun()),
});

type Reading = Pick<Activities, "commentsOf" | "planRules" | "justify" | "compareAnswers">;

const readingActivities = (deps: RecordDeps): Reading => ({
  justify: async (input) => ({ justifications: await justify(deps, input) }),
  compareAnswers: async (input) => ({ compared: await compareAnswers(deps, input) }),
  commentsOf: async (input) => ({ comments: await commentsOfRound(deps.db, input) }),
  planRules: async ({ plan }) => {
    const stored = await contentByHash(deps.db, "plan", plan);
    // Nobody can amend a year with a plan that isn't there, however often it is tried.
    if (stored === undefined) throw ApplicationFailure.nonRetryable(`the plan ${plan} is not stored`);
    return planRulesOf(stored.body);
  },
});

const deliveringActivities = (deps: DeliveringDeps): Pick<Activities, "deliverActs"> => ({
  deliverActs: async ({ forMs }) => {
    const context = Context.current();
    const beat = (): void => context.heartbeat();
    return { delivered: await deliverActs(deps, { forMs, signal: context.cancellationSignal, beat }) };
  },
});

const keepingActivities = (deps: KeepingDeps): Pick<Activities, "keepRecord"> => ({
  keepRecord: ({ forMs }) => {
    const context = Context.current();
    const beat = (): void => context.heartbeat();
    return keepRecord(deps, { forMs, signal: context.cancellationSignal, beat });
  },
});

/** All that workflows ask of the world. Every one of them may run twice, or twice at once. */
export const createActivities = (given: ActivityDeps): Activities => {
  const { publicUrl, sender } = given;
  const deps = {
    ...given,
    plans: makePlanShelf(),
    letterhead: { publicUrl, sender },
    deliveryPace: DELIVERY_PACE,
    keepingMs: KEEPING_MS,
    witnessPace: WITNESS_PACE,
  };
  return {
    ...recordingActivities(deps),
    ...readingActivities(deps),
    ...deliveringActivities(deps),
    ...keepingActivities({ ...deps, ...auditorsMail(deps) }),
    ...reportActivities({ ...deps, beat: (come) => Context.current().heartbeat(come) }),
    ...mailActivities({ ...deps, ...mailTrouble(deps), pace: USUAL_PACE }),
  };
};
