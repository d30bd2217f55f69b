import type { ActOf, ContentRef } from "./acts.ts";
import { addBusinessDays, hasYear, isOpen, type BusinessCalendar } from "./calendar.ts";
import type { OrganisationId } from "./ids.ts";
import type { SurveyMethod, SurveyStepPlan } from "./survey-method.ts";
import { isRefused, refuse, type Refused } from "./refusal.ts";
import { dateOf, type Instant, type PlainDate } from "./time.ts";
import type { SurveyEnd, SurveyOpening } from "./request.ts";

/** 補完調査: what replaces data that can't be had. */
export interface Survey {
  readonly id: string;
  /** The request it was opened by. */
  readonly request: string;
  readonly organisation: OrganisationId;
  /** Why, and for which items it now stands. */
  readonly opening: SurveyOpening;
  /** 開始の理由, with the facts. */
  readonly justification: string;
  /** By when what comes next is wanted: the method, a step, the result. */
  readonly dueOn: PlainDate;
  readonly method: ContentRef | null;
  /** How it is carried out; null until a method is chosen, and where the plan has none to choose from. */
  readonly protocol: SurveyProtocol | null;
  /** Another title and scope than the opening's. */
  readonly scope: ContentRef | null;
  readonly end: (SurveyEnd & { readonly content: ContentRef | null }) | null;
}

/** The method's steps as they were in the plan when it was chosen. */
export interface SurveyProtocol {
  readonly method: string;
  readonly label: string;
  /** By when the result is wanted. */
  readonly resultOn: PlainDate;
  readonly steps: readonly SurveyStep[];
  /** Requests to respondents, in the order in which they were opened. */
  readonly asked: readonly AskedRespondent[];
}
export interface SurveyStep extends SurveyStepPlan {
  readonly done: { readonly at: Instant; readonly content: ContentRef | null } | null;
}
export interface AskedRespondent {
  readonly request: string;
  readonly organisation: OrganisationId;
  readonly settled: boolean;
}

export type SurveyAct = ActOf<"survey">;

/** What a survey decides with: the calendar, and what the plan in force says of surveys. */
export interface SurveyRules {
  readonly calendar: BusinessCalendar;
  readonly methods: readonly SurveyMethod[];
  /** Keys of the plan's grades; empty where nobody grades. */
  readonly grades: readonly string[];
}

/** The first step that is not done; undefined once all are, and without a protocol. */
export const currentStep = ({ protocol }: Pick<Survey, "protocol">): SurveyStep | undefined =>
  protocol?.steps.find(({ done }) => done === null);

/** Who has to do what comes next, and is reminded of it. Until a method is chosen, the organisation's word is awaited. */
export const responsible = (survey: Pick<Survey, "protocol">): SurveyStepPlan["by"] => {
  if (survey.protocol === null) return "organisation";
  return currentStep(survey)?.by ?? "secretariat";
};

const isKnownOpen = (on: PlainDate, calendar: BusinessCalendar): boolean =>
  // Of a year without known holidays no day can be called a business day.
  hasYear(Number(on.slice(0, 4)), calendar) && isOpen(on, calendar);

/** By when what comes next is wanted, counted from the day of what was done last. */
const dueAfter = (protocol: SurveyProtocol, from: Instant, calendar: BusinessCalendar): PlainDate => {
  const step = protocol.steps.find(({ done }) => done === null);
  return step === undefined
    ? protocol.resultOn
    : addBusinessDays(dateOf(from), step.dueBusinessDays, calendar);
};

/** Whoever is asked answers by the day on which the step that waits for him is due. */
export const repliesDueOn = (
  { steps }: Pick<SurveyMethod, "steps">,
  from: Instant,
  calendar: BusinessCalendar,
): PlainDate => {
  const last = steps.findIndex(({ needs }) => needs === "replies");
  const days = steps.slice(0, last + 1).reduce((sum, step) => sum + step.dueBusinessDays, 0);
  return addBusinessDays(dateOf(from), days, calendar);
};

const respondentRequestId = (survey: string, round: number, organisation: OrganisationId): string =>
  `${survey}-q${round}-${organisation}`;

type PlanAct = SurveyAct & { name: "survey.plan" };

const askedBy = (survey: Survey, { args }: PlanAct): readonly AskedRespondent[] => {
  const before = survey.protocol?.asked ?? [];
  const round = new Set(before.map(({ request }) => /-q\d+-/.exec(request)?.[0])).size + 1;
  return [
    ...before,
    ...(args.asks?.respondents ?? []).map((organisation) => ({
      request: respondentRequestId(survey.id, round, organisation),
      organisation,
      settled: false,
    })),
  ];
};

/** A method that asks needs somebody to ask and something to be asked; one that doesn't, neither. */
const asksRightly = ({ steps }: SurveyMethod, { args: { asks } }: PlanAct): boolean =>
  steps.some(({ needs }) => needs === "replies")
    ? asks !== undefined && asks.respondents.length > 0 && asks.questions > 0
    : asks === undefined;

const protocolFor = (
  survey: Survey,
  act: PlanAct,
  { methods }: SurveyRules,
): SurveyProtocol | null | Refused => {
  if (act.args.method === undefined) return methods.length === 0 ? null : refuse("unknown-method");
  const method = methods.find(({ key }) => key === act.args.method);
  if (method === undefined) return refuse("unknown-method");
  if (!asksRightly(method, act)) return refuse("nothing-given");
  if (new Set(act.args.asks?.respondents).size < (act.args.asks?.respondents.length ?? 0))
    return refuse("given-twice");
  return {
    method: method.key,
    label: method.label,
    resultOn: act.args.dueOn,
    steps: method.steps.map((step) => ({ ...step, done: null })),
    asked: askedBy(survey, act),
  };
};

/** Another method begins with its own first step. */
const plan = (survey: Survey, act: PlanAct, rules: SurveyRules): Survey | Refused => {
  const { content, dueOn } = act.args;
  if (dueOn <= dateOf(act.at)) return refuse("not-later");
  if (!isKnownOpen(dueOn, rules.calendar)) return refuse("closed-day");
  const protocol = protocolFor(survey, act, rules);
  if (protocol === null) return { ...survey, method: content, dueOn };
  if (isRefused(protocol)) return protocol;
  return { ...survey, method: content, protocol, dueOn: dueAfter(protocol, act.at, rules.calendar) };
};

const withStepDone = (
  survey: Survey,
  { at, content, calendar }: { at: Instant; content: ContentRef | null; calendar: BusinessCalendar },
): Survey => {
  const { protocol } = survey;
  const step = currentStep(survey);
  if (protocol === null || step === undefined) return survey;
  const steps = protocol.steps.map((one) => (one === step ? { ...one, done: { at, content } } : one));
  const after = { ...protocol, steps };
  return { ...survey, protocol: after, dueOn: dueAfter(after, at, calendar) };
};

/** Nobody who was asked owes a reply any more. */
const hasAllReplies = ({ protocol }: Survey): boolean =>
  protocol?.asked.every(({ settled }) => settled) === true;

/** Replies that have all come before their step did are waited for no longer. */
const waitedFor = (survey: Survey, at: Instant, calendar: BusinessCalendar): Survey =>
  hasAllReplies(survey) && currentStep(survey)?.needs === "replies"
    ? withStepDone(survey, { at, content: null, calendar })
    : survey;

const step = (
  survey: Survey,
  { args, at }: SurveyAct & { name: "survey.step" },
  { calendar }: SurveyRules,
): Survey | Refused => {
  if (survey.protocol === null) return refuse("not-yet");
  const current = currentStep(survey);
  if (current === undefined) return refuse("already-done");
  if (current.key !== args.step) return refuse("other-step");
  if (current.needs === "sources" && args.sources === 0) return refuse("source-missing");
  return waitedFor(withStepDone(survey, { at, content: args.content, calendar }), at, calendar);
};

/** A step that waits for replies is done by the last of them. */
export const hearReply = (
  survey: Survey,
  { request, at, calendar }: { request: string; at: Instant; calendar: BusinessCalendar },
): Survey => {
  const { protocol } = survey;
  if (protocol === null || survey.end !== null) return survey;
  const asked = protocol.asked.map((one) => (one.request === request ? { ...one, settled: true } : one));
  return waitedFor({ ...survey, protocol: { ...protocol, asked } }, at, calendar);
};

/** A result needs a recorded method and all its steps: the report prints how it was found and its limits. */
const conclude = (
  survey: Survey,
  { args, reason }: SurveyAct & { name: "survey.conclude" },
  { grades }: SurveyRules,
): Survey | Refused => {
  const { outcome, content, grade } = args;
  if (survey.method === null) return refuse("not-yet");
  if (outcome === "impossible")
    return reason === null
      ? refuse("reason-missing")
      : { ...survey, end: { is: "impossible", reason, content } };
  if (currentStep(survey) !== undefined) return refuse("steps-left");
  if (grades.length > 0 && (grade === undefined || !grades.includes(grade))) return refuse("unknown-grade");
  return { ...survey, end: { is: "found", content } };
};

const narrowed = (
  survey: Survey,
  { args, reason }: SurveyAct & { name: "survey.change" },
): Survey | Refused => {
  const { items, content } = args;
  if (reason === null) return refuse("reason-missing");
  if (items.length === 0) return refuse("nothing-given");
  if (new Set(items).size < items.length) return refuse("given-twice");
  if (items.some((item) => !survey.opening.items.includes(item))) return refuse("unknown-item");
  return { ...survey, scope: content, opening: { ...survey.opening, items } };
};

const merged = (survey: Survey, { args, reason }: SurveyAct & { name: "survey.merge" }): Survey | Refused => {
  if (reason === null) return refuse("reason-missing");
  if (args.from === survey.id) return refuse("given-twice");
  if (args.items.length === 0) return refuse("nothing-given");
  const items = [...new Set([...survey.opening.items, ...args.items])];
  return { ...survey, opening: { ...survey.opening, items } };
};

/** The decision on every act of a survey. @returns a refusal, or the survey as it then is */
export const decideSurvey = (survey: Survey, act: SurveyAct, rules: SurveyRules): Survey | Refused => {
  if (survey.end !== null) return refuse("already-done");
  switch (act.name) {
    case "survey.plan":
      return plan(survey, act, rules);
    case "survey.step":
      return step(survey, act, rules);
    case "survey.conclude":
      return conclude(survey, act, rules);
    case "survey.change":
      return narrowed(survey, act);
    case "survey.merge":
      return merged(survey, act);
    case "survey.stop":
      return act.reason === null
        ? refuse("reason-missing")
        : { ...survey, end: { is: "stopped", reason: act.reason, content: null } };
  }
};

/** What was settled in another way needs no survey; one that is left with nothing ends, and still says what it was for. */
export const withoutNeedless = (
  survey: Survey,
  { items, reason }: { readonly items: readonly string[]; readonly reason: string },
): Survey => {
  const left = survey.opening.items.filter((item) => !items.includes(item));
  return left.length === 0
    ? { ...survey, end: { is: "stopped", reason, content: null } }
    : { ...survey, opening: { ...survey.opening, items: left } };
};
