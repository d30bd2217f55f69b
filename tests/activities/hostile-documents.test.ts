import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderAll } from "../../activities/documents/publish.ts";
import { compileReport } from "../../domain/compile.ts";
import { recordMark } from "../../domain/checkpoint.ts";
import { sha256 } from "../../domain/ids.ts";
import type { ReportRecord } from "../../domain/report-record.ts";
import { instant } from "../../domain/time.ts";
import { startChromium } from "../support/chromium.ts";
import { hostileTexts } from "../support/hostile-texts.ts";
import { reportPlan } from "../support/report-plan.ts";
import { settledRecord } from "../support/report-record.ts";
import { unzipped } from "../support/unzipped.ts";

/** What people wrote stands in every form of the report as text: nothing runs, links, counts or fetches. */

/** What a spreadsheet or a word processor would take for more than text. */
const formulas = [
  "=1+1",
  "+1+1",
  "-1+1",
  "@SUM(A1)",
  '=HYPERLINK("http://evil.example/","x")',
  "{ HYPERLINK }",
];
const texts = [...formulas, ...hostileTexts];

const plain = settledRecord(reportPlan);
/** Every text as an answer, in turn; all of them as judgements too. */
const hostile: ReportRecord = {
  ...plain,
  items: plain.items.map((item, at) => ({
    ...item,
    outcome: {
      is: "value",
      number: null,
      unit: null,
      text: texts[at % texts.length] ?? "",
      contentId: `c-${at}`,
      sha256: sha256("0".repeat(64)),
    },
  })),
  surveys: [],
  evaluations: plain.evaluations.map((one, at) => ({
    ...one,
    text: texts.filter((_, place) => place % plain.evaluations.length === at).join("\n"),
  })),
};
const rendered = new Map(
  (
    await renderAll(compileReport(hostile), {
      sha256: sha256("0".repeat(64)),
      classification: "機密性２情報",
      standing: "原案（第１版）",
      changes: null,
      mark: recordMark({ size: 1, root: sha256("0123456789abcdef".repeat(4)) }),
      createdAt: instant("2015-05-20T10:00:00+09:00"),
    })
  ).map(({ name, bytes }) => [name as string, bytes]),
);
const bytesOf = (name: string): Buffer => Buffer.from(rendered.get(name) ?? "");
const partsOf = (name: string) => unzipped(bytesOf(name));

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
}, 60_000);
afterAll(() => browser.close());

describe("the report of people who write to make machines do something", () => {
  it("holds all of it", () => {
    const html = bytesOf("report.html").toString("utf8");
    expect(texts.length).toBeGreaterThan(200);
    expect(html.split("window.hit=(window.hit??0)+1").length).toBeGreaterThan(180);
  });

  it("runs nothing in a browser, and has no markup of theirs", async () => {
    const page = await browser.newPage();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.setContent(bytesOf("report.html").toString("utf8"), { waitUntil: "load" });
    expect(await page.evaluate("window.hit ?? 0")).toBe(0);
    const strange =
      "script, img, svg, iframe, object, video, audio, math, form, input, details, a:not([href^='#']), [onerror], [onload], [onfocus]";
    expect(await page.locator(strange).count()).toBe(0);
    expect(asked.filter((url) => !url.startsWith("data:"))).toEqual([]);
  }, 60_000);

  it("has no action and no address in the PDF", () => {
    expect(bytesOf("report.pdf").toString("latin1")).not.toMatch(
      /\/(JavaScript|JS|URI|Launch|OpenAction|SubmitForm)\b/,
    );
  });

  it("has no field and no outside part of theirs in the Word file", () => {
    const own = unzipped(bytesOf("report.docx"));
    expect(own.length).toBeGreaterThan(3);
    for (const { name, text } of own) {
      if (name.endsWith(".rels")) expect(text).not.toContain("External");
      expect(
        text.match(/<w:instrText[^>]*>[^<]*/g)?.filter((code) => /HYPERLINK|evil|window/.test(code)) ?? [],
      ).toEqual([]);
    }
  });

  it("calculates nothing in the tables", () => {
    for (const { name, text } of partsOf("data.xlsx"))
      if (name.includes("worksheets/")) expect(text).not.toMatch(/<f[ >]/);
    const cells = bytesOf("data.csv")
      .toString("utf8")
      .split(/\r\n|,/);
    expect(cells.filter((cell) => /^"?[=+@-](?!\d+(\.\d+)?"?$)/.test(cell))).toEqual([]);
    expect(cells.some((cell) => /^"?'=1\+1/.test(cell))).toBe(true);
  });
});
