import type { ActOf, GivenAnswer, ReviewedItem } from "./acts.ts";
import { isOwed, isSettled, type ItemState } from "./answer.ts";
import { addBusinessDays, type BusinessCalendar } from "./calendar.ts";
import { extend, type Term } from "./deadline.ts";
import type { OrganisationId } from "./ids.ts";
import type { ClosedDayPolicy, RequestKind } from "./plan.ts";
import { isRefused, refuse, type Refused } from "./refusal.ts";
import { at as instantAt, dateOf, type Instant, type PlainDate, type PlainTime } from "./time.ts";

/** Days a ministry has to correct what was returned, counted in business days. */
const RETURN_TERM_BUSINESS_DAYS = 5;

const RETURNS_BEFORE_SURVEY = 2;

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
  readonly asked: { readonly dueOn: PlainDate; readonly reason: string } | null;
  /** Surveys opened so far; numbers the next. */
  readonly surveys: number;
}

/** A 補完調査 the request opens, with the facts that justify it. */
export interface SurveyOpening {
  readonly survey: string;
  readonly items: readonly string[];
  readonly cause: "said-unmeasurable" | "silence" | "not-corrected" | "returned-twice";
  /** With `said-unmeasurable`: the reason's key in the plan. */
  readonly why: string | null;
}

export interface Decided {
  readonly request: Request;
  readonly opens: readonly SurveyOpening[];
}
export type RequestAct = ActOf<"request">;

const entries = (request: Request): readonly (readonly [string, ItemState])[] =>
  Object.entries(request.items);
const withItems = (request: Request, changed: Readonly<Record<string, ItemState>>): Request => ({
  ...request,
  items: { ...request.items, ...changed },
});
const decided = (request: Request): Decided => ({ request, opens: [] });
const surveyId = (request: Request, n: number): string =>
  `${request.id.replace(/-[a-z]+-/, "-survey-")}-${n}`;

/** True once nothing is left to do: the request ends. */
export const isRequestSettled = (request: Request): boolean =>
  entries(request).every(([, item]) => isSettled(item));

/** Items whose state differs between two moments of a request. */
export const changedItems = (before: Request, after: Request): readonly string[] =>
  Object.keys(after.items).filter((item) => before.items[item] !== after.items[item]);

/** The next instant later than `after` at which silence has consequences; undefined when none is. */
export const nextDeadline = (request: Request, after: Instant | null): Instant | undefined =>
  entries(request)
    .flatMap(([, item]) => (item.is === "owed" || item.is === "returned" ? [item.until] : []))
    .filter((until) => after === null || until > after)
    .toSorted()[0];

const openSurveys = (request: Request, causes: readonly Omit<SurveyOpening, "survey">[]): Decided => {
  const opens = causes.map((cause, n) => ({ ...cause, survey: surveyId(request, request.surveys + n + 1) }));
  const changed: Record<string, ItemState> = {};
  for (const { survey, items } of opens)
    for (const item of items) {
      const was = request.items[item];
      if (was === undefined || isSettled(was) || was.is === "surveying") continue;
      if ("until" in was) changed[item] = { is: "surveying", until: was.until, survey };
    }
  return { request: { ...withItems(request, changed), surveys: request.surveys + opens.length }, opens };
};

/**
 * What silence means once an item's last instant has passed. Data is replaced by a survey. No comment by the
 * end of a consultation is recorded as such. A missing chapter waits for the secretariat's decision.
 */
export const passDeadline = (request: Request, now: Instant): Decided => {
  const overdue = entries(request).filter(([, item]) => isOwed(item) && "until" in item && item.until < now);
  const ids = (is: ItemState["is"]) => overdue.filter(([, item]) => item.is === is).map(([id]) => id);
  switch (request.kind) {
    case "data": {
      const causes = [
        { items: ids("owed"), cause: "silence" as const, why: null },
        { items: ids("returned"), cause: "not-corrected" as const, why: null },
      ];
      return openSurveys(
        request,
        causes.filter(({ items }) => items.length > 0),
      );
    }
    case "consultation": {
      const silent: ItemState = { is: "uncollected", reason: "期限までに意見の提出がありませんでした。" };
      return decided(withItems(request, Object.fromEntries(overdue.map(([id]) => [id, silent]))));
    }
    case "chapter":
    case "survey":
      return decided(request);
  }
};

const answerable = (item: ItemState, at: Instant): Refused<"already-settled" | "closed"> | undefined => {
  if (isSettled(item)) return refuse("already-settled");
  return "until" in item && item.until < at ? refuse("closed") : undefined;
};

const submit = (request: Request, act: RequestAct & { name: "request.submit" }): Decided | Refused => {
  const { answers } = act.args;
  if (answers.length === 0) return refuse("nothing-given");
  if (new Set(answers.map(({ item }) => item)).size < answers.length) return refuse("given-twice");
  const changed: Record<string, ItemState> = {};
  for (const answer of answers) {
    const was = request.items[answer.item];
    if (was === undefined) return refuse("unknown-item");
    const refusal = answerable(was, act.at);
    if (refusal !== undefined) return refusal;
    changed[answer.item] = answered(request, was, answer);
  }
  return openSurveys(withItems(request, changed), saidUnmeasurable(answers));
};

/** A comment needs no review: it is disposed of in the report's consultation. */
const answered = (request: Request, was: ItemState, answer: GivenAnswer): ItemState =>
  request.kind === "consultation"
    ? { is: answer.says === "nil" ? "nil" : "value", answer }
    : {
        is: "submitted",
        until: "until" in was ? was.until : request.closeAt,
        answer,
        returns: was.is === "returned" ? was.returns : 0,
      };

/** Items one ministry can't measure for one reason share a survey. */
const saidUnmeasurable = (answers: readonly GivenAnswer[]): readonly Omit<SurveyOpening, "survey">[] => {
  const hard = answers.filter(({ says }) => says === "unmeasurable");
  return [...new Set(hard.map(({ why }) => why))].map((why) => ({
    items: hard.filter((answer) => answer.why === why).map(({ item }) => item),
    cause: "said-unmeasurable",
    why,
  }));
};

type Submitted = Extract<ItemState, { is: "submitted" }>;
const review = (
  request: Request,
  items: readonly ReviewedItem[],
  outcome: (item: Submitted) => ItemState,
): Decided | Refused => {
  if (items.length === 0) return refuse("nothing-given");
  const changed: Record<string, ItemState> = {};
  for (const { item, hash } of items) {
    const was = request.items[item];
    if (was === undefined) return refuse("unknown-item");
    if (was.is !== "submitted") return refuse("not-submitted");
    if (was.answer.content.hash !== hash) return refuse("other-version");
    changed[item] = outcome(was);
  }
  return decided(withItems(request, changed));
};

/** 受領. Accepting a provisional value takes it as final; what can't be measured is never accepted as a value. */
const accepted = (item: Submitted): ItemState => {
  const { answer } = item;
  switch (answer.says) {
    case "value":
    case "provisional":
      return { is: "value", answer };
    case "nil":
    case "not-applicable":
      return { is: answer.says, answer };
    case "unmeasurable":
      return item;
  }
};

const giveUp = (request: Request, items: readonly string[], reason: string): Decided | Refused => {
  if (items.length === 0) return refuse("nothing-given");
  for (const item of items) {
    const was = request.items[item];
    if (was === undefined) return refuse("unknown-item");
    if (isSettled(was)) return refuse("already-settled");
  }
  const given: ItemState = { is: "uncollected", reason };
  return decided(withItems(request, Object.fromEntries(items.map((item) => [item, given]))));
};

const grant = (request: Request, at: Instant, rules: RequestRules): Decided | Refused => {
  if (request.asked === null) return refuse("no-extension");
  const term = extend({
    term: { dueAt: request.dueAt, closeAt: request.closeAt },
    newDueOn: request.asked.dueOn,
    reason: request.asked.reason,
    now: at,
    rules,
  });
  return isRefused(term) ? term : decided(moveTerm({ ...request, asked: null }, term));
};

const moveTerm = (request: Request, { dueAt, closeAt }: Term): Request => {
  const moved = entries(request).map(([id, item]): [string, ItemState] => [
    id,
    item.is === "owed" && item.until < closeAt ? { ...item, until: closeAt } : item,
  ]);
  return { ...request, dueAt, closeAt, items: Object.fromEntries(moved) };
};

const ask = (request: Request, act: RequestAct & { name: "request.ask-extension" }, rules: RequestRules) => {
  if (request.asked !== null) return refuse("extension-pending");
  const reason = act.reason ?? "";
  const term = extend({
    term: { dueAt: request.dueAt, closeAt: request.closeAt },
    newDueOn: act.args.dueOn,
    reason,
    now: act.at,
    rules,
  });
  return isRefused(term) ? term : decided({ ...request, asked: { dueOn: act.args.dueOn, reason } });
};

const returnUntil = (was: Submitted, at: Instant, rules: RequestRules): Instant => {
  const again = instantAt(
    addBusinessDays(dateOf(at), RETURN_TERM_BUSINESS_DAYS, rules.calendar),
    rules.closingTime,
  );
  return was.until > again ? was.until : again;
};

/** 差戻し. Data returned twice is taken as not to be had from the ministry: a survey replaces it. */
const giveBack = (
  request: Request,
  {
    act,
    reason,
    rules,
  }: { act: RequestAct & { name: "request.return" }; reason: string; rules: RequestRules },
): Decided | Refused => {
  const result = review(request, act.args.items, (was) => ({
    is: "returned",
    until: returnUntil(was, act.at, rules),
    answer: was.answer,
    reason,
    returns: was.returns + 1,
  }));
  if (isRefused(result) || request.kind !== "data") return result;
  const twice = act.args.items
    .map(({ item }) => item)
    .filter((id) => {
      const item = result.request.items[id];
      return item?.is === "returned" && item.returns >= RETURNS_BEFORE_SURVEY;
    });
  const causes = [{ items: twice, cause: "returned-twice" as const, why: null }];
  return openSurveys(
    result.request,
    causes.filter(({ items }) => items.length > 0),
  );
};

/** The decision on every act of a request. @returns a refusal, or the request as it then is */
export const decideRequest = (request: Request, act: RequestAct, rules: RequestRules): Decided | Refused => {
  switch (act.name) {
    case "request.submit":
      return submit(request, act);
    case "request.accept":
      return review(request, act.args.items, accepted);
    case "request.return":
      return act.reason === null
        ? refuse("reason-missing")
        : giveBack(request, { act, reason: act.reason, rules });
    case "request.give-up":
      return act.reason === null ? refuse("reason-missing") : giveUp(request, act.args.items, act.reason);
    case "request.ask-extension":
      return ask(request, act, rules);
    case "request.grant-extension":
      return grant(request, act.at, rules);
    case "request.refuse-extension": {
      if (request.asked === null) return refuse("no-extension");
      return act.reason === null ? refuse("reason-missing") : decided({ ...request, asked: null });
    }
  }
};

/** How a survey ended for the items it was opened for. */
export type SurveyEnd =
  | { readonly is: "found" }
  | { readonly is: "impossible"; readonly reason: string }
  | { readonly is: "stopped"; readonly reason: string };

/** Only items still waiting for this very survey move; what was answered meanwhile stays answered. */
export const concludeSurvey = (
  request: Request,
  { survey, end, now, rules }: { survey: string; end: SurveyEnd; now: Instant; rules: RequestRules },
): Request => {
  const until = instantAt(
    addBusinessDays(dateOf(now), RETURN_TERM_BUSINESS_DAYS, rules.calendar),
    rules.closingTime,
  );
  const outcome = (): ItemState => {
    switch (end.is) {
      case "found":
        return { is: "surveyed", survey };
      case "impossible":
        return { is: "uncollected", reason: end.reason };
      case "stopped":
        return { is: "owed", until };
    }
  };
  const waiting = entries(request).filter(([, item]) => item.is === "surveying" && item.survey === survey);
  return withItems(request, Object.fromEntries(waiting.map(([id]) => [id, outcome()])));
};
