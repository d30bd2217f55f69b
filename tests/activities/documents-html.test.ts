import { describe, expect, it } from "vitest";
import { renderHtml } from "../../activities/documents/html.ts";
import { compileReport } from "../../domain/compile.ts";
import { recordMark } from "../../domain/checkpoint.ts";
import { sectionsOf } from "../../domain/document.ts";
import { sha256 } from "../../domain/ids.ts";
import { instant } from "../../domain/time.ts";
import { reportPlan } from "../support/report-plan.ts";
import { settledRecord } from "../support/report-record.ts";

const document = compileReport(settledRecord(reportPlan));
const html = renderHtml(document, {
  sha256: sha256("0".repeat(64)),
  classification: "機密性１情報",
  standing: "決定",
  changes: null,
  mark: recordMark({ size: 1234, root: sha256("0123456789abcdef".repeat(4)) }),
  createdAt: instant("2015-06-15T10:00:00+09:00"),
});
const count = (pattern: RegExp): number => html.match(pattern)?.length ?? 0;

describe("the page", () => {
  it("is a Japanese document with one main heading and a way past the contents", () => {
    expect(html.startsWith('<!doctype html>\n<html lang="ja">')).toBe(true);
    expect(count(/<h1[ >]/g)).toBe(1);
    expect(html).toContain('<a class="skip" href="#content">');
    expect(count(/<main id="content"/g)).toBe(1);
  });

  it("says at its foot which version it is and up to where the record behind it was signed", () => {
    expect(html).toContain(`版のSHA-256　${"0".repeat(64)}　監査記録の控え　1234件まで　0123456789abcdef`);
  });

  it("has headings that never skip a level", () => {
    const levels = [...html.matchAll(/<h([1-6])[ >]/g)].map(([, level]) => Number(level));
    expect(levels.length).toBeGreaterThan(sectionsOf(document.chapters).length);
    levels.slice(1).forEach((level, at) => expect(level).toBeLessThanOrEqual((levels[at] ?? 0) + 1));
  });

  it("has a caption, column headers and row headers in every table", () => {
    const tables = html.split("<table>").slice(1);
    expect(tables.length).toBeGreaterThan(10);
    for (const table of tables) {
      expect(table).toMatch(/^<caption id="[^"]+">[^<]+<\/caption>/);
      expect(table).toContain('<thead><tr><th scope="col">');
      expect(table).toContain('<th scope="row">');
    }
    expect(count(/<th[ >]/g)).toBe(count(/<th scope="(row|col)">/g));
  });

  it("links only to places it has, each named once", () => {
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const targets = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(targets.length).toBeGreaterThan(10);
    for (const target of [...targets, ...[...html.matchAll(/labelledby="([^"]+)"/g)].map(([, id]) => id)])
      expect(ids).toContain(target);
  });

  it("stands by itself: no script, no outside address", () => {
    expect(html).not.toMatch(/<script|https?:|src=|@import|url\(/);
  });
});
