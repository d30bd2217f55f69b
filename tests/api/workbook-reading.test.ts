import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { header, type Form } from "../../api/workbook/form.ts";
import type { ReadCell } from "../../api/workbook/opening.ts";
import { readAnswers } from "../../api/workbook/reading.ts";
import { filledTable, idOf, sampleForm, tableForm } from "../support/sample-form.ts";

const first = idOf("first");
const value = { 回答の区分: "確定値" };

/** Row and column of everything that is wrong. */
const wrongIn = (table: readonly (readonly ReadCell[])[], form: Form = sampleForm): readonly string[] => {
  const reading = readAnswers(form, table);
  return reading.is === "mistakes"
    ? reading.mistakes.map(({ row, column }) => `${row} ${column}`)
    : [reading.is];
};
const answersIn = (rows: Parameters<typeof filledTable>[0]) => {
  const reading = readAnswers(sampleForm, filledTable(rows));
  return reading.is === "answers" ? reading.answers.map(({ answer }) => answer) : reading;
};

describe("a filled row", () => {
  it("is no answer while nothing is written on it", () => {
    expect(answersIn({})).toEqual([]);
    expect(answersIn({ [first]: { 回答: "　 ", 数値: "" } })).toEqual([]);
  });

  it("says what the API takes", () => {
    expect(
      answersIn({
        [first]: { ...value, 数値: 0, 単位: "件", 回答: "なかった。" },
        [idOf("second")]: { 回答の区分: "把握困難", 把握困難の理由: "統計がない", 回答: "集計していない。" },
        [idOf("third")]: { 回答の区分: "該当なし" },
      }),
    ).toEqual([
      { item: first, says: "value", number: 0, unit: "件", text: "なかった。" },
      { item: idOf("second"), says: "unmeasurable", why: "no-statistics", text: "集計していない。" },
      { item: idOf("third"), says: "nil", text: "" },
    ]);
  });

  it("says a day, an option, an owner and an explanation", () => {
    const options = [
      { key: "yes", label: "実施" },
      { key: "no", label: "未実施" },
    ];
    const form: Form = {
      ...sampleForm,
      owners: [{ value: "mic", name: "総務省" }],
      items: sampleForm.items.map((item, n) =>
        n === 0 ? { ...item, expects: { is: "date" } } : { ...item, expects: { is: "choice", options } },
      ),
    };
    const rows = {
      [first]: { ...value, 日付又は選択肢: { date: "2015-03-31T00:00:00.000Z" }, 指摘への説明: "訂正した。" },
      [idOf("second")]: { ...value, 日付又は選択肢: "未実施" },
      [idOf("third")]: { 回答の区分: "所管外", 所管と考える府省庁: "総務省" },
    };
    const reading = readAnswers(form, filledTable(rows, form));
    expect(reading.is === "answers" ? reading.answers.map(({ answer }) => answer) : reading).toEqual([
      { item: first, says: "value", text: "", date: "2015-03-31", explanation: "訂正した。" },
      { item: idOf("second"), says: "value", text: "", choice: "no" },
      { item: idOf("third"), says: "not-applicable", text: "", owner: "mic" },
    ]);
    const wrong = { [idOf("second")]: { ...value, 日付又は選択肢: "たぶん", 把握できる日: "来年" } };
    expect(wrongIn(filledTable(wrong, form), form)).toEqual(["3 日付又は選択肢", "3 把握できる日"]);
  });

  it.each([
    ["full width", "１，２３４．５", 1234.5],
    ["with commas", "1,234", 1234],
    ["negative", "-3", -3],
    ["zero", "0", 0],
  ])("may have a number as text, %s", (_what, typed, number) => {
    expect(answersIn({ [first]: { ...value, 数値: typed } })).toMatchObject([{ number }]);
  });

  it("may have a number where a text belongs", () => {
    expect(answersIn({ [first]: { ...value, 回答: 2014 } })).toMatchObject([{ text: "2014" }]);
  });

  it.each<readonly [string, Record<string, ReadCell>, readonly string[]]>([
    ["a number without a kind", { 数値: 3 }, ["2 回答の区分"]],
    ["a kind nobody knows", { 回答の区分: "不明" }, ["2 回答の区分"]],
    ["words for a number", { ...value, 数値: "約3件" }, ["2 数値"]],
    ["a truth for a number", { ...value, 数値: true }, ["2 数値"]],
    ["a date for a number", { ...value, 数値: { date: "2015-04-01" } }, ["2 数値"]],
    ["a date for a text", { ...value, 回答: { date: "2015-04-01" } }, ["2 回答"]],
    ["U+0000", { ...value, 回答: "a\u{0}" }, ["2 回答"]],
    ["half a character", { ...value, 回答: "\u{d800}" }, ["2 回答"]],
    ["no reason", { 回答の区分: "把握困難" }, ["2 把握困難の理由"]],
    ["a reason nobody knows", { 回答の区分: "把握困難", 把握困難の理由: "多忙" }, ["2 把握困難の理由"]],
    ["a reason for a value", { ...value, 把握困難の理由: "その他" }, ["2 把握困難の理由"]],
    ["two mistakes", { 回答の区分: "不明", 数値: "x" }, ["2 回答の区分", "2 数値"]],
    ["a changed question", { ...value, 照会事項: "別の件数" }, ["2 照会事項"]],
    ["a changed question and no answer", { 照会事項: "別の件数" }, ["2 照会事項"]],
    ["last year's number changed", { 前年度の数値: 1 }, ["2 前年度の数値"]],
  ])("is refused with %s", (_what, cells, wrong) => {
    expect(wrongIn(filledTable({ [first]: cells }))).toEqual(wrong);
  });

  it("of another request is refused, also where its mark is another", () => {
    const foreign = { 管理番号: "2014-data-mic/first", 版: "r1-aaaaaaaa" };
    expect(wrongIn(filledTable({ [first]: foreign }))).toEqual(["2 管理番号"]);
  });

  it("of what is settled takes nothing", () => {
    expect(wrongIn(filledTable({ [idOf("settled")]: value }))).toEqual(["5 回答の区分"]);
  });

  it("stands only once", () => {
    const table = filledTable({ [first]: value });
    expect(wrongIn([...table, table[1] ?? []])).toEqual(["6 管理番号"]);
  });
});

describe("格付け of a filled row", () => {
  const read = (cells: Record<string, ReadCell>) => {
    const reading = readAnswers(sampleForm, filledTable({ [first]: { ...value, 数値: 1, ...cells } }));
    return reading.is === "answers" ? reading.answers[0]?.answer : reading;
  };

  it("is not said, nor are the files, where the row is silent", () => {
    expect(read({})).toEqual({ item: first, says: "value", number: 1, text: "" });
  });

  it.each<readonly [string, Record<string, ReadCell>, object]>([
    ["another 機密性", { 機密性の格付け: "機密性1情報" }, { confidentiality: 1 }],
    ["no 取扱制限", { 取扱制限: "なし" }, { handling: [] }],
    [
      "other 取扱制限, in the list's order",
      { 取扱制限: "暗号化必須、複製禁止" },
      { handling: ["no-copying", "encrypted"] },
    ],
    ["公表前 lifted", { 公表前: "該当しない" }, { embargoed: false }],
    ["不備のあるまま提出", { 不備のあるまま提出: "提出する" }, { asIs: true }],
  ])("takes %s, and says nothing of the rest", (_what, cells, said) => {
    expect(read(cells)).toEqual({ item: first, says: "value", number: 1, text: "", ...said });
  });

  it.each<readonly [string, Record<string, ReadCell>, string]>([
    ["機密性３", { 機密性の格付け: "機密性３情報" }, "2 機密性の格付け"],
    ["a 機密性 nobody knows", { 機密性の格付け: "極秘" }, "2 機密性の格付け"],
    ["a 取扱制限 nobody knows", { 取扱制限: "複製禁止、門外不出" }, "2 取扱制限"],
    ["a 公表前 that is neither", { 公表前: "多分" }, "2 公表前"],
    ["another word for 不備のあるまま", { 不備のあるまま提出: "はい" }, "2 不備のあるまま提出"],
  ])("is refused with %s", (_what, cells, wrong) => {
    expect(wrongIn(filledTable({ [first]: { ...value, ...cells } }))).toEqual([wrong]);
  });
});

describe("a table on a form", () => {
  const [item, held] = [idOf("table"), "開催"];
  const cells = Object.fromEntries(
    ["上期 開催", "上期 参加", "下期 開催", "下期 参加"].map((name, n) => [`${item} ${name}`, { 数値: n }]),
  );
  const main = { [item]: { ...value, 単位: "回" } };
  const wrong = (rows: Parameters<typeof filledTable>[0]) => wrongIn(filledTable(rows, tableForm), tableForm);

  it("may be sorted", () => {
    const [head = [], ...rows] = filledTable({ ...main, ...cells }, tableForm);
    const reading = readAnswers(tableForm, [head, ...rows.toReversed()]);
    expect(reading).toMatchObject({
      answers: [{ row: 6, answer: { table: { first: { held: 0, came: 1 }, second: { held: 2, came: 3 } } } }],
    });
  });

  it.each<readonly [string, Parameters<typeof filledTable>[0], readonly string[]]>([
    ["a blank cell", { ...main, ...cells, [`${item} 下期 ${held}`]: { 数値: "" } }, ["5 数値"]],
    ["words in a cell", { ...main, ...cells, [`${item} 下期 ${held}`]: { 数値: "約3" } }, ["5 数値"]],
    ["no cell at all", main, ["3 数値", "4 数値", "5 数値", "6 数値"]],
    ["cells and no 区分", cells, ["2 回答の区分"]],
    [
      "a text beside a cell",
      { ...main, ...cells, [`${item} 上期 ${held}`]: { 数値: 1, 回答: "注" } },
      ["3 回答"],
    ],
    [
      "a row that is called otherwise",
      { ...main, ...cells, [`${item} 上期 ${held}`]: { 表の行: "通期" } },
      ["2 数値", "3 表の行"],
    ],
  ])("is refused with %s", (_what, rows, places) => {
    expect(wrong(rows)).toEqual(places);
  });

  it("with a cell's row left out is refused at the item, which names the cell", () => {
    const table = filledTable({ ...main, ...cells }, tableForm);
    const reading = readAnswers(tableForm, table.slice(0, -1));
    expect(reading).toEqual({
      is: "mistakes",
      mistakes: [{ row: 2, column: "数値", message: "表の欄「下期・参加」の行がありません。" }],
    });
  });

  it("may be left blank where there is nothing, or where it is handed in as it is", () => {
    expect(wrong({ [item]: { 回答の区分: "該当なし" } })).toEqual(["answers"]);
    expect(wrong({ [item]: { ...value, 不備のあるまま提出: "提出する" } })).toEqual(["answers"]);
  });
});

describe("a filled form", () => {
  it("may be sorted, and rows may be missing", () => {
    const [head = [], ...rows] = filledTable({ [first]: value });
    const reading = readAnswers(sampleForm, [head, ...rows.slice(0, 2).toReversed()]);
    expect(reading).toMatchObject({ is: "answers", answers: [{ row: 3, answer: { item: first } }] });
  });

  it("of another state of the request is stale", () => {
    expect(readAnswers({ ...sampleForm, edition: "r6-0123abcd" }, filledTable({ [first]: value }))).toEqual({
      is: "stale",
    });
  });

  it("whose mark is none is changed, not stale", () => {
    expect(wrongIn(filledTable({ [first]: { 版: "r5" } }))).toEqual(["2 版"]);
  });

  it.each([
    ["a column too many", [...header, "備考"], ["1 25列目"]],
    ["a column too few", header.slice(0, -1), ["1 版"]],
    ["two columns swapped", [header[1], header[0], ...header.slice(2)], ["1 管理番号", "1 照会事項"]],
    ["no header", [], header.map((title) => `1 ${title}`)],
  ])("with %s is refused", (_what, head, wrong) => {
    const [, ...rows] = filledTable({ [first]: value });
    expect(wrongIn([head.map((title) => title ?? null), ...rows])).toEqual(wrong);
  });

  it("of a chapter takes no reason and nothing provisional", () => {
    const chapter: Form = { ...sampleForm, kind: "chapter", reasons: [] };
    expect(wrongIn(filledTable({ [first]: { 回答の区分: "暫定値" } }, chapter), chapter)).toEqual([
      "2 回答の区分",
    ]);
  });

  it("never answers what nobody wrote on, and keeps every word of what somebody did", () => {
    const cell = fc.record({
      数値: fc.double({ noNaN: true, noDefaultInfinity: true }),
      回答: fc.string({ unit: "binary" }).map((text) => text.replaceAll(/[\u{0}\s]/gu, "")),
    });
    fc.assert(
      fc.property(fc.subarray(["first", "second", "third"]), cell, (items, cells) => {
        const rows = Object.fromEntries(items.map((item) => [idOf(item), { ...value, ...cells }]));
        expect(answersIn(rows)).toEqual(
          items.map((item) => ({ item: idOf(item), says: "value", number: cells.数値, text: cells.回答 })),
        );
      }),
    );
  });
});
