import { describe, expect, it } from "vitest";
import { forecast } from "../../domain/forecast.ts";
import { previewOf, unopened } from "../../domain/preview.ts";
import { bounds, scheduleOf, type ScheduleOf, type Span } from "../../domain/schedule.ts";
import { instant } from "../../domain/time.ts";
import { fy2014 } from "../support/scene.ts";

const plan = await fy2014();
const at = (raw: string) => instant(`${raw}+09:00`);
const none = { firstOpenedAt: null, lastEndedAt: null, open: 0 };

const year = (rest: Partial<ScheduleOf> = {}): ScheduleOf => ({
  dates: plan.dates,
  planned: previewOf(plan, "nobody").course,
  ahead: forecast(unopened(plan), "nobody").course,
  stage: "policy",
  now: at("2015-01-13T09:00:00"),
  entries: [{ stage: "policy", enteredAt: at("2015-01-13T09:00:00") }],
  surveys: none,
  ...rest,
});
const text = (span: Span | null | undefined): string => (span ? `${span.from}/${span.to}` : "-");
const row = (of: ScheduleOf, step: string) => {
  const found = scheduleOf(of).find((one) => one.step === step);
  return [text(found?.planned), found?.actual.map(text).join(" ") ?? "", text(found?.ahead)];
};

describe("the schedule of FY2014", () => {
  it.each([
    ["policy", "2015-01-13/2015-02-10"],
    ["underway", "2015-02-10/2015-04-01"],
    ["collection", "2015-04-01/2015-05-29"],
    ["decision", "2015-06-25/2015-06-25"],
    ["carry-over", "-"],
  ])("has %s planned as the plan says", (step, planned) => {
    expect(row(year(), step)[0]).toBe(planned);
  });

  it("goes on from today where a step has begun, and never back", () => {
    const of = year({ now: at("2015-02-20T10:00:00") });
    expect(row(of, "policy")).toEqual(["2015-01-13/2015-02-10", "2015-01-13/2015-02-20", "-"]);
    for (const { ahead } of scheduleOf(of)) expect(ahead === null || ahead.from <= ahead.to).toBe(true);
  });

  it("shows a stage as often as it was entered, each with its own days", () => {
    const entries = [
      { stage: "drafting", enteredAt: at("2015-06-01T09:00:00") },
      { stage: "approval", enteredAt: at("2015-06-05T09:00:00") },
      { stage: "drafting", enteredAt: at("2015-06-08T09:00:00") },
    ] as const;
    const of = year({ stage: "drafting", now: at("2015-06-10T09:00:00"), entries });
    expect(row(of, "drafting")[1]).toBe("2015-06-01/2015-06-05 2015-06-08/2015-06-10");
    expect(row(of, "approval")[1]).toBe("2015-06-05/2015-06-08");
  });

  it("has surveys run beside the stages, to today while one is open", () => {
    const surveys = {
      firstOpenedAt: at("2015-05-02T09:00:00"),
      lastEndedAt: at("2015-05-20T09:00:00"),
      open: 1,
    };
    const of = year({ stage: "collection", now: at("2015-05-25T09:00:00"), surveys });
    expect(row(of, "survey")[1]).toBe("2015-05-02/2015-05-25");
    expect(row({ ...of, surveys: { ...surveys, open: 0 } }, "survey").slice(1)).toEqual([
      "2015-05-02/2015-05-20",
      "-",
    ]);
  });

  it("has nothing ahead once the year is over, and room for every day on it", () => {
    const of = year({ stage: "finished", ahead: null, now: at("2015-07-30T09:00:00"), entries: [] });
    expect(scheduleOf(of).every(({ ahead }) => ahead === null)).toBe(true);
    expect(bounds(scheduleOf(of), of.now)).toEqual({ from: "2015-01-13", to: "2015-07-30" });
  });
});
