import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileReport } from "../../domain/compile.ts";
import { sectionsOf, type ReportDocument } from "../../domain/document.ts";
import { sha256 } from "../../domain/ids.ts";
import type { RecordedOutcome, ReportRecord } from "../../domain/report-record.ts";
import { diffVersions } from "../../domain/version-diff.ts";
import { reportPlan } from "../support/report-plan.ts";
import { editor, settledRecord } from "../support/report-record.ts";

const record = settledRecord(reportPlan);
const document = compileReport(record);

const withOutcome = (datum: string, outcome: RecordedOutcome): ReportRecord => ({
  ...record,
  items: record.items.map((item) => (item.datum === datum ? { ...item, outcome } : item)),
});
const late = (digit: string): RecordedOutcome => ({
  is: "value",
  number: 12345,
  unit: "件",
  text: "遅れて提出された。",
  contentId: "late",
  sha256: sha256(digit.repeat(64)),
});

describe("the difference between two versions", () => {
  it("is nothing between a version and itself", () => {
    expect(diffVersions(document, compileReport(record))).toEqual([]);
  });

  it("lists late data wherever it is printed, with the answer it came from, and nothing else", () => {
    const changes = diffVersions(document, compileReport(withOutcome("frame", late("1"))));
    const byKey = new Map(changes.map((change) => [change.section, change]));
    const shown = byKey.get("measure-1-1-1-ア");
    expect(shown?.is).toBe("changed");
    expect(shown?.after.join("\n")).toContain("12,345件");
    expect(shown?.causes.map(({ is }) => is)).toContain("source-added");
    const added = changes.flatMap(({ causes }) => causes.filter(({ is }) => is === "source-added"));
    expect(new Set(added.map((cause) => "source" in cause && cause.source))).toEqual(
      new Set(["answer:late"]),
    );
    for (const change of changes) expect(change.causes).not.toContainEqual({ is: "wording" });
  });

  it("names another version of the same answer, even where its words are the same", () => {
    const one = compileReport(withOutcome("frame", late("1")));
    const other = compileReport(withOutcome("frame", late("2")));
    const changes = diffVersions(one, other);
    expect(changes.length).toBeGreaterThan(0);
    for (const { before, after, causes } of changes) {
      expect([before, after]).toEqual([[], []]);
      expect(causes.map(({ is }) => is)).toEqual(["source-changed"]);
    }
  });

  it("names who wrote what was written, rewritten and taken back", () => {
    const edited = (text: string) =>
      compileReport({ ...record, edits: [{ section: "overview", text, by: editor, againstSource: "" }] });
    const only = (older: ReportDocument, newer: ReportDocument) => {
      const [change, ...more] = diffVersions(older, newer);
      expect(more).toEqual([]);
      return change;
    };
    const causes = [{ is: "edited", by: editor }];
    expect(only(document, edited("一"))).toMatchObject({ before: [], after: ["一"], causes });
    expect(only(edited("一"), edited("二"))).toMatchObject({ before: ["一"], after: ["二"], causes });
    expect(only(edited("二"), document)).toMatchObject({ before: ["二"], after: [], causes });
  });

  it("lists sections that came and went, and counts a line that stands twice", () => {
    const [first, ...rest] = document.chapters;
    if (first === undefined) throw new Error("no chapter");
    const without = { ...document, chapters: rest };
    const keys = sectionsOf([first]).map(({ key }) => key);
    expect(diffVersions(document, without).map(({ is, section }) => [is, section])).toEqual(
      keys.map((key) => ["removed", key]),
    );
    expect(diffVersions(without, document).map(({ is, section }) => [is, section])).toEqual(
      keys.map((key) => ["added", key]),
    );
    const block = { is: "paragraph", text: "同じ", source: [] } as const;
    const twice = (blocks: readonly (typeof block)[]) => ({
      ...document,
      chapters: [{ ...first, blocks, sections: [] }],
    });
    const [change] = diffVersions(twice([block]), twice([block, block]));
    expect(change).toMatchObject({ before: [], after: ["同じ"], causes: [{ is: "wording" }] });
  });

  it("backwards has the same sections, with before and after exchanged", () => {
    fc.assert(
      fc.property(fc.subarray(record.items.map((_, at) => at)), (gone) => {
        const fewer = compileReport({ ...record, items: record.items.filter((_, at) => !gone.includes(at)) });
        const there = diffVersions(document, fewer);
        const back = diffVersions(fewer, document);
        expect(back.map(({ section, before, after }) => ({ section, before: after, after: before }))).toEqual(
          there.map(({ section, before, after }) => ({ section, before, after })),
        );
      }),
      { numRuns: 20 },
    );
  });
});
