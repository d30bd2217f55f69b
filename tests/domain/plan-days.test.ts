import { describe, expect, it } from "vitest";
import { calendarOf } from "../../domain/calendar.ts";
import { monthsBetween, plannedDays } from "../../domain/plan-days.ts";
import { plainDate } from "../../domain/time.ts";
import { fy2014 } from "../support/scene.ts";

const plan = await fy2014();
const calendar = calendarOf(plan.holidays);
const { closingTime, closedDays } = plan.dates;

describe("the calendar of a plan", () => {
  const months = monthsBetween(plainDate("2014-12-10"), plainDate("2015-05-20"), calendar);
  const days = months.flatMap(({ weeks }) => weeks.flat());
  const reasonOn = (on: string) => days.find((day) => day?.on === on)?.closed;

  it("has every day of its months once, in weeks from Sunday to Saturday", () => {
    expect(months.map(({ first }) => first.slice(0, 7))).toEqual([
      "2014-12",
      "2015-01",
      "2015-02",
      "2015-03",
      "2015-04",
      "2015-05",
    ]);
    expect(days.filter((day) => day !== null)).toHaveLength(31 + 31 + 28 + 31 + 30 + 31);
    expect(months.every(({ weeks }) => weeks.every((week) => week.length === 7))).toBe(true);
    expect(months[4]?.weeks[0]?.map((day) => day?.on ?? null)).toEqual([
      null,
      null,
      null,
      "2015-04-01",
      "2015-04-02",
      "2015-04-03",
      "2015-04-04",
    ]);
  });

  it.each([
    ["2014-12-29", "年末年始"],
    ["2015-01-01", "元日"],
    ["2015-04-29", "昭和の日"],
    ["2015-05-06", "振替休日"],
    ["2015-04-18", "土曜日"],
    ["2015-04-17", null],
  ])("says of %s that it is closed for %s", (on, reason) => {
    expect(reasonOn(on) ?? null).toEqual(reason === "振替休日" ? expect.stringContaining("休日") : reason);
  });
});

it("gives every planned day its reason, and none to what only counts from a day to come", () => {
  const found = plannedDays(plan, { calendar, closingTime, closedDays });
  expect(found.map((day) => (day.of === "term" ? day.kind : day.of))).toEqual([
    "opens",
    "policy-decision",
    "collection",
    "data",
    "chapter",
    "report-decision",
  ]);
  const data = found.find((day) => day.of === "term");
  expect(data).toMatchObject({
    term: { dueAt: "2015-04-17T17:00:00+09:00", why: { due: ["計画で定めた日"] } },
  });
});
