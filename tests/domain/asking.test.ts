import { describe, expect, it } from "vitest";
import { collectionClosesAt } from "../../domain/asking.ts";
import type { Plan, RequestTerm } from "../../domain/plan.ts";
import { plainDate } from "../../domain/time.ts";
import { reportPlan } from "../support/report-plan.ts";

const fixed = (closeOn: string): RequestTerm => ({
  is: "fixed",
  dueOn: plainDate("2015-04-17"),
  closeOn: plainDate(closeOn),
});
const counted: RequestTerm = { is: "counted", dueBusinessDays: 10, closeBusinessDays: 15 };
const asking = (data: RequestTerm, chapter: RequestTerm): Plan => ({
  ...reportPlan,
  dates: { ...reportPlan.dates, requests: { ...reportPlan.dates.requests, data, chapter } },
});

describe("the first close of what is collected", () => {
  it.each([
    ["the earlier of two", fixed("2015-05-01"), fixed("2015-05-29"), "2015-05-01T17:00:00+09:00"],
    ["the only fixed one", counted, fixed("2015-05-29"), "2015-05-29T17:00:00+09:00"],
    ["none where all is counted from the opening", counted, counted, null],
  ])("is %s", (_, data, chapter, first) => {
    expect(collectionClosesAt(asking(data, chapter))).toBe(first);
  });
});
