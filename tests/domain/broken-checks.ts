import type { Check, Expected, Plan } from "../../domain/plan.ts";
import { withDatum, type Case } from "./plan-changes.ts";

const checkedBy = (expects: Expected | undefined, check: Check) => (plan: Plan) =>
  withDatum(plan, "tsubame", { ...(expects !== undefined && { expects }), checks: [check] });
const table: Expected = {
  is: "table",
  rows: [{ key: "a", label: "甲" }],
  columns: [{ key: "held", label: "開催" }],
};
const level = "block";

/** Checks that can find nothing, and reasons that can't be chosen. */
const unfit: readonly (readonly [string, Case["change"]])[] = [
  ["a unit of a text", checkedBy({ is: "text" }, { key: "k", level, checks: "unit", anyOf: ["回"] })],
  ["a range of a date", checkedBy({ is: "date" }, { key: "k", level, checks: "range", from: 0 })],
  ["a range without ends", checkedBy(undefined, { key: "k", level, checks: "range" })],
  ["a range turned round", checkedBy(undefined, { key: "k", level, checks: "range", from: 2, to: 1 })],
  [
    "a sum of no table",
    checkedBy(undefined, { key: "k", level, checks: "sum", along: "rows", total: "a", of: ["b"] }),
  ],
  [
    "a sum of rows that there are not",
    checkedBy(table, { key: "k", level, checks: "sum", along: "rows", total: "a", of: ["b"] }),
  ],
  [
    "a sum of itself",
    checkedBy(table, { key: "k", level, checks: "sum", along: "rows", total: "a", of: ["a"] }),
  ],
  ["last year's table", checkedBy(table, { key: "k", level, checks: "last-year", ratio: 2 })],
  ["a check called as the kind is", checkedBy(undefined, { key: "kind", level, checks: "range", from: 0 })],
];

const doubled: Check = { key: "k", level, checks: "range", from: 0 };
export const checks: readonly Case[] = [
  ...unfit.map(([what, change]): Case => ({ what, change, code: "check-unfit", where: "tsubame" })),
  {
    what: "two checks of one key",
    change: (plan) => withDatum(plan, "tsubame", { checks: [doubled, doubled] }),
    code: "duplicate-key",
    where: "tsubame",
  },
  {
    what: "two rows of one key",
    change: (plan) =>
      withDatum(plan, "tsubame", { expects: { ...table, rows: [...table.rows, ...table.rows] } }),
    code: "duplicate-key",
    where: "tsubame",
  },
  {
    what: "a reason of the tree under two heads",
    change: (plan) => ({
      ...plan,
      unmeasurableReasons: [
        ...plan.unmeasurableReasons,
        { key: "head", label: "別の理由", children: [{ key: "security", label: "秘匿" }] },
      ],
    }),
    code: "duplicate-key",
    where: "unmeasurableReasons security",
  },
  {
    what: "a reason that asks for something and can't be chosen",
    change: (plan) => ({
      ...plan,
      unmeasurableReasons: [
        { key: "head", label: "別の理由", asks: "text", children: [{ key: "leaf", label: "内訳" }] },
      ],
    }),
    code: "reason-unfit",
    where: "unmeasurableReasons head",
  },
];
