import { describe, expect, it } from "vitest";
import { stages, type Stage } from "../../domain/cycle.ts";
import { instant } from "../../domain/time.ts";
import { standingOfSteps, yearSteps, type YearCourse } from "../../domain/year-steps.ts";

const day = (n: number) => instant(`2015-01-${String(n).padStart(2, "0")}T09:00:00+09:00`);
const course = (entered: readonly Stage[], surveys: Partial<YearCourse["surveys"]> = {}): YearCourse => ({
  stage: entered.at(-1) ?? "policy",
  entries: entered.map((stage, n) => ({ stage, enteredAt: day(n + 1) })),
  surveys: { firstOpenedAt: null, open: 0, ...surveys },
});
const standing = (of: YearCourse) =>
  Object.fromEntries(standingOfSteps(of).map(({ step, is, enteredAt }) => [step, [is, enteredAt]]));

describe("where the year stands", () => {
  it.each(stages.filter((stage) => stage !== "finished").map((stage, n) => [stage, n] as const))(
    "marks %s as the one present step",
    (stage, n) => {
      const steps = standingOfSteps(course(stages.slice(0, n + 1)));
      expect(steps.filter(({ is }) => is === "present").map(({ step }) => step)).toEqual([stage]);
      expect(steps.find(({ step }) => step === stage)?.enteredAt).toBe(day(n + 1));
    },
  );

  it("has nothing present once the year is over", () => {
    const steps = standingOfSteps(course(stages, { firstOpenedAt: day(9) }));
    expect(new Set(steps.map(({ is }) => is))).toEqual(new Set(["done"]));
  });

  it("dates what was entered and nothing else", () => {
    expect(standing(course(["policy", "underway"]))).toMatchObject({
      policy: ["done", day(1)],
      underway: ["present", day(2)],
      collection: ["ahead", null],
    });
  });

  it("puts what the report was returned behind ahead again, and counts", () => {
    const back: readonly Stage[] = [...stages.slice(0, 8), "drafting"];
    const steps = standingOfSteps(course(back));
    const of = (name: string) => steps.find(({ step }) => step === name);
    expect(of("drafting")).toMatchObject({ is: "present", enteredAt: day(9), times: 2 });
    expect(of("approval")).toMatchObject({ is: "ahead", enteredAt: null, times: 1 });
  });

  it.each([
    ["before collection", course(["policy"]), ["ahead", null]],
    ["in collection without one", course(["policy", "underway", "collection"]), ["ahead", null]],
    [
      "while one is open",
      course(["policy", "underway", "collection"], { firstOpenedAt: day(20), open: 1 }),
      ["beside", day(20)],
    ],
    [
      "when all have ended",
      course(["policy", "underway", "collection"], { firstOpenedAt: day(20) }),
      ["done", day(20)],
    ],
    ["past collection without any", course(stages.slice(0, 4)), ["needless", null]],
  ] as const)("tells of the surveys %s", (_, of, expected) => {
    expect(standing(of)["survey"]).toEqual(expected);
  });

  it("goes through Plan, Do, Check and Act in this order", () => {
    expect([...new Set(yearSteps.map(({ phase }) => phase))]).toEqual(["plan", "do", "check", "act"]);
  });
});
