import { describe, expect, it } from "vitest";
import { compileReport } from "../../domain/compile.ts";
import { staleSections } from "../../domain/document.ts";
import type { ReportRecord } from "../../domain/report-record.ts";
import { sectionOf, textsOf } from "../support/report-document.ts";
import { reportPlan } from "../support/report-plan.ts";
import { editor, settledRecord } from "../support/report-record.ts";

const record = settledRecord(reportPlan);
const document = compileReport(record);

describe("edited text", () => {
  const target = "measure-1-1-1-ア";
  const against = sectionOf(document, target).fingerprint;
  const edit = { section: target, text: "なお、次年度に拡充する。", by: editor, againstSource: against };
  const changed: ReportRecord = {
    ...record,
    items: record.items.map((item) =>
      item.datum === "frame" ? { ...item, outcome: { is: "uncollected", reason: "不明" } } : item,
    ),
  };

  it("stands apart from generated text with its author, and is not stale while its section is as it was", () => {
    const edited = compileReport({ ...record, edits: [edit] });
    expect(sectionOf(edited, target).blocks.at(-1)).toEqual({
      is: "edited",
      text: edit.text,
      by: editor,
      againstSource: against,
      stale: false,
    });
    expect(sectionOf(edited, target).blocks.slice(0, -1)).toEqual(sectionOf(document, target).blocks);
    expect(staleSections(edited)).toEqual([]);
  });

  it("survives a changed answer and is flagged, there and nowhere else", () => {
    const other = {
      ...edit,
      section: "measure-2-1-0-ア",
      againstSource: sectionOf(document, "measure-2-1-0-ア").fingerprint,
    };
    const edited = compileReport({ ...changed, edits: [edit, other] });
    expect(textsOf(sectionOf(edited, target).blocks)).toContain(edit.text);
    expect(staleSections(edited)).toEqual([target]);
  });

  it("is flagged by a new version with the same words", () => {
    const again: ReportRecord = {
      ...record,
      items: record.items.map((item) =>
        item.datum === "frame" && "contentId" in item.outcome
          ? { ...item, outcome: { ...item.outcome, contentId: "newer" } }
          : item,
      ),
    };
    expect(staleSections(compileReport({ ...again, edits: [edit] }))).toEqual([target]);
  });

  it("is replaced by a later one and taken back by an empty one", () => {
    const later = compileReport({ ...record, edits: [edit, { ...edit, text: "改めた。" }] });
    expect(textsOf(sectionOf(later, target).blocks)).toContain("改めた。");
    expect(textsOf(sectionOf(later, target).blocks)).not.toContain(edit.text);
    const taken = compileReport({ ...record, edits: [edit, { ...edit, text: "" }] });
    expect(JSON.stringify(taken)).toBe(JSON.stringify(document));
  });

  it("whose section is gone is shown at the end, flagged", () => {
    const lost = compileReport({ ...record, edits: [{ ...edit, section: "measure-9-9-9-ア" }] });
    expect(lost.chapters.at(-1)?.key).toBe("unplaced");
    expect(staleSections(lost)).toEqual(["measure-9-9-9-ア"]);
  });
});
