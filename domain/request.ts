import type { ActOf } from "./acts.ts";
import { isOwed, isSettled, type ItemState } from "./answer.ts";
import { addBusinessDays, type BusinessCalendar } from "./calendar.ts";
import type { InnerWork } from "./inner-work.ts";
import type { OrganisationId } from "./ids.ts";
import type { ClosedDayPolicy, RequestKind } from "./plan.ts";
import { failingAtClose, silent, type SurveyCause, type Unmeasured } from "./unmeasurable.ts";
import { at as instantAt, dateOf, type Instant, type PlainDate, type PlainTime } from "./time.ts";

/** Days a ministry has to correct what was returned, counted in business days. */
const RETURN_TERM_BUSINESS_DAYS = 5;

/** The calendar facts a request decides with: data of the plan, never looked up. */
export interface RequestRules {
  readonly calendar: BusinessCalendar;
  readonly closingTime: PlainTime;
  readonly closedDays: ClosedDayPolicy;
}

/** 照会: what one organisation owes for one purpose by one date. */
export interface Request {
  readonly id: string;
  readonly kind: RequestKind;
  readonly organisation: OrganisationId;
  readonly dueAt: Instant;
  readonly closeAt: Instant;
  readonly items: Readonly<Record<string, ItemState>>;
  /** 期限延長の申出, while nobody has answered it. */
  readonly asked: { readonly dueOn: PlainDate; readonly reason: string } | null;
  /** 期限の停止: the secretariat owes the organisation an answer; until it resumes no day counts. */
  readonly paused: { readonly at: Instant; readonly reason: string } | null;
  /** Surveys opened so far; numbers the next. */
  readonly surveys: number;
  /** As its organisation had it when it was opened: absent where one step answers it. */
  readonly chain?: "signed-off";
  /** What is under way inside the organisation, by item. Absent before anything is. */
  readonly inner?: Readonly<Record<string, InnerWork>>;
  /** Requests to others opened out of it so far; numbers the next. Absent where none was. */
  readonly handedOn?: number;
}

/** 所管の付替え: the request in which another organisation is asked what this one said is not its own. */
export interface HandedOn {
  readonly request: string;
  readonly organisation: OrganisationId;
  readonly dueAt: Instant;
  readonly closeAt: Instant;
  /** The new item's id, and that of the item it comes from. */
  readonly items: readonly { readonly item: string; readonly from: string }[];
}

/** A 補完調査 the request opens, with the facts that justify it. */
export interface SurveyOpening extends Unmeasured {
  readonly survey: string;
}

/** A request as it is opened: nothing has moved it yet. */
export type UnmovedRequest = Omit<Request, "paused" | "inner">;

export interface Decided {
  readonly request: Request;
  readonly opens: readonly SurveyOpening[];
  readonly handsOn?: HandedOn;
}
export type RequestAct = ActOf<"request">;

export const entries = (request: Request): readonly (readonly [string, ItemState])[] =>
  Object.entries(request.items);
export const withItems = (request: Request, changed: Readonly<Record<string, ItemState>>): Request => ({
  ...request,
  items: { ...request.items, ...changed },
});
export const decided = (request: Request): Decided => ({ request, opens: [] });
const surveyId = (request: Request, n: number): string =>
  `${request.id.replace(/-[a-z]+-/, "-survey-")}-${n}`;

/** True once nothing is left to do: the request ends. */
export const isRequestSettled = (request: Request): boolean =>
  entries(request).every(([, item]) => isSettled(item));

/** Items whose state differs between two moments of a request. */
export const changedItems = (before: Request, after: Request): readonly string[] =>
  Object.keys(after.items).filter((item) => before.items[item] !== after.items[item]);

/** Items whose work inside the organisation differs between two moments of a request. */
export const changedInside = (before: Request, after: Request): readonly string[] => {
  const [was, is] = [before.inner ?? {}, after.inner ?? {}];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((item) => was[item] !== is[item]);
};

/**
 * True while the organisation waits for the secretariat: what it asked before the close has to be answered first. No
 * deadline of the request passes meanwhile, and answers are taken.
 */
export const standsStill = ({ paused, asked }: Request): boolean => paused !== null || asked !== null;

/** The next instant later than `after` at which silence has consequences; undefined when none is. */
export const nextDeadline = (request: Request, after: Instant | null): Instant | undefined =>
  standsStill(request)
    ? undefined
    : entries(request)
        .flatMap(([, item]) => (isOwed(item) && "until" in item ? [item.until] : []))
        .filter((until) => after === null || until > after)
        .toSorted()[0];

/** An answer that only can't be compared stands beside its survey: nobody has to give it again. */
const surveying = (
  was: ItemState & { readonly until: Instant },
  survey: string,
  cause: SurveyCause,
): ItemState => ({
  is: "surveying",
  until: was.until,
  survey,
  ...(cause === "not-comparable" && "answer" in was && { offered: was.answer }),
});

/** Opens a survey for each cause that has items; of those it takes what is still to be had. */
export const openSurveys = (request: Request, causes: readonly Unmeasured[]): Decided => {
  const opens = causes
    .filter(({ items }) => items.length > 0)
    .map((cause, n) => ({ ...cause, survey: surveyId(request, request.surveys + n + 1) }));
  const changed: Record<string, ItemState> = {};
  for (const { survey, items, cause } of opens)
    for (const item of items) {
      const was = request.items[item];
      if (was !== undefined && "until" in was) changed[item] = surveying(was, survey, cause);
    }
  return { request: { ...withItems(request, changed), surveys: request.surveys + opens.length }, opens };
};

const without = (
  request: Request,
  silence: readonly (readonly [string, ItemState])[],
  reason: string,
): Request =>
  withItems(request, Object.fromEntries(silence.map(([id]) => [id, { is: "uncollected", reason }])));

/**
 * What silence means once an item's last instant has passed. Data is replaced by a survey. No comment by the
 * end of a consultation is recorded as such, and so is no reply to a survey's questions. A missing chapter waits for
 * the secretariat's decision, and so does a provisional value: neither is it final, nor is there nothing.
 */
export const passDeadline = (request: Request, now: Instant): Decided => {
  if (standsStill(request)) return decided(request);
  const overdue = entries(request).filter(([, item]) => isOwed(item) && "until" in item && item.until < now);
  const failing = overdue.filter(([, item]) => item.is === "failing").map(([id]) => id);
  switch (request.kind) {
    case "data":
      return openSurveys(request, [
        ...silent(request.items, now),
        failingAtClose(request.items, failing, now),
      ]);
    case "consultation":
      return decided(without(request, overdue, "期限までに意見の提出がありませんでした。"));
    case "survey":
      return decided(without(request, overdue, "期限までに調査への回答がありませんでした。"));
    case "chapter":
      return decided(request);
  }
};

/** What a close leaves to the secretariat: chapters that are missing, and values that are still provisional. */
export const leftAtClose = ({ kind, items }: Request, now: Instant): readonly string[] =>
  Object.entries(items).flatMap(([id, item]) => {
    switch (kind) {
      case "data":
        return item.is === "provisional" && item.until < now ? [id] : [];
      case "chapter":
        return isOwed(item) ? [id] : [];
      case "survey":
      case "consultation":
        return [];
    }
  });

/** The last instant of a term that is given anew: after a return, and after a survey that was stopped. */
export const freshTerm = (from: Instant, { calendar, closingTime }: RequestRules): Instant =>
  instantAt(addBusinessDays(dateOf(from), RETURN_TERM_BUSINESS_DAYS, calendar), closingTime);
export const laterOf = (a: Instant, b: Instant): Instant => (a > b ? a : b);

/** How a survey ended for the items it was opened for. */
export type SurveyEnd =
  | { readonly is: "found" }
  | { readonly is: "impossible"; readonly reason: string }
  | { readonly is: "stopped"; readonly reason: string }
  | { readonly is: "merged"; readonly into: string; readonly reason: string };

/** Surveys of which nothing is left to find out: all they were opened for was settled in another way. */
export const needlessSurveys = (
  request: Request,
  running: readonly SurveyOpening[],
): readonly SurveyOpening[] =>
  running.filter(({ items }) =>
    items.every((id) => {
      const item = request.items[id];
      return item === undefined || isSettled(item);
    }),
  );

/** Only items still waiting for this very survey move; what was answered meanwhile stays answered. */
export const concludeSurvey = (
  request: Request,
  { survey, end, now, rules }: { survey: string; end: SurveyEnd; now: Instant; rules: RequestRules },
): Request => {
  const outcome = (item: Surveying): ItemState => {
    switch (end.is) {
      case "found":
        return { is: "surveyed", survey, ...(item.offered !== undefined && { offered: item.offered }) };
      case "impossible":
        return { is: "uncollected", reason: end.reason };
      case "stopped":
        return givenBack(request, item, { now, rules });
      case "merged":
        return { ...item, survey: end.into };
    }
  };
  return withItems(
    request,
    Object.fromEntries(waitingFor(request, survey).map(([id, item]) => [id, outcome(item)])),
  );
};

type Surveying = Extract<ItemState, { is: "surveying" }>;

const waitingFor = (request: Request, survey: string): readonly (readonly [string, Surveying])[] =>
  entries(request).flatMap(([id, item]) =>
    item.is === "surveying" && item.survey === survey ? [[id, item] as const] : [],
  );

/** What is surveyed no longer is owed again; what was answered meanwhile waits for the secretariat. */
const givenBack = (
  request: Request,
  { offered }: Surveying,
  { now, rules }: { readonly now: Instant; readonly rules: RequestRules },
): ItemState => {
  // While the request is paused no day counts: its term begins where the pause ends.
  const until = laterOf(request.closeAt, freshTerm(request.paused?.at ?? now, rules));
  return offered === undefined
    ? { is: "owed", until }
    : { is: "submitted", until, answer: offered, returns: 0 };
};

/** A survey's scope has become narrower: what it no longer stands for goes back. */
export const narrowSurvey = (
  request: Request,
  { survey, keeps, ...when }: { survey: string; keeps: readonly string[]; now: Instant; rules: RequestRules },
): Request =>
  withItems(
    request,
    Object.fromEntries(
      waitingFor(request, survey)
        .filter(([id]) => !keeps.includes(id))
        .map(([id, item]) => [id, givenBack(request, item, when)]),
    ),
  );
