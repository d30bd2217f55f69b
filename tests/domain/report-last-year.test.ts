import { describe, expect, it } from "vitest";
import { compileReport } from "../../domain/compile.ts";
import { sectionsOf, type ReportDocument } from "../../domain/document.ts";
import { cycleKey, fiscalYear, sha256 } from "../../domain/ids.ts";
import type { Plan } from "../../domain/plan.ts";
import type { ReportRecord } from "../../domain/report-record.ts";
import { reportPlan } from "../support/report-plan.ts";
import { settledRecord } from "../support/report-record.ts";

const [first, second] = reportPlan.measures;
if (first === undefined || second === undefined) throw new Error("too few measures");
const VERSION = sha256("5".repeat(64));

/** This year's record, with the year before as `before` has it. */
const recordAfter = (before: Plan, plan: Plan = reportPlan): ReportRecord => {
  const lastPlan: Plan = { ...before, year: fiscalYear(plan.year - 1) };
  const { evaluations } = compileReport(settledRecord(lastPlan)).data;
  const lastYear = { cycle: cycleKey(String(lastPlan.year)), plan: lastPlan, version: VERSION, evaluations };
  return { ...settledRecord(plan), lastYear };
};
const textOf = (document: ReportDocument, key: string): string =>
  JSON.stringify(sectionsOf(document.chapters).find((section) => section.key === key)?.blocks);
const rowOf = ({ data }: ReportDocument, key: string) => data.evaluations.find((row) => row.key === key);

describe("last year's judgement", () => {
  it("stands beside this year's, in the text, the annex and the data, with the version it comes from", () => {
    const document = compileReport(recordAfter(reportPlan));
    const said = textOf(document, `measure-${first.key}`);
    expect(said).toMatch(/前年度（平成25年度）の評定：/);
    expect(said).toContain("decided:2013");
    expect(said).not.toContain("比較不可");
    expect(textOf(document, "annex-measures")).toMatch(/前年度（平成25年度）の評定：/);
    expect(rowOf(document, first.key)?.lastYear).toMatchObject({
      year: 2013,
      keys: [first.key],
      comparable: true,
      differences: [],
    });
    expect(rowOf(document, "1-1")?.lastYear).toMatchObject({ comparable: true });
    expect(document.sources).toContainEqual({ id: "decided:2013", sha256: VERSION });
  });

  it("is not comparable where the definition has changed, and says how", () => {
    const renamed = { ...first, name: "以前の施策" };
    const document = compileReport(
      recordAfter({ ...reportPlan, measures: [renamed, ...reportPlan.measures.slice(1)] }),
    );
    expect(textOf(document, `measure-${first.key}`)).toContain(
      `比較不可。定義の変更：施策名：「以前の施策」→「${first.name}」`,
    );
    expect(rowOf(document, first.key)?.lastYear).toMatchObject({ comparable: false });
    expect(rowOf(document, second.key)?.lastYear).toMatchObject({ comparable: true });
  });

  it("is found by lineage, of all that were merged", () => {
    const merged: Plan = {
      ...reportPlan,
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
    const row = rowOf(compileReport(recordAfter(reportPlan, merged)), first.key);
    expect(row?.lastYear).toMatchObject({ keys: [first.key, second.key], comparable: false });
    expect(row?.lastYear?.ratingLabel).toContain(second.key);
  });

  it("is nothing where there is no year before, and the document is what it was", () => {
    const document = compileReport(settledRecord(reportPlan));
    expect(JSON.stringify(document).includes("前年度（")).toBe(false);
    expect(rowOf(document, first.key)).not.toHaveProperty("lastYear");
  });
});
