import type { GivenAnswer } from "./acts.ts";
import type { ItemState } from "./answer.ts";
import type { Datum, Plan } from "./plan.ts";
import type { Instant } from "./time.ts";

/** 把握困難の検出: five rules, each of which finds what a 補完調査 has to take the place of. */

/** Why a survey opens itself. `not-corrected` is silence too: on what was returned. */
export type SurveyCause =
  | "said-unmeasurable"
  | "silence"
  | "not-corrected"
  | "returned-twice"
  | "failed-check"
  | "not-comparable"
  | "no-owner";

/** Items that share a survey because they are missing for one cause. */
export interface Unmeasured {
  readonly items: readonly string[];
  readonly cause: SurveyCause;
  /** With `said-unmeasurable`: the reason's key in the plan. */
  readonly why: string | null;
}

type Items = Readonly<Record<string, ItemState>>;

/** Data returned as often is taken as not to be had from the ministry. */
const RETURNS_BEFORE_SURVEY = 2;

/** Rule 1. The ministry says so; what it says for one reason shares a survey. */
export const saidUnmeasurable = (answers: readonly GivenAnswer[]): readonly Unmeasured[] => {
  const hard = answers.filter(({ says }) => says === "unmeasurable");
  return [...new Set(hard.map(({ why }) => why))].map((why) => ({
    items: hard.filter((answer) => answer.why === why).map(({ item }) => item),
    cause: "said-unmeasurable",
    why,
  }));
};

const passed = (items: Items, is: ItemState["is"], now: Instant): readonly string[] =>
  Object.entries(items).flatMap(([id, item]) =>
    item.is === is && "until" in item && item.until < now ? [id] : [],
  );

/**
 * Rule 2. Nothing has come, although the last instant for it has passed. The ladder's last rung had been by then: a
 * plan in which it is not is blocked (`closes-before-last-rung`).
 */
export const silent = (items: Items, now: Instant): readonly Unmeasured[] => [
  { items: passed(items, "owed", now), cause: "silence", why: null },
  { items: passed(items, "returned", now), cause: "not-corrected", why: null },
];

/** Rule 3. Returned as often as it is worth, */
export const returnedTwice = (items: Items, among: readonly string[]): Unmeasured => ({
  items: among.filter((id) => {
    const item = items[id];
    return item?.is === "returned" && item.returns >= RETURNS_BEFORE_SURVEY;
  }),
  cause: "returned-twice",
  why: null,
});

/** or failing a blocking check when the request closes. */
export const failingAtClose = (items: Items, failing: readonly string[], now: Instant): Unmeasured => ({
  items: failing.filter((id) => {
    const item = items[id];
    return item !== undefined && "until" in item && item.is !== "surveying" && item.until < now;
  }),
  cause: "failed-check",
  why: null,
});

/** What this year's answer to one item has to be held against. */
export interface Compared {
  readonly item: string;
  /** null where it is no number. */
  readonly unit: string | null;
  /** What the plan says of a changed definition; null where it says nothing. */
  readonly since: string | null;
  /** Last year's answer by lineage; null where there is none to hold it against. */
  readonly before: { readonly unit: string | null; readonly differences: readonly string[] } | null;
}

/** Why this year's answer and last year's can't be compared, one sentence each; none where they can. */
export const incomparabilities = ({ unit, since, before }: Compared): readonly string[] => [
  ...(since === null ? [] : [`計画において、定義の変更があるとしている（${since}）。`]),
  ...(before === null || unit === null || before.unit === null || unit === before.unit
    ? []
    : [`単位が前年度と異なる（前年度：${before.unit}、本年度：${unit}）。`]),
  ...(before?.differences ?? []).map((difference) => `前年度から定義が変更されている（${difference}）。`),
];

/** What the plan says of a changed definition; null where it says nothing. */
export const definitionSince = ({ checks = [] }: Datum): string | null =>
  checks.flatMap((check) => (check.checks === "definition" ? [check.since] : []))[0] ?? null;

/** Rule 4. What can't be held against last year. */
export const notComparable = (compared: readonly Compared[]): Unmeasured => ({
  items: compared.filter((one) => incomparabilities(one).length > 0).map(({ item }) => item),
  cause: "not-comparable",
  why: null,
});

/** Rule 5. What the plan names nobody for: there is no one to ask. */
export const withoutOwner = ({ data }: Plan): readonly Datum[] =>
  data.filter(({ owners, indicators }) => owners.length === 0 && indicators.length > 0);
