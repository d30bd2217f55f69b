import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lostIn, encodeCp932 } from "../../api/workbook/cp932.ts";
import { lostFrom, renderCp932, renderCsv } from "../../api/workbook/csv.ts";
import { columns, header } from "../../api/workbook/form.ts";
import { openFile, type ReadCell } from "../../api/workbook/opening.ts";
import { readAnswers } from "../../api/workbook/reading.ts";
import { tablesOf } from "../../api/workbook/sheets.ts";
import { renderWorkbook } from "../../api/workbook/xlsx.ts";
import { idOf, sampleForm, tableForm } from "../support/sample-form.ts";
import { startSpreadsheets, type Spreadsheets, type WorkbookFacts } from "../support/spreadsheets.ts";

const form = await renderWorkbook(sampleForm);
let spreadsheets: Spreadsheets;
let facts: WorkbookFacts;
beforeAll(async () => {
  spreadsheets = await startSpreadsheets();
  facts = await spreadsheets.facts(form);
}, 600_000);
afterAll(() => spreadsheets.stop());

const sheet = (name: string) => {
  const found = facts.sheets.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no sheet ${name}`);
  return found;
};
const textsIn = (name: string): readonly string[] =>
  sheet(name).rows.flatMap((row) => row.flatMap((cell) => (typeof cell === "string" ? [cell] : [])));
const columnOf = (name: string, title: string) => {
  const [titles = [], ...rows] = sheet(name).rows;
  return rows.map((row) => row[titles.indexOf(title)] ?? null);
};
const texts = () => facts.sheets.flatMap(({ name }) => textsIn(name));
const typesOf = (title: string): readonly string[] =>
  sheet("データ")
    .types.slice(1)
    .map((row) => row[header.indexOf(title)] ?? "");

/** 行政データにおける機械可読性に関するルール, as openpyxl sees the form. */
const rules: readonly (readonly [rule: string, holds: () => void])[] = [
  ["the first sheet is data only", () => expect(facts.sheets[0]?.name).toBe("データ")],
  [
    "every sheet is one table: the header first, then data, no blank row or column between",
    () => {
      for (const { rows } of facts.sheets) {
        const [titles = [], ...body] = rows;
        for (const title of titles) expect(title).toMatch(/\S/);
        expect(body.length).toBeGreaterThan(0);
        for (const row of body) expect(row[0]).not.toBeNull();
      }
    },
  ],
  [
    "column names are unique",
    () => {
      for (const { rows } of facts.sheets) expect(new Set(rows[0]).size).toBe(rows[0]?.length);
    },
  ],
  ["nothing is merged", () => expect(facts.sheets.flatMap(({ merged }) => merged)).toEqual([])],
  [
    "no row, column or sheet is hidden",
    () => {
      expect(facts.sheets.flatMap(({ hidden }) => hidden)).toEqual([]);
      expect(new Set(facts.sheets.map(({ state }) => state))).toEqual(new Set(["visible"]));
    },
  ],
  ["there are no objects", () => expect(facts.sheets.map(({ objects }) => objects)).toEqual([0, 0, 0, 0, 0])],
  [
    "a cell has one line, and no blanks for the looks",
    () => {
      for (const text of texts()) expect(text).toBe(text.trim());
      for (const text of texts()) expect(text).not.toMatch(/[\n\r\t]|\s\s/);
    },
  ],
  [
    "there are no formulas",
    () => expect(facts.sheets.flatMap(({ types }) => types.flat())).not.toContain("f"),
  ],
  [
    "numbers are numeric, and zero is not blank",
    () => {
      expect(columnOf("データ", "前年度の数値")).toEqual([0, null, null, null]);
      expect(typesOf("前年度の数値")).toEqual(["n", "n", "n", "n"]);
    },
  ],
  [
    "units have a column of their own",
    () => expect(columnOf("データ", "前年度の単位")).toEqual(["件", null, null, null]),
  ],
  [
    "choices are standardised and come from the code table",
    () => {
      const lists = Object.entries(sheet("データ").lists);
      const offered = lists.map(([range, formula]) => {
        const [, from = "", to = ""] = /^コード表!\$B\$(\d+):\$B\$(\d+)$/.exec(formula) ?? [];
        return [range, columnOf("コード表", "名称").slice(Number(from) - 2, Number(to) - 1)];
      });
      expect(Object.fromEntries(offered)).toEqual({
        "H2:H5": ["確定値", "暫定値", "該当なし", "所管外", "把握困難"],
        "L2:L5": ["統計がない", "その他"],
        "Q2:Q5": ["機密性１情報", "機密性２情報"],
        "S2:S5": ["該当する", "該当しない"],
        "T2:T5": ["提出する"],
      });
    },
  ],
  [
    "codes are explained",
    () => {
      const explained = columnOf("コード表", "名称");
      expect(explained).toEqual(expect.arrayContaining(columnOf("データ", "状態")));
    },
  ],
  ["columns are defined", () => expect(columnOf("定義", "列名")).toEqual(header)],
  [
    "what is one to many is in long form",
    () =>
      expect(columnOf("対応表", "管理番号").filter((id) => id === idOf("second"))).toEqual([
        idOf("second"),
        idOf("second"),
      ]),
  ],
  ["the version is said", () => expect(columnOf("記入要領", "内容")).toContain(sampleForm.edition)],
];

describe("the form", () => {
  it.each(rules)("keeps the rule: %s", (_rule, expectIt) => {
    expectIt();
  });

  it("can be written on where an answer belongs, and nowhere else", () => {
    const [data, ...others] = facts.sheets;
    // The last item is settled.
    expect(data?.unlocked).toEqual(
      ["2", "3", "4"].flatMap((row) => Array.from("HIJKLMNOPQRST", (letter) => `${letter}${row}`)),
    );
    expect(others.flatMap(({ unlocked }) => unlocked)).toEqual([]);
    expect(facts.sheets.map((one) => one.protected)).toEqual([true, true, true, true, true]);
    expect(data?.frozen).toBe("C2");
  });

  it("says the same as CSV", async () => {
    const [data] = tablesOf(sampleForm);
    const asText = data?.rows.map((row) => row.map((cell) => (cell === null ? "" : String(cell))));
    for (const [bytes, charset] of [
      [renderCsv(sampleForm), undefined],
      [renderCsv(sampleForm), "utf-8"],
      [renderCp932(sampleForm), undefined],
      [renderCp932(sampleForm), "windows-31j"],
    ] as const) {
      const opened = await openFile({ kind: "csv", bytes, charset });
      const [titles, ...rows] = opened.is === "table" ? opened.rows : [];
      expect(titles).toEqual(header);
      expect(
        rows.map((row) => row.map((cell) => (typeof cell === "string" ? cell.replace(/^'/, "") : cell))),
      ).toEqual(asText);
    }
    expect(Buffer.from(renderCsv(sampleForm)).subarray(0, 3)).toEqual(Buffer.from("efbbbf", "hex"));
  });
});

const filled = {
  [idOf("first")]: { 回答の区分: "確定値", 数値: 0, 単位: "件", 回答: "髙﨑𠮷野の3件。\n内訳は別途。" },
  [idOf("second")]: { 回答の区分: "把握困難", 把握困難の理由: "その他", 回答: "=A1 とは言えない。" },
};
const answers = [
  { item: idOf("first"), says: "value", number: 0, unit: "件", text: "髙﨑𠮷野の3件。\n内訳は別途。" },
  { item: idOf("second"), says: "unmeasurable", why: "other", text: "=A1 とは言えない。" },
];
const readBack = async (kind: "xlsx" | "csv", bytes: Uint8Array) => {
  const opened = await openFile({ kind, bytes });
  const reading = opened.is === "table" ? readAnswers(sampleForm, opened.rows) : opened;
  return reading.is === "answers" ? reading.answers.map(({ answer }) => answer) : reading;
};
/** openpyxl takes what begins with = for a formula. */
const withoutFormula = {
  ...filled,
  [idOf("second")]: { ...filled[idOf("second")], 回答: "A1 とは言えない。" },
};
const [firstAnswer, secondAnswer] = answers;
const answersWithout = [firstAnswer, { ...secondAnswer, text: "A1 とは言えない。" }];

describe("what others have written on it", () => {
  it("comes back from openpyxl", async () => {
    expect(await readBack("xlsx", await spreadsheets.fill(form, withoutFormula))).toEqual(answersWithout);
  });

  it("comes back from openpyxl by way of LibreOffice, as workbook and as CSV", async () => {
    const file = await spreadsheets.fill(form, withoutFormula);
    for (const kind of ["xlsx", "csv"] as const)
      expect(await readBack(kind, await spreadsheets.saved(file, kind))).toEqual(answersWithout);
  }, 120_000);

  it("is refused as a formula where it is one", async () => {
    const file = await spreadsheets.fill(form, filled);
    expect(await openFile({ kind: "xlsx", bytes: file })).toEqual({
      is: "refused",
      fault: { code: "formula", where: "K3" },
    });
  });
});

describe("a table", () => {
  const rows = {
    [idOf("table")]: {
      回答の区分: "確定値",
      単位: "回",
      機密性の格付け: "機密性１情報",
      取扱制限: "複製禁止、関係者限り",
      公表前: "該当する",
    },
    [`${idOf("table")} 上期 開催`]: { 数値: 3 },
    [`${idOf("table")} 上期 参加`]: { 数値: 0 },
    [`${idOf("table")} 下期 開催`]: { 数値: 4 },
    [`${idOf("table")} 下期 参加`]: { 数値: 12 },
  };
  const answer = {
    item: idOf("table"),
    says: "value",
    unit: "回",
    text: "",
    confidentiality: 1,
    handling: ["no-copying", "concerned-only"],
    embargoed: true,
    table: { first: { held: 3, came: 0 }, second: { held: 4, came: 12 } },
  };

  it("is handed out cell by cell, of which only the number is written", async () => {
    const [data] = (await spreadsheets.facts(await renderWorkbook(tableForm))).sheets;
    expect(data?.rows.slice(2).map((row) => [row[2], row[3]])).toEqual([
      ["上期", "開催"],
      ["上期", "参加"],
      ["下期", "開催"],
      ["下期", "参加"],
    ]);
    // Of the item itself everything but the number.
    expect(data?.unlocked).toEqual(
      Array.from("HJKLMNOPQRST", (letter) => `${letter}2`).concat("I3", "I4", "I5", "I6"),
    );
    for (const row of data?.rows ?? []) expect(row[0]).not.toBeNull();
  });

  it("comes back from openpyxl and by way of LibreOffice, as workbook and as CSV", async () => {
    const file = await spreadsheets.fill(await renderWorkbook(tableForm), rows);
    const files = [
      ["xlsx", file],
      ["xlsx", await spreadsheets.saved(file, "xlsx")],
      ["csv", await spreadsheets.saved(file, "csv")],
    ] as const;
    for (const [kind, bytes] of files) {
      const opened = await openFile({ kind, bytes });
      const reading = opened.is === "table" ? readAnswers(tableForm, opened.rows) : opened;
      expect(reading).toEqual({ is: "answers", answers: [{ row: 2, tableRow: 3, answer }] });
    }
  }, 120_000);
});

describe("Windows-31J", () => {
  const pairs = Array.from({ length: 0x10000 - 0x80 }, (_, n) => String.fromCodePoint(n + 0x80)).filter(
    (letter) => !/\p{Surrogate}/u.test(letter) && lostIn(letter).length === 0,
  );

  it("has the 7,000 characters of JIS and what NEC and IBM added, and each is read as it was written", () => {
    expect(pairs.length).toBeGreaterThan(7_200);
    const text = `A~\\${pairs.join("")}`;
    expect(new TextDecoder("shift_jis", { fatal: true }).decode(encodeCp932(text))).toBe(text);
    expect([...encodeCp932("①㈱髙～－")]).toEqual([
      0x87, 0x40, 0x87, 0x8a, 0xfb, 0xfc, 0x81, 0x60, 0x81, 0x7c,
    ]);
  });

  it.each(["𠮷", "〜", "—", "é", "😀", "\u{e000}"])("has no %s", (letter) => {
    expect(lostIn(`東${letter}京`)).toEqual([letter]);
    expect(() => encodeCp932(letter)).toThrow(RangeError);
  });

  it("names every character a form would lose, and where", () => {
    const [first, ...others] = sampleForm.items;
    if (first === undefined) throw new Error("the sample has items");
    const lossy = { ...sampleForm, items: [{ ...first, text: "𠮷野〜𠮷川" }, ...others] };
    expect(lostFrom(sampleForm)).toEqual([]);
    expect(lostFrom(lossy)).toEqual([{ row: 2, column: "照会事項", letters: ["𠮷", "〜"] }]);
  });
});

it("the samples have a cell for every kind of column", () => {
  const isWritten = (cell: ReadCell): boolean => cell !== null;
  const rows = [sampleForm, tableForm].flatMap((one) => tablesOf(one)[0]?.rows ?? []);
  const given = columns.flatMap(({ of }, at) => (of === null ? [] : [at]));
  for (const at of given) expect(rows.some((row) => isWritten(row[at] ?? null))).toBe(true);
});
