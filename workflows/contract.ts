import { defineQuery, defineSignal, defineUpdate } from "@temporalio/workflow";
import type { Act, ActName } from "../domain/acts.ts";
import { collectionClosesAt } from "../domain/asking.ts";
import { domainsOf } from "../domain/catalogue.ts";
import { evaluationId } from "../domain/evaluation.ts";
import type { CycleKey, FiscalYear, Sha256 } from "../domain/ids.ts";
import type { ApprovalStep, ClosedDayPolicy, Holiday, Plan, SendWindow } from "../domain/plan.ts";
import type { SurveyMethod } from "../domain/survey-method.ts";
import type { SurveyEnd, SurveyOpening, UnmovedRequest } from "../domain/request.ts";
import type { Survey } from "../domain/survey.ts";
import { at, type Instant, type PlainDate, type PlainTime } from "../domain/time.ts";

/** All that clients may load: Updates, signals, queries, inputs, workflow ids. Payloads are plain JSON. */

export const cycleWorkflowId = (cycle: CycleKey): string => `cycle-${cycle}`;
export const chaseWorkflowId = (cycle: CycleKey): string => `chase-${cycle}`;
export const reportWorkflowId = (cycle: CycleKey): string => `report-${cycle}`;
/** `request` is the request's id, e.g. `2014-data-meti`. */
export const requestWorkflowId = (request: string): string => `request-${request}`;
/** `survey` is the survey's id, e.g. `2014-survey-meti-1`. */
export const surveyWorkflowId = (survey: string): string => `survey-${survey}`;
export const COURIER_WORKFLOW_ID = "courier";

/** What a done act answers: the number of its audit event, and the hash of what it made or was about. */
export interface ActResult {
  readonly sequence: number;
  readonly hash: Sha256 | null;
}
/** The Update of an act has the act's name; its id is the act's id. */
export const actUpdate = <Name extends ActName>(name: Name) => defineUpdate<ActResult, [Act<Name>]>(name);

/** On a stepped clock: it is now `to`. Answers when the workflow has done all that was due by then. */
export const advance = defineUpdate<Resting, [{ readonly to: Instant }]>("advance");

/** Whether a workflow has anything left to do without a person or a later instant. */
export interface Resting {
  readonly idle: boolean;
  /** The next instant at which it wakes by itself; null while only a person or another workflow can move it. */
  readonly wakesAt: Instant | null;
}
export const resting = defineQuery<Resting>("resting");

/** A signal between workflows of one cycle brings the cycle's now along: a stepped clock knows no other. */
interface Told {
  readonly at: Instant;
}
/** To the cycle: the last open data or chapter request has settled. */
export const collectionSettled = defineSignal<[Told]>("collectionSettled");
/** To the cycle: the report has reached a stage. */
export const reportReached = defineSignal<[Told & { readonly stage: ReportReached }]>("reportReached");
export type ReportReached =
  "drafting" | "consultation" | "approval" | "decision" | "publication" | "carry-over";
/** To the report: the last consultation request has settled. */
export const consultationAnswered = defineSignal<[Told & { readonly round: number }]>("consultationAnswered");
/** To a request: one of its surveys has ended. */
export const surveyEnded =
  defineSignal<[Told & { readonly survey: string; readonly end: SurveyEnd }]>("surveyEnded");

/** To a request: what a survey stands for has become less; all but `keeps` goes back. */
export const surveyNarrowed =
  defineSignal<[Told & { readonly survey: string; readonly keeps: readonly string[] }]>("surveyNarrowed");
/** To a request of kind `survey`: its survey has ended, or asks others. */
export const surveyOver = defineSignal<[Told & { readonly reason: string }]>("surveyOver");
/** To a survey: one of its respondents owes nothing any more. */
export const respondentSettled = defineSignal<[Told & { readonly request: string }]>("respondentSettled");
/** To a survey: another one has taken over all it was opened for. */
export const surveyMerged =
  defineSignal<[Told & { readonly into: string; readonly reason: string }]>("surveyMerged");
/** To a survey: these of its items have been settled in another way. */
export const surveyNeedless =
  defineSignal<[Told & { readonly reason: string; readonly items: readonly string[] }]>("surveyNeedless");
/** The dates of a plan by which what is under way decides. */
export interface AmendedDates {
  readonly calendar: CalendarInput;
  readonly sendWindow: SendWindow;
}
/** To the chase, and every open request and survey: the plan was amended. */
export const planAmended = defineSignal<[Told & AmendedDates]>("planAmended");

/** Every signal there is, by its name: whoever puts them into words misses none. */
export const signals = {
  collectionSettled,
  reportReached,
  consultationAnswered,
  surveyEnded,
  surveyNarrowed,
  surveyOver,
  respondentSettled,
  surveyMerged,
  surveyNeedless,
  planAmended,
} as const;

/** How a workflow tells the time. A stepped clock starts at `now` and moves by `advance` only. */
export type ClockInput = { readonly is: "real" } | { readonly is: "stepped"; readonly now: Instant };

/** What of the plan a workflow decides with, frozen into the history. */
export interface CalendarInput {
  readonly holidays: readonly Holiday[];
  readonly closingTime: PlainTime;
  readonly closedDays: ClosedDayPolicy;
  /** What the plan says of surveys; absent where it says nothing. */
  readonly surveyMethods?: readonly SurveyMethod[];
  /** Keys of grades. */
  readonly surveyGrades?: readonly string[];
}
export const calendarInputOf = ({ holidays, dates, surveyMethods, surveyGrades }: Plan): CalendarInput => ({
  holidays,
  closingTime: dates.closingTime,
  closedDays: dates.closedDays,
  ...(surveyMethods !== undefined && { surveyMethods }),
  ...(surveyGrades !== undefined && { surveyGrades: surveyGrades.map(({ key }) => key) }),
});

/** What a cycle decides with, from its plan. An amended plan brings its own. */
export interface PlanRules {
  readonly collectionOn: PlainDate;
  readonly collectionClosesAt: Instant | null;
  readonly policyApprovers: readonly ApprovalStep[];
  readonly reportApprovers: readonly ApprovalStep[];
  /** Every evaluation id and every domain key the plan asks for. */
  readonly evaluations: readonly string[];
  readonly domains: readonly string[];
  readonly calendar: CalendarInput;
  readonly sendWindow: SendWindow;
}
export const planRulesOf = (plan: Plan): PlanRules => {
  const domains = domainsOf(plan).map(({ key }) => key);
  return {
    collectionOn: plan.dates.collectionOn,
    collectionClosesAt: collectionClosesAt(plan),
    policyApprovers: plan.approvals.policy,
    reportApprovers: plan.approvals.report,
    evaluations: [
      ...plan.measures.map(({ key }) => evaluationId("output", key)),
      ...domains.map((key) => evaluationId("outcome", key)),
    ],
    domains,
    calendar: calendarInputOf(plan),
    sendWindow: plan.sendWindow,
  };
};

export interface CycleInput extends PlanRules {
  readonly cycle: CycleKey;
  readonly year: FiscalYear;
  readonly clock: ClockInput;
  readonly plan: Sha256;
}
/** A stepped clock starts at the send window's start of the plan's first day. */
export const cycleInputOf = ({
  cycle,
  plan,
  hash,
  stepped,
}: {
  readonly cycle: CycleKey;
  readonly plan: Plan;
  readonly hash: Sha256;
  readonly stepped: boolean;
}): CycleInput => ({
  ...planRulesOf(plan),
  cycle,
  year: plan.year,
  clock: stepped ? { is: "stepped", now: at(plan.dates.opensOn, plan.sendWindow.from) } : { is: "real" },
  plan: hash,
});

export interface RequestInput {
  readonly cycle: CycleKey;
  readonly year: FiscalYear;
  readonly clock: ClockInput;
  readonly calendar: CalendarInput;
  readonly request: UnmovedRequest;
  /** With kind `consultation`: the round, counted from 1; else 0. */
  readonly round: number;
  readonly surveyBusinessDays: number;
  /** Items whose answers are held against last year's, or whose definition the plan says has changed. */
  readonly comparing: readonly string[];
  /** Surveys that were opened with the request itself. */
  readonly running: readonly SurveyOpening[];
  /** With kind `survey`: whose questions they are. */
  readonly survey: string | null;
}
export interface SurveyInput {
  readonly cycle: CycleKey;
  readonly year: FiscalYear;
  readonly clock: ClockInput;
  readonly survey: Survey;
  readonly calendar: CalendarInput;
}
export interface ChaseInput {
  readonly cycle: CycleKey;
  readonly clock: ClockInput;
  readonly calendar: CalendarInput;
  readonly sendWindow: SendWindow;
  /** What the run before this one sent last, in words; absent in the first. */
  readonly last?: string;
}
export interface ReportInput {
  readonly cycle: CycleKey;
  readonly year: FiscalYear;
  readonly clock: ClockInput;
  readonly approvers: readonly ApprovalStep[];
}
