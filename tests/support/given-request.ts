import type { GivenAnswer } from "../../domain/acts.ts";
import type { ItemState } from "../../domain/answer.ts";
import { calendarOf } from "../../domain/calendar.ts";
import { organisationId } from "../../domain/ids.ts";
import { isRefused } from "../../domain/refusal.ts";
import { decideRequest } from "../../domain/request-acts.ts";
import type { Decided, Request, RequestAct } from "../../domain/request.ts";
import { addSeconds, instant, plainTime } from "../../domain/time.ts";
import { japaneseHolidays } from "../../plans/holidays.ts";
import { actOf, type Circumstances } from "./given-acts.ts";

/** A data request of FY2014 and the states its items can be in. */

export const rules = {
  calendar: calendarOf(japaneseHolidays()),
  closingTime: plainTime("17:00"),
  closedDays: "next",
} as const;
export const opened = instant("2015-04-01T09:00:00+09:00");
const dueAt = instant("2015-04-17T17:00:00+09:00");
export const closeAt = instant("2015-05-01T17:00:00+09:00");
export const closed = addSeconds(closeAt, 1);
export const owed: ItemState = { is: "owed", until: closeAt };

export const request = (
  items: Request["items"] = { a: owed, b: owed },
  rest: Partial<Request> = {},
): Request => ({
  id: "2014-r1-data-meti",
  kind: "data",
  organisation: organisationId("meti"),
  dueAt,
  closeAt,
  items,
  asked: null,
  paused: null,
  surveys: 0,
  ...rest,
});
export const submitted = (answer: GivenAnswer, returns = 0): ItemState => ({
  is: "submitted",
  until: closeAt,
  answer,
  returns,
});
export const returned = (answer: GivenAnswer, returns: number, until = closeAt): ItemState => ({
  is: "returned",
  until,
  answer,
  reason: "内訳がない。",
  returns,
});
export const surveying = (survey = "2014-r1-survey-meti-1"): ItemState => ({
  is: "surveying",
  until: closeAt,
  survey,
});

export const submit = (answers: readonly GivenAnswer[], when: Circumstances = {}) =>
  actOf("request.submit", { answers }, when);
/** The act, which must not be refused. */
export const done = (before: Request, act: RequestAct): Decided => {
  const decided = decideRequest(before, act, rules);
  if (isRefused(decided)) throw new Error(decided.refused);
  return decided;
};
export const stateOf = (decided: Decided, item: string): ItemState | undefined => decided.request.items[item];
