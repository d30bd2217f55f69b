import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { WrittenAnswer } from "../../domain/answer-kind.ts";
import { valueText } from "../../domain/answer-value.ts";
import { checkAnswer, type CheckedAgainst } from "../../domain/checks.ts";
import { organisationId } from "../../domain/ids.ts";
import type { Check, Expected, UnmeasurableReason } from "../../domain/plan.ts";
import { reasonLabel, reasonLeaves } from "../../domain/reasons.ts";
import { plainDate } from "../../domain/time.ts";

const reasons: readonly UnmeasurableReason[] = [
  { key: "no-statistics", label: "統計なし" },
  { key: "not-yet", label: "時期未到来", asks: "date" },
  { key: "confidential", label: "秘匿", children: [{ key: "security", label: "捜査に支障" }] },
  { key: "other", label: "その他", asks: "text" },
];
const written = (given: Partial<WrittenAnswer> = {}): WrittenAnswer => ({
  says: "value",
  why: null,
  number: null,
  unit: null,
  text: "",
  ...given,
});
const against = (
  datum: CheckedAgainst["datum"] = {},
  before: CheckedAgainst["before"] = null,
): CheckedAgainst => ({ datum, reasons, before });
const found = (given: Partial<WrittenAnswer>, by: CheckedAgainst = against()): readonly string[] =>
  checkAnswer(written(given), by).map(({ level, check, part }) => `${level} ${check} ${part}`);
const checking = (checks: readonly Check[], expects?: Expected): CheckedAgainst =>
  against({ checks, ...(expects !== undefined && { expects }) });

const choice: Expected = {
  is: "choice",
  options: [
    { key: "yes", label: "実施" },
    { key: "no", label: "未実施" },
  ],
};
const table: Expected = {
  is: "table",
  rows: [
    { key: "east", label: "東" },
    { key: "west", label: "西" },
    { key: "all", label: "計" },
  ],
  columns: [{ key: "held", label: "開催" }],
};
const filled = (east: number, west: number, all: number) => ({
  table: { east: { held: east }, west: { held: west }, all: { held: all } },
});

describe("an answer of the kind that is wanted", () => {
  it.each<[string, Partial<WrittenAnswer>, Expected | undefined]>([
    ["a number, where nothing is said", { number: 0 }, undefined],
    ["a text, where nothing is said", { text: "実施した。" }, undefined],
    ["a number with its unit", { number: 3, unit: "回" }, { is: "number" }],
    ["a text", { text: "実施した。" }, { is: "text" }],
    ["a date", { date: plainDate("2015-03-31") }, { is: "date" }],
    ["an option", { choice: "yes", text: "一部で実施" }, choice],
    ["a whole table", filled(1, 0, 1), table],
    ["nothing, where nothing applies", { says: "nil" }, table],
  ])("is taken: %s", (_, given, expects) => {
    expect(found(given, checking([], expects))).toEqual([]);
  });

  it.each<[string, Partial<WrittenAnswer>, Expected | undefined, readonly string[]]>([
    ["silence is no value", {}, undefined, ["block kind number"]],
    ["silence is no provisional value", { says: "provisional" }, undefined, ["block kind number"]],
    ["a text is no number", { text: "多数" }, { is: "number" }, ["block kind number"]],
    ["a number is no text", { number: 3 }, { is: "text" }, ["block kind number", "block kind text"]],
    [
      "a date is nothing that was asked",
      { date: plainDate("2015-03-31"), number: 1 },
      undefined,
      ["block kind date"],
    ],
    ["an option that there is not", { choice: "perhaps" }, choice, ["block kind choice"]],
    ["a table with a blank", { table: { east: { held: 1 } } }, table, ["block kind table"]],
    [
      "a table with a row too many",
      { table: { ...filled(1, 0, 1).table, north: {} } },
      table,
      ["block kind table"],
    ],
  ])("is not: %s", (_, given, expects, said) => {
    expect(found(given, checking([], expects))).toEqual(said);
  });
});

describe("an answer that could be read in two ways is kept in no way", () => {
  it.each<[string, Partial<WrittenAnswer>, readonly string[]]>([
    ["該当なし with a number", { says: "nil", number: 0 }, ["never kind number"]],
    ["所管外 with an option", { says: "not-applicable", choice: "yes" }, ["never kind choice"]],
    ["an owner of a value", { number: 1, owner: organisationId("mic") }, ["never kind owner"]],
    ["a reason beside a value", { number: 1, why: "no-statistics" }, ["never kind why"]],
    ["no reason", { says: "unmeasurable" }, ["never kind why"]],
    ["a reason that only holds others", { says: "unmeasurable", why: "confidential" }, ["never kind why"]],
    ["時期未到来 without a date", { says: "unmeasurable", why: "not-yet" }, ["never kind availableOn"]],
    ["その他 without a text", { says: "unmeasurable", why: "other", text: " " }, ["never kind text"]],
    [
      "a date that the reason does not ask for",
      { says: "unmeasurable", why: "security", availableOn: plainDate("2016-04-01") },
      ["never kind availableOn"],
    ],
  ])("%s", (_, given, said) => {
    expect(found(given)).toEqual(said);
  });

  it("and is taken where the reason has what it asks for", () => {
    const availableOn = plainDate("2016-04-01");
    expect(found({ says: "unmeasurable", why: "not-yet", availableOn })).toEqual([]);
    expect(found({ says: "unmeasurable", why: "other", text: "様式の改正中" })).toEqual([]);
    expect(found({ says: "unmeasurable", why: "security" })).toEqual([]);
    expect(found({ says: "not-applicable", owner: organisationId("mic") })).toEqual([]);
  });
});

describe("a check of the plan", () => {
  it.each<[string, Check, Partial<WrittenAnswer>, readonly string[]]>([
    [
      "a unit",
      { key: "k", level: "block", checks: "unit", anyOf: ["回"] },
      { number: 1, unit: "人" },
      ["block k unit"],
    ],
    ["no unit", { key: "k", level: "block", checks: "unit", anyOf: ["回"] }, { number: 1 }, ["block k unit"]],
    ["no number", { key: "k", level: "block", checks: "unit", anyOf: ["回"] }, { text: "未集計" }, []],
    [
      "a reason",
      { key: "k", level: "block", checks: "reason", says: ["nil"] },
      { says: "nil" },
      ["block k text"],
    ],
    [
      "a reason given",
      { key: "k", level: "block", checks: "reason", says: ["nil"] },
      { says: "nil", text: "廃止" },
      [],
    ],
    ["a range", { key: "k", level: "warn", checks: "range", to: 100 }, { number: 101 }, ["warn k number"]],
  ])("looks at %s", (_, check, given, said) => {
    expect(found(given, checking([check]))).toEqual(said);
  });

  it("looks at a definition only where there is something to compare with", () => {
    const check: Check = { key: "k", level: "warn", checks: "definition", since: "対象を拡大" };
    const before = { number: 3, unit: "回" };
    expect(found({ number: 4 }, against({ checks: [check] }, before))).toEqual(["warn k text"]);
    expect(found({ number: 4 }, against({ checks: [check] }))).toEqual([]);
  });

  it("finds every number outside its range, and no other", () => {
    const check: Check = { key: "k", level: "block", checks: "range", from: -5, to: 5 };
    fc.assert(
      fc.property(fc.integer({ min: -20, max: 20 }), (number) => {
        expect(found({ number }, checking([check])).length).toBe(number < -5 || number > 5 ? 1 : 0);
      }),
    );
  });

  it("finds every sum that is not one, and none that is", () => {
    const check: Check = {
      key: "k",
      level: "block",
      checks: "sum",
      along: "rows",
      total: "all",
      of: ["east", "west"],
    };
    const decimal = fc.integer({ min: 0, max: 99_999 }).map((n) => n / 100);
    fc.assert(
      fc.property(decimal, decimal, fc.integer({ min: -3, max: 3 }), (east, west, off) => {
        const given = filled(east, west, east + west + off);
        expect(found(given, checking([check], table))).toEqual(off === 0 ? [] : ["block k table"]);
      }),
    );
  });

  it("adds up along a row as along a column", () => {
    const check: Check = {
      key: "k",
      level: "block",
      checks: "sum",
      along: "columns",
      total: "c",
      of: ["a", "b"],
    };
    const expects: Expected = {
      is: "table",
      rows: [{ key: "r", label: "行" }],
      columns: ["a", "b", "c"].map((key) => ({ key, label: key })),
    };
    expect(found({ table: { r: { a: 1, b: 2, c: 3 } } }, checking([check], expects))).toEqual([]);
    expect(found({ table: { r: { a: 1, b: 2, c: 4 } } }, checking([check], expects))).toEqual([
      "block k table",
    ]);
  });

  it("calls an outlier what grew or shrank too much, alike, and never across units", () => {
    const check: Check = { key: "k", level: "warn", checks: "last-year", ratio: 2 };
    const amount = fc.integer({ min: 0, max: 1000 });
    fc.assert(
      fc.property(amount, amount, (now, then) => {
        const compared = (number: number, last: number) =>
          found({ number, unit: "件" }, against({ checks: [check] }, { number: last, unit: "件" })).length;
        expect(compared(now, then)).toBe(compared(then, now));
        expect(compared(now, then)).toBe(now > 2 * then || then > 2 * now ? 1 : 0);
      }),
    );
    expect(found({ number: 9, unit: "人" }, against({ checks: [check] }, { number: 1, unit: "件" }))).toEqual(
      [],
    );
  });
});

describe("reasons", () => {
  it("are chosen at the ends of the tree, each by the whole way to it", () => {
    expect(reasonLeaves(reasons).map(({ label }) => label)).toEqual([
      "統計なし",
      "時期未到来",
      "秘匿／捜査に支障",
      "その他",
    ]);
    expect(reasonLabel(reasons, "security")).toBe("秘匿／捜査に支障");
    expect([reasonLabel(reasons, "lost"), reasonLabel(reasons, null)]).toEqual(["lost", null]);
  });
});

describe("a value is printed", () => {
  it.each<[string, Parameters<typeof valueText>[0], Expected | undefined, string]>([
    ["as a date", { date: plainDate("2015-03-31") }, { is: "date" }, "平成27年3月31日"],
    ["as what was chosen", { choice: "no" }, choice, "未実施"],
    [
      "as a table, a row a line, what is not known apart from zero",
      { table: { east: { held: 0 } } },
      table,
      "東：開催 0\n西：開催 －\n計：開催 －",
    ],
    ["by its keys where the plan has lost them", { table: { r: { c: 1200 } } }, undefined, "r：c 1,200"],
    ["as nothing where it is a number", {}, { is: "number" }, ""],
  ])("%s", (_, value, expects, text) => {
    expect(valueText(value, expects)).toBe(text);
  });
});
