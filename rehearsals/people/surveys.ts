import { addBusinessDays } from "../../domain/calendar.ts";
import { askedOrganisations } from "../../domain/asking.ts";
import type { OrganisationId } from "../../domain/ids.ts";
import type { SurveyMethod } from "../../domain/survey-method.ts";
import { dateOf, type Instant } from "../../domain/time.ts";
import { answererOf } from "../cast.ts";
import { drawOne, drawWithin } from "../draw.ts";
import { lastDone, latest, nextKey, type Intention } from "../intention.ts";
import { withoutCycle, type Cast, type View } from "../view.ts";
import type { ItemReply, RequestReply, SurveyReply } from "../wire.ts";

interface Desk {
  readonly view: View;
  readonly cast: Cast;
  readonly survey: SurveyReply;
  /** The survey's id without the cycle. */
  readonly name: string;
}

/** What becomes of surveys: a method is chosen for each, its steps are done one by one, its result is recorded. */
export const surveyIntentions = (view: View, cast: Cast): readonly Intention[] => [
  ...view.surveys
    .filter(({ end }) => end === null)
    .flatMap((survey) => {
      const desk = { view, cast, survey, name: withoutCycle(survey.id, view.cycle.cycle) };
      if (survey.method === null) return [choose(desk)];
      return survey.protocol?.steps.some(({ done }) => done === null) === true
        ? recordStep(desk)
        : [conclude(desk)];
    }),
  ...view.requests
    .filter(({ kind, is }) => kind === "survey" && is === "open")
    .flatMap((request) => reply(view, cast, request)),
  ...view.requests
    .filter(({ kind }) => kind === "data")
    .flatMap((request) => chooseLate(view, cast, request)),
];

const byPreparer = ({ cast }: Pick<Desk, "cast">): Pick<Intention, "person" | "role"> => ({
  person: cast.preparers[0],
  role: "preparer",
});

/** One after another, so that a year with as many surveys as methods shows them all. */
const methodFor = ({ view, cast, survey }: Desk): SurveyMethod | undefined => {
  const { surveyMethods = [] } = cast.plan;
  const place = view.surveys.findIndex(({ id }) => id === survey.id);
  return surveyMethods[place % Math.max(surveyMethods.length, 1)];
};

const respondentsOf = ({ cast, name }: Desk): readonly OrganisationId[] =>
  [...askedOrganisations(cast.plan)]
    .toSorted((a, b) => cast.draw(`${a} ${name} respondent`) - cast.draw(`${b} ${name} respondent`))
    .slice(0, cast.script.secretariat.surveys.respondents);

const choose = (desk: Desk): Intention => {
  const { view, cast, survey, name } = desk;
  const { surveys } = cast.script.secretariat;
  const at = cast.secretariat.after(survey.openedAt, surveys.plannedAfterDays);
  const method = methodFor(desk);
  const asks = method?.steps.some(({ needs }) => needs === "replies") === true;
  return {
    ...byPreparer(desk),
    at,
    key: nextKey(view.memory, `${name} method`),
    path: `/surveys/${survey.id}/method`,
    body: {
      text: surveys.method,
      dueOn: addBusinessDays(dateOf(at), surveys.termDays, cast.secretariat.calendar),
      ...(method !== undefined && { method: method.key }),
      ...(asks && { respondents: respondentsOf(desk), questions: surveys.questions }),
    },
  };
};

/** When what came before was done: the last step, else the choice of the method. */
const doneBefore = ({ view, survey, name }: Desk): Instant =>
  latest(
    lastDone(view.memory, `${name} method`),
    ...(survey.protocol?.steps ?? []).map(({ done }) => done?.at),
  ) ?? view.now;

/** Replies are waited for; everything else somebody does and writes down. */
const recordStep = (desk: Desk): readonly Intention[] => {
  const { view, cast, survey, name } = desk;
  const step = survey.protocol?.steps.find(({ done }) => done === null);
  if (step === undefined || step.needs === "replies") return [];
  const { surveys } = cast.script.secretariat;
  const days = drawWithin(cast.draw, `${name} ${step.key}`, surveys.stepAfterDays);
  const isMinistrys = step.by === "organisation";
  const diary = isMinistrys ? cast.ministries : cast.secretariat;
  const at = diary.after(doneBefore(desk), days);
  return [
    {
      ...(isMinistrys
        ? { person: answererOf(cast.plan, survey.organisation), role: "contact" as const }
        : byPreparer(desk)),
      at,
      key: nextKey(view.memory, `${name} ${step.key}`),
      path: `/surveys/${survey.id}/steps`,
      body: {
        step: step.key,
        on: dateOf(at),
        text: surveys.step,
        ...(step.needs === "sources" && { sources: [{ title: surveys.source, on: dateOf(at) }] }),
      },
    },
  ];
};

const conclude = (desk: Desk): Intention => {
  const { view, cast, survey, name } = desk;
  const { surveys } = cast.script.secretariat;
  const isFound = cast.draw(`${name} outcome`) >= surveys.impossibleShare;
  const grades = cast.plan.surveyGrades ?? [];
  const at = cast.secretariat.after(
    doneBefore(desk),
    drawWithin(cast.draw, `${name} days`, surveys.concludedAfterDays),
  );
  return {
    ...byPreparer(desk),
    at,
    key: nextKey(view.memory, `${name} conclusion`),
    path: `/surveys/${survey.id}/conclusion`,
    body: isFound
      ? {
          outcome: "found",
          text: surveys.found,
          limits: surveys.limits,
          ...(grades.length > 0 && { grade: drawOne(cast.draw, `${name} grade`, grades).key }),
          references: [{ title: surveys.source, on: dateOf(at) }],
        }
      : {
          outcome: "impossible",
          text: surveys.impossible,
          limits: surveys.limits,
          reason: surveys.impossibleReason,
        },
  };
};

/** Whoever is asked in the course of a survey answers, or is silent until it closes. */
const reply = (view: View, cast: Cast, request: RequestReply): readonly Intention[] => {
  const name = withoutCycle(request.id, view.cycle.cycle);
  const { surveys } = cast.script.secretariat;
  const owed = request.items.filter(({ state }) => state.is === "owed");
  if (owed.length === 0 || cast.draw(`${name} silent`) < surveys.silentShare) return [];
  const days = drawWithin(cast.draw, `${name} days`, surveys.repliesAfterDays);
  return [
    {
      person: answererOf(cast.plan, request.organisation),
      role: "contact",
      at: cast.ministries.after(request.sentAt, days),
      key: nextKey(view.memory, `${name} answer`),
      path: `/requests/${request.id}/answers`,
      body: { answers: owed.map(({ id }) => ({ item: id, says: "value", text: surveys.reply })) },
      revision: request.revision,
    },
  ];
};

const isOffered = ({ state }: ItemReply): boolean =>
  state.is === "surveying" && state.offered !== undefined && state.left !== true;

/** What a ministry answers while a survey runs is taken, or the survey goes on. */
const chooseLate = (view: View, cast: Cast, request: RequestReply): readonly Intention[] => {
  const offered = request.items.filter(isOffered);
  if (offered.length === 0) return [];
  const name = withoutCycle(request.id, view.cycle.cycle);
  const { lateTakenShare, lateLeftReason } = cast.script.secretariat.surveys;
  const takes = cast.draw(`${name} late taken`) < lateTakenShare;
  return [
    {
      ...byPreparer({ cast }),
      at: cast.secretariat.after(view.now, 0),
      key: nextKey(view.memory, `${name} late`),
      path: `/requests/${request.id}/late-answers/${takes ? "taken" : "left"}`,
      body: {
        items: offered.map(({ id, state }) => ({ item: id, hash: state.offered?.content.hash })),
        ...(!takes && { reason: lateLeftReason }),
      },
    },
  ];
};
