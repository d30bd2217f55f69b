import { describe, expect, it } from "vitest";
import { compileReport } from "../../domain/compile.ts";
import { domainThroughYears, measureThroughYears } from "../../domain/comparison.ts";
import type { DecidedYear } from "../../domain/decided-year.ts";
import { cycleKey, fiscalYear, sha256 } from "../../domain/ids.ts";
import type { Plan } from "../../domain/plan.ts";
import { reportPlan } from "../support/report-plan.ts";
import { settledRecord } from "../support/report-record.ts";

const [first, second] = reportPlan.measures;
if (first === undefined || second === undefined) throw new Error("too few measures");

const decided = (year: number, change: Partial<Plan> = {}): DecidedYear => {
  const plan: Plan = { ...reportPlan, year: fiscalYear(year), ...change };
  const { evaluations } = compileReport(settledRecord(plan)).data;
  return { cycle: cycleKey(String(year)), plan, version: sha256("0".repeat(64)), evaluations };
};
const thisYear: Plan = { ...reportPlan, year: fiscalYear(2016) };

describe("a measure through the years of the strategy", () => {
  it("is compared year by year, the latest first, while its definition is the same", () => {
    const seen = measureThroughYears(thisYear, first.key, [decided(2015), decided(2014)]);
    expect(seen.map(({ year, keys, comparable }) => [year, keys, comparable])).toEqual([
      [2015, [first.key], true],
      [2014, [first.key], true],
    ]);
    expect(seen[0]?.judged).toMatchObject([{ key: first.key, rating: expect.any(String) }]);
  });

  it("is found under its former key, and not comparable where its definition has changed", () => {
    const mapped: Plan = {
      ...thisYear,
      lineage: [
        { measure: first.key, from: [second.key], change: "modified", findings: [], sources: [], note: null },
      ],
    };
    const [seen] = measureThroughYears(mapped, first.key, [decided(2015)]);
    expect(seen).toMatchObject({ keys: [second.key], comparable: false });
    expect(seen?.differences.length).toBeGreaterThan(0);
    expect(seen?.judged.map(({ key }) => key)).toEqual([second.key]);
  });

  it("is not comparable with several that were merged into it", () => {
    const merged: Plan = {
      ...thisYear,
      lineage: [
        {
          measure: first.key,
          from: [first.key, second.key],
          change: "merged",
          findings: [],
          sources: [],
          note: null,
        },
      ],
    };
    const [seen] = measureThroughYears(merged, first.key, [decided(2015)]);
    expect(seen).toMatchObject({ keys: [first.key, second.key], comparable: false });
    expect(seen?.judged).toHaveLength(2);
  });

  it("begins where it was new, and skips no year that was not decided", () => {
    const without = { measures: reportPlan.measures.filter(({ key }) => key !== first.key) };
    expect(measureThroughYears(thisYear, first.key, [decided(2015, without)])).toEqual([]);
    expect(measureThroughYears(thisYear, first.key, [decided(2014)])).toEqual([]);
  });
});

describe("a domain through the years", () => {
  it("is not comparable where it had another name", () => {
    const renamed = reportPlan.areas.map((area) => ({
      ...area,
      domains: area.domains.map((domain) => ({ ...domain, name: `旧${domain.name}` })),
    }));
    const seen = domainThroughYears(thisYear, "1-1", [decided(2015), decided(2014, { areas: renamed })]);
    expect(seen.map(({ year, comparable }) => [year, comparable])).toEqual([
      [2015, true],
      [2014, false],
    ]);
    expect(domainThroughYears(thisYear, "9-9", [decided(2015)])).toEqual([]);
  });
});
