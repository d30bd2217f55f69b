import { surveyBusinessDays, type PlannedYear } from "./asking.ts";
import { businessDaysBetween, explainAdd, type ExplainedDate } from "./calendar.ts";
import { termOf, type Term } from "./deadline.ts";
import { plannedYear, type OpenRequest, type OpenSurvey, type Standing } from "./forecast-standing.ts";
import type { OrganisationId } from "./ids.ts";
import type { RequestKind } from "./plan.ts";
import { remembering } from "./remembering.ts";
import { at, dateOf, type Instant } from "./time.ts";

/** A request's or survey's two dates, each with its reasons. */
export interface DatedTerm extends Term {
  readonly why: { readonly due: readonly string[]; readonly close: readonly string[] };
}
export interface Dated extends DatedTerm {
  /** The request's id, or the survey's. */
  readonly request: string;
  readonly kind: RequestKind;
  readonly organisation: OrganisationId;
}
/** A request whose dates differ; null where one of the two futures has none. */
export interface MovedDates extends Pick<Dated, "request" | "kind" | "organisation"> {
  readonly before: DatedTerm | null;
  readonly after: DatedTerm | null;
}

const MOVED: readonly string[] = ["期限の変更による"];

const makeDatedRequest = ({ plan, rules }: PlannedYear) => {
  const once = remembering<DatedTerm>();
  return ({ request, sentAt }: OpenRequest): Dated => {
    const { id, kind, organisation, dueAt, closeAt } = request;
    const term = { term: plan.dates.requests[kind], openedOn: dateOf(sentAt), rules };
    const given = once(`${kind} ${sentAt}`, () => termOf(term));
    const why = {
      due: given.dueAt === dueAt ? given.why.due : MOVED,
      close: given.closeAt === closeAt ? given.why.close : MOVED,
    };
    return { request: id, kind, organisation, dueAt, closeAt, why };
  };
};

/** A survey has no close: only a person can say what is known instead. */
const makeDatedSurvey = (year: PlannedYear, requests: readonly OpenRequest[]) => {
  const { calendar, closingTime } = year.rules;
  const sent = new Map(requests.map(({ request, sentAt }) => [request.id, sentAt]));
  const once = remembering<ExplainedDate>();
  return ({ survey, request, organisation, dueOn, openedAt }: OpenSurvey): Dated => {
    const sentAt = sent.get(request) ?? openedAt;
    const given = once(`${openedAt} ${sentAt}`, () =>
      explainAdd(dateOf(openedAt), surveyBusinessDays(year, sentAt), calendar),
    );
    const [distance = "", ...leftOut] = given.why;
    const isGiven = given.date === dueOn;
    const due = isGiven ? [`補完調査の開始の日の${distance}`, ...leftOut] : ["補完調査の計画による"];
    const dueAt = at(dueOn, closingTime);
    const of = { request: survey, kind: "survey", organisation } as const;
    return { ...of, dueAt, closeAt: dueAt, why: { due, close: due } };
  };
};

/** Of everything that is open, the surveys last. */
const datesOf = (standing: Standing): readonly Dated[] => {
  const year = plannedYear(standing);
  const { requests, surveys } = standing;
  return [...requests.map(makeDatedRequest(year)), ...surveys.map(makeDatedSurvey(year, requests))];
};

/** Why a date that is moved is this one: how far it lies from the one before. */
const fromBefore = (was: Instant, becomes: Instant, standing: Standing): readonly string[] => {
  const { calendar } = plannedYear(standing).rules;
  const [from, to] = [dateOf(was), dateOf(becomes)];
  const { date, why } = explainAdd(from, businessDaysBetween(from, to, calendar), calendar);
  const [counted = "", ...leftOut] = why;
  return date === to ? [`元の日の${counted}`, ...leftOut] : MOVED;
};

const explained = (before: Dated | undefined, after: Dated, standing: Standing): DatedTerm => {
  const { dueAt, closeAt, why } = after;
  if (before === undefined) return { dueAt, closeAt, why };
  const due = why.due === MOVED ? fromBefore(before.dueAt, dueAt, standing) : why.due;
  const close = why.close === MOVED ? fromBefore(before.closeAt, closeAt, standing) : why.close;
  return { dueAt, closeAt, why: { due, close } };
};

const byRequest = (standing: Standing): ReadonlyMap<string, Dated> =>
  new Map(datesOf(standing).map((dated) => [dated.request, dated]));

/** Requests and surveys, by id, whose dates are not the same in both futures. */
export const movedDates = (before: Standing, after: Standing): readonly MovedDates[] => {
  const [was, becomes] = [byRequest(before), byRequest(after)];
  return [...new Set([...was.keys(), ...becomes.keys()])].toSorted().flatMap((id) => {
    const [one, other] = [was.get(id), becomes.get(id)];
    const named = one ?? other;
    if (named === undefined || (one?.dueAt === other?.dueAt && one?.closeAt === other?.closeAt)) return [];
    const { request, kind, organisation } = named;
    return [
      {
        request,
        kind,
        organisation,
        before: one === undefined ? null : { dueAt: one.dueAt, closeAt: one.closeAt, why: one.why },
        after: other === undefined ? null : explained(one, other, after),
      },
    ];
  });
};
