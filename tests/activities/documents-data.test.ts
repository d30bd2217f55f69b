import type { CellValue } from "hucre";
import { readXlsx } from "hucre/xlsx";
import { describe, expect, it } from "vitest";
import { renderCsv, renderJson, renderXlsx } from "../../activities/documents/data.ts";
import { compileReport } from "../../domain/compile.ts";
import { recordMark } from "../../domain/checkpoint.ts";
import { sha256 } from "../../domain/ids.ts";
import type { ReportRecord } from "../../domain/report-record.ts";
import { instant } from "../../domain/time.ts";
import { reportPlan } from "../support/report-plan.ts";
import { settledRecord } from "../support/report-record.ts";

const settled = settledRecord(reportPlan);
/** One answer says zero, one says a number with a reason of two lines. */
const record: ReportRecord = {
  ...settled,
  items: settled.items.map((item) =>
    item.outcome.is === "value" && item.datum === "review"
      ? { ...item, outcome: { ...item.outcome, number: 0, unit: "件", text: "一行目\n二行目" } }
      : item,
  ),
};
const document = compileReport(record);
const facts = {
  sha256: sha256("0".repeat(64)),
  classification: "機密性１情報",
  standing: "決定",
  changes: null,
  mark: recordMark({ size: 1234, root: sha256("0123456789abcdef".repeat(4)) }),
  createdAt: instant("2015-06-15T10:00:00+09:00"),
};
const workbook = await readXlsx(await renderXlsx(document, facts));
const sheet = (name: string) => {
  const found = workbook.sheets.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no sheet ${name}`);
  return found;
};
const columnOf = (name: string, title: string): readonly CellValue[] => {
  const [titles = [], ...rows] = sheet(name).rows;
  return rows.map((row) => row[titles.indexOf(title)] ?? null);
};
/** The texts of a column; blank cells as empty ones. */
const textsOf = (name: string, title: string): readonly string[] =>
  columnOf(name, title).map((cell) => (typeof cell === "string" ? cell : ""));

describe("the workbook", () => {
  it("has one table a sheet: unique headers in the first row, no merges, no gaps, nothing hidden", () => {
    expect(workbook.sheets.map(({ name }) => name)).toEqual([
      "データ",
      "評価",
      "コード表",
      "項目定義",
      "更新履歴",
    ]);
    for (const { rows, merges, hidden } of workbook.sheets) {
      const [titles = [], ...body] = rows;
      expect(new Set(titles).size).toBe(titles.length);
      for (const title of titles) expect(title).toMatch(/\S/);
      expect(merges ?? []).toEqual([]);
      expect(hidden ?? false).toBe(false);
      expect(body.length).toBeGreaterThan(0);
      for (const row of body) expect(row.some((cell) => cell !== null && cell !== "")).toBe(true);
    }
  });

  it("keeps numbers numeric, with zero and blank apart, and units in a column of their own", () => {
    const numbers = columnOf("データ", "数値");
    expect(numbers).toContain(0);
    expect(numbers).toContain(null);
    for (const value of numbers) expect(value === null || typeof value === "number").toBe(true);
    const units = columnOf("データ", "単位");
    numbers.forEach((value, at) => expect(units[at]).toBe(value === null ? null : "件"));
  });

  it("explains every code and every column it uses", () => {
    const codes = textsOf("コード表", "コード");
    const explained = textsOf("コード表", "列名").map((column, at) => `${column}:${codes[at] ?? ""}`);
    const views = textsOf("評価", "評価の視点コード").map((view) => (view === "output" ? "結果" : "成果"));
    const used = [
      ...textsOf("データ", "把握状況コード").map((state) => `把握状況コード:${state}`),
      ...textsOf("データ", "府省庁コード").map((owner) => `府省庁コード:${owner}`),
      ...textsOf("評価", "評定コード").map((rating, at) => `評定コード（${views[at] ?? ""}）:${rating}`),
    ];
    expect(explained).toEqual(expect.arrayContaining([...new Set(used)]));
    for (const name of ["データ", "評価"]) {
      const sheets = textsOf("項目定義", "表");
      const defined = textsOf("項目定義", "列名").filter((_, at) => sheets[at] === name);
      expect(defined).toEqual(sheet(name).rows[0]);
    }
  });

  it("has a row for every indicator, datum and organisation, and none twice", () => {
    const asked = reportPlan.data.flatMap((datum) =>
      datum.indicators.flatMap((indicator) =>
        datum.owners.map(({ organisation }) => `${indicator} ${datum.key} ${organisation}`),
      ),
    );
    const owners = textsOf("データ", "府省庁コード");
    const data = textsOf("データ", "照会項目番号");
    const rows = textsOf("データ", "指標番号").map(
      (indicator, at) => `${indicator} ${data[at] ?? ""} ${owners[at] ?? ""}`,
    );
    expect(rows.toSorted()).toEqual(asked.toSorted());
  });
});

describe("the CSV", () => {
  const csv = renderCsv(document);
  const lines = csv.trimEnd().split("\r\n");

  it("is UTF-8 with BOM, one line a row, the header first", () => {
    expect(csv.startsWith("\u{feff}年度,区分,")).toBe(true);
    expect(lines).toHaveLength(document.data.rows.length + 1);
    expect(csv.replaceAll("\r\n", "")).not.toContain("\n");
    expect(csv).toContain("一行目 二行目");
  });

  it("has the same cells as the workbook", () => {
    const flat = sheet("データ").rows.map((row) => row.map((cell) => cell ?? "").join(","));
    expect([lines[0]?.slice(1), ...lines.slice(1)]).toEqual(flat);
  });
});

describe("the JSON", () => {
  it("has the same tables as the workbook", () => {
    const json: Record<string, unknown> = JSON.parse(renderJson(document, facts));
    for (const { name, rows } of workbook.sheets) {
      const [titles = [], ...body] = rows;
      expect(json[name]).toEqual(
        body.map((row) => Object.fromEntries(titles.map((title, at) => [String(title), row[at] ?? null]))),
      );
    }
  });
});
