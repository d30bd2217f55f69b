import { describe, expect, it } from "vitest";
import { commentFindings, type CarriedFinding } from "../../domain/carry-over.ts";
import { measureKey } from "../../domain/ids.ts";
import { definitionChanges, lineageOf, originsOf, planChanges } from "../../domain/lineage.ts";
import { lintPlan } from "../../domain/lint.ts";
import type { Measure, Plan } from "../../domain/plan.ts";
import { reportPlan } from "../support/report-plan.ts";

const [first, second, third] = reportPlan.measures;
if (first === undefined || second === undefined || third === undefined) throw new Error("too few measures");

const found = (origin: string, more: Partial<CarriedFinding> = {}): CarriedFinding => ({
  id: `unfinished:${origin}`,
  cause: "unfinished",
  origin,
  note: "遅れている。",
  followUp: "continue",
  target: null,
  reason: null,
  ...more,
});
const lineage = (...carried: readonly CarriedFinding[]) =>
  lineageOf(reportPlan, carried, ({ origin }) => [`answer:of ${origin}`]);

describe("the lineage of next year's measures", () => {
  it("is one line for each measure, in the plan's order, so that no key counts by likeness alone", () => {
    const lines = lineage(found(second.key), found(`${first.key}/1`, { id: "uncollected:x" }));
    expect(lines.map(({ measure, from }) => [measure, ...from])).toEqual(
      reportPlan.measures.map(({ key }) => [key, key]),
    );
    expect(lines.slice(0, 2)).toEqual([
      {
        measure: first.key,
        from: [first.key],
        change: "continued",
        findings: ["uncollected:x"],
        sources: [`answer:of ${first.key}/1`],
        note: null,
      },
      {
        measure: second.key,
        from: [second.key],
        change: "continued",
        findings: [`unfinished:${second.key}`],
        sources: [`answer:of ${second.key}`],
        note: null,
      },
    ]);
  });

  it("says the strongest of what was decided, with the reasons", () => {
    const [line] = lineage(
      found(first.key),
      found(`${first.key}/1`, { id: "b", followUp: "modify", reason: "指標を改める。" }),
    );
    expect(line).toMatchObject({ change: "modified", note: "指標を改める。" });
  });

  it("joins what is merged to the measure it becomes a part of", () => {
    const lines = lineage(
      found(second.key, { followUp: "merge", target: first.key, reason: "重複するため。" }),
    );
    expect(lines.find(({ measure }) => measure === first.key)).toMatchObject({
      from: [first.key, second.key],
      change: "merged",
      findings: [`unfinished:${second.key}`],
    });
    expect(lines.map(({ measure }) => measure)).not.toContain(second.key);
  });

  it("joins by way of another, and of two that are to join each other the first", () => {
    const to = (of: string, target: string) => found(of, { followUp: "merge", target, reason: "重複" });
    const chain = lineage(to(second.key, third.key), to(third.key, first.key));
    expect(chain.find(({ measure }) => measure === first.key)?.from).toEqual([
      first.key,
      second.key,
      third.key,
    ]);
    const circle = lineage(to(first.key, second.key), to(second.key, first.key));
    expect(circle.find(({ measure }) => measure === second.key)?.from).toEqual([second.key, first.key]);
    expect(circle.some(({ measure }) => measure === first.key)).toBe(false);
  });

  it("keeps a place for what is still to be written", () => {
    expect(lineage(found(third.key, { followUp: "new", reason: "統計を新たに設ける。" })).at(-1)).toEqual({
      measure: null,
      from: [],
      change: "new",
      findings: [`unfinished:${third.key}`],
      sources: [`answer:of ${third.key}`],
      note: "統計を新たに設ける。",
    });
  });

  it("is the same key where nothing is written", () => {
    expect(originsOf(reportPlan, first.key)).toEqual([first.key]);
    const mapped: Plan = {
      ...reportPlan,
      lineage: [
        { measure: first.key, from: [second.key], change: "modified", findings: [], sources: [], note: null },
      ],
    };
    expect(originsOf(mapped, first.key)).toEqual([second.key]);
  });
});

describe("the list of changes", () => {
  const renamed: Measure = { ...second, name: "改めた施策", indicators: second.indicators.slice(1) };
  const fresh: Measure = { ...first, key: measureKey("1-1-1-ヤ"), name: "新しい施策" };
  const after: Plan = {
    ...reportPlan,
    measures: [first, renamed, fresh, ...reportPlan.measures.slice(3)],
    lineage: [
      {
        measure: fresh.key,
        from: [third.key],
        change: "modified",
        findings: ["f"],
        sources: [],
        note: "移した。",
      },
    ],
  };

  it("is empty between a plan and itself", () => {
    expect(planChanges(reportPlan, reportPlan)).toEqual([]);
  });

  it("labels what is modified, new and removed, by the keys and by what is written", () => {
    const [{ key }] = [fresh];
    const listed = planChanges(reportPlan, after).map(({ measure, from, change }) => [measure, from, change]);
    expect(listed).toEqual([
      [second.key, [second.key], "modified"],
      [key, [third.key], "modified"],
    ]);
    const unmapped = planChanges(reportPlan, { ...after, lineage: [] });
    expect(unmapped.map(({ measure, from, change }) => [measure, from, change])).toEqual([
      [second.key, [second.key], "modified"],
      [key, [], "new"],
      [null, [third.key], "removed"],
    ]);
  });

  it("says in words how a definition differs", () => {
    expect(definitionChanges(renamed, second)).toEqual([
      `施策名：「${second.name}」→「改めた施策」`,
      ...second.indicators.slice(0, 1).map(({ text }) => `指標の削除：「${text}」`),
    ]);
    expect(definitionChanges(first, first)).toEqual([]);
  });
});

describe("a line that names no measure of the plan", () => {
  it("is blocked by lint", () => {
    const plan: Plan = {
      ...reportPlan,
      lineage: [
        { measure: measureKey("9-9-9-ア"), from: [], change: "new", findings: [], sources: [], note: null },
      ],
    };
    expect(lintPlan(plan).filter(({ where }) => where === "lineage.yaml")).toMatchObject([
      { level: "block", code: "unknown-reference" },
    ]);
  });
});

describe("comments to be taken up next year", () => {
  const comment = {
    organisationName: "経済産業省",
    text: "表現を改められたい",
    reason: "次年度に検討する。",
  };

  it("are one finding for all that is about the same thing; of no section, about the report", () => {
    const findings = commentFindings(reportPlan, [
      { ...comment, section: `measure-${first.key}` },
      { ...comment, section: `measure-${first.key}`, organisationName: "総務省" },
      { ...comment, section: "overview" },
      { ...comment, section: null },
    ]);
    expect(findings.map(({ id }) => id)).toEqual([`comment:${first.key}`, "comment:report"]);
    expect(findings[0]?.note).toBe(
      "経済産業省：表現を改められたい。次年度に検討する。 総務省：表現を改められたい。次年度に検討する。",
    );
  });
});
