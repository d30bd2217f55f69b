import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileReport } from "../../domain/compile.ts";
import { sourcesOf } from "../../domain/compose.ts";
import { sectionsOf, type SourceId } from "../../domain/document.ts";
import { handlings, labelsOf, labelText, type Labels } from "../../domain/labels.ts";
import { highest, sectionLabels } from "../../domain/section-labels.ts";
import { reportPlan } from "../support/report-plan.ts";
import { settledRecord } from "../support/report-record.ts";

const anyLabels: fc.Arbitrary<Labels> = fc
  .tuple(fc.constantFrom(1 as const, 2 as const), fc.subarray([...handlings]))
  .map(([confidentiality, limits]) => labelsOf(confidentiality, limits));

describe("what holds of several answers together", () => {
  it("is nothing of none, and of one what it says", () => {
    expect(highest([])).toBeUndefined();
    fc.assert(
      fc.property(anyLabels, (one) => {
        expect(highest([one])).toEqual(one);
      }),
    );
  });

  it("never takes anything back, and adds nothing that none of them has", () => {
    fc.assert(
      fc.property(fc.array(anyLabels, { minLength: 1 }), (all) => {
        const together = highest(all);
        expect(together?.confidentiality).toBe(Math.max(...all.map((one) => one.confidentiality)));
        const limits = new Set(all.flatMap(({ handling = [] }) => handling));
        expect(new Set(together?.handling)).toEqual(limits);
      }),
    );
  });

  it("is read in the usual order, whoever said it first", () => {
    const all = [labelsOf(1, ["encrypted"]), labelsOf(2, ["no-copying"]), labelsOf(1, ["encrypted"])];
    const together = highest(all);
    expect(together && labelText(together)).toBe("機密性２情報　複製禁止　暗号化必須");
  });
});

describe("the sections of a draft", () => {
  const { chapters, sources } = compileReport(settledRecord(reportPlan));
  const answers = sources.map(({ id }) => id).filter((id) => id.startsWith("answer:"));
  const [closed, ...open] = answers;
  const known = new Map<SourceId, Labels>([
    ...open.map((id) => [id, labelsOf(1, [])] as const),
    [closed ?? "", labelsOf(2, ["concerned-only"])],
  ]);
  const marked = sectionLabels(chapters, known);
  const uses = (key: string): readonly SourceId[] =>
    sectionsOf(sectionsOf(chapters).filter((one) => one.key === key)).flatMap(({ blocks }) =>
      blocks.flatMap(sourcesOf),
    );

  it("have the label of what stands in them or in their parts, and the others not that one", () => {
    const keys = sectionsOf(chapters).map(({ key }) => key);
    const holding = keys.filter((key) => uses(key).includes(closed ?? ""));
    expect(holding.length).toBeGreaterThan(2);
    expect(holding.length).toBeLessThan(keys.length);
    for (const key of keys) {
      const text = marked.get(key);
      if (holding.includes(key)) expect(text).toEqual({ confidentiality: 2, handling: ["concerned-only"] });
      else expect(text?.handling).toBeUndefined();
    }
  });

  it("have none where nothing in them was answered", () => {
    const bare = sectionsOf(chapters).filter(({ key }) => uses(key).every((id) => !answers.includes(id)));
    expect(bare.length).toBeGreaterThan(0);
    for (const { key } of bare) expect(marked.get(key)).toBeUndefined();
  });
});
