import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findingsOf } from "../../domain/carry-over.ts";
import type { EvaluationKind, Plan, Rating } from "../../domain/plan.ts";
import type { RecordedItem, RecordedOutcome, ReportRecord } from "../../domain/report-record.ts";
import { reportPlan } from "../support/report-plan.ts";
import { settledRecord } from "../support/report-record.ts";

const scale = (...ratings: readonly Rating[]): readonly Rating[] => ratings;
/** What a rating leaves is said of ratings with names of their own: nothing hangs on a name. */
const plan: Plan = {
  ...reportPlan,
  scales: {
    output: scale(
      { key: "a", label: "達成", meaning: "…" },
      { key: "b", label: "未達", meaning: "…", leaves: "unfinished" },
      { key: "c", label: "不明", meaning: "…", leaves: "insufficient" },
    ),
    outcome: scale(
      { key: "a", label: "改善", meaning: "…" },
      { key: "c", label: "不明", meaning: "…", leaves: "insufficient" },
    ),
  },
};
const settled = settledRecord(plan);
const value: RecordedOutcome = {
  is: "value",
  number: 1,
  unit: "件",
  text: "",
  contentId: "c",
  sha256: settled.planHash,
};
/** A year that leaves nothing open. */
const complete: ReportRecord = {
  ...settled,
  items: settled.items.map((item) => ({ ...item, outcome: value })),
  evaluations: settled.evaluations.map((one) => ({ ...one, rating: "a" })),
  chapters: plan.chapters.map(({ key }) => ({
    key,
    is: "arrived",
    text: "点検の結果",
    contentId: "c",
    sha256: settled.planHash,
  })),
};
const withOutcome = (outcome: RecordedOutcome, ...of: readonly string[]): ReportRecord => ({
  ...complete,
  items: complete.items.map((item) =>
    of.includes(`${item.datum}@${item.organisation}`) ? { ...item, outcome } : item,
  ),
});
const withRating = (kind: EvaluationKind, key: string, rating: string): ReportRecord => ({
  ...complete,
  evaluations: complete.evaluations.map((one) =>
    one.kind === kind && one.key === key ? { ...one, rating } : one,
  ),
});

describe("what a year leaves open", () => {
  it("is nothing where everything was measured, judged and done", () => {
    expect(findingsOf(complete)).toEqual([]);
  });

  it.each([
    { is: "nil", text: "", contentId: "c", sha256: settled.planHash },
    { is: "not-applicable", text: "", contentId: "c", sha256: settled.planHash },
  ] satisfies readonly RecordedOutcome[])("is no indicator whose item is $is", (outcome) => {
    expect(findingsOf(withOutcome(outcome, "frame@nisc"))).toEqual([]);
  });

  it("is an indicator of which one part could not be had, with that part's reason, on one line", () => {
    const outcome: RecordedOutcome = { is: "uncollected", reason: "記録が\n  保存されていないため" };
    expect(findingsOf(withOutcome(outcome, "plans@meti"))).toEqual([
      {
        id: "uncollected:1-1-1-ア/2",
        cause: "uncollected",
        origin: "1-1-1-ア/2",
        note: "「計画の策定状況」に把握できなかったものがある。経済産業省：記録が 保存されていないため。",
      },
    ]);
  });

  it("is an indicator known from a survey only, with the survey's limits", () => {
    const surveyed = withOutcome({ is: "surveyed", survey: "s" }, "frame@nisc");
    const result = { text: "結果", contentId: "r", sha256: settled.planHash };
    const end = { is: "found", result, grade: null, value: null, references: [] } as const;
    const opened = { data: ["frame"], cause: "silence", justification: "回答がなかった。" } as const;
    const survey = { ...opened, method: null, protocol: null, scope: null, offered: 0 };
    const nisc = plan.chapters[0]?.owner;
    if (nisc === undefined) throw new Error("no owner");
    const found = (limits: string) =>
      findingsOf({
        ...surveyed,
        surveys: [{ ...survey, id: "s", organisation: nisc, end: { ...end, limits } }],
      }).map(({ id, note }) => [id, note]);
    const said = "「枠組みの運用状況」に補完調査の結果をもって代えたものがある。内閣官房：";
    expect(found("未公表のものを含まない。")).toEqual([
      ["surveyed:1-1-1-ア/1", `${said}未公表のものを含まない。`],
    ]);
    expect(found("")).toEqual([["surveyed:1-1-1-ア/1", `${said}s。`]]);
  });

  it("is an indicator that nobody settled: silence is never finished", () => {
    const silent = { ...complete, items: complete.items.filter(({ datum }) => datum !== "reform") };
    expect(findingsOf(silent).map(({ id, note }) => [id, note])).toEqual([
      [
        "uncollected:4-0-0-ア/1",
        "「検討の状況」に把握できなかったものがある。内閣官房：回答が確定していない。",
      ],
    ]);
  });

  it("is every indicator that shares the missing datum", () => {
    const shared = withOutcome({ is: "uncollected", reason: "不明。" }, "shared@mic");
    expect(findingsOf(shared).map(({ origin }) => origin)).toEqual(["1-2-0-ア/1", "2-1-0-ア/1"]);
  });

  it.each([
    [
      "output",
      "1-1-1-イ",
      "b",
      "unfinished",
      "施策「ポリシーの見直し」の結果（アウトプット）の評定は、「未達」である。",
    ],
    [
      "output",
      "2-1-0-ア",
      "c",
      "insufficient",
      "施策「取組の推［原文のまま。「取組の推進」の意］」の結果（アウトプット）の評定は、「不明」である。",
    ],
    [
      "outcome",
      "4-0",
      "c",
      "insufficient",
      "政策分野「推進体制等」の成果（アウトカム）の評定は、「不明」である。",
    ],
  ] as const)("is a judgement that says so: %s of %s as %s is %s", (kind, key, rating, cause, note) => {
    expect(findingsOf(withRating(kind, key, rating))).toEqual([
      { id: `${cause}:${key}`, cause, origin: key, note },
    ]);
  });

  it("is a judgement nobody made, and no judgement the scale has lost", () => {
    const unjudged = { ...complete, evaluations: complete.evaluations.filter(({ key }) => key !== "1-1") };
    expect(findingsOf(unjudged).map(({ id }) => id)).toEqual(["insufficient:1-1"]);
    expect(findingsOf(withRating("outcome", "1-1", "gone"))).toEqual([]);
  });

  it("is a chapter that did not arrive, with the reason or without a word", () => {
    const missing = (chapters: ReportRecord["chapters"]) =>
      findingsOf({ ...complete, chapters }).map(({ id, note }) => [id, note]);
    const [first, second] = complete.chapters;
    if (first === undefined || second === undefined) throw new Error("two chapters");
    expect(missing([{ key: first.key, is: "missing", reason: "取りまとめ中のため。" }, second])).toEqual([
      [
        "chapter-missing:common-standards",
        "「統一基準群の点検」を年次報告に掲載できなかった。理由：取りまとめ中のため。",
      ],
    ]);
    expect(missing([first])).toEqual([
      [
        "chapter-missing:third-action-plan",
        "「第３次行動計画の評価」を年次報告に掲載できなかった。理由：提出がなかった。",
      ],
    ]);
  });
});

const outcome: fc.Arbitrary<RecordedOutcome> = fc.constantFrom(...settled.items.map((item) => item.outcome));
const anyRecord: fc.Arbitrary<ReportRecord> = fc
  .tuple(
    fc.array(fc.option(outcome), { minLength: settled.items.length, maxLength: settled.items.length }),
    fc.array(fc.constantFrom("a", "b", "c"), {
      minLength: settled.evaluations.length,
      maxLength: settled.evaluations.length,
    }),
  )
  .map(([outcomes, ratings]) => ({
    ...settled,
    items: settled.items.flatMap((item, at): readonly RecordedItem[] => {
      const given = outcomes[at];
      return given === undefined || given === null ? [] : [{ ...item, outcome: given }];
    }),
    evaluations: settled.evaluations.map((one, at) => ({ ...one, rating: ratings[at] ?? "a" })),
  }));

describe("findings of any year", () => {
  it("are the same in whatever order its rows come, each id once, each note one line", () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        const found = findingsOf(record);
        const turned = {
          ...record,
          items: record.items.toReversed(),
          evaluations: record.evaluations.toReversed(),
          chapters: record.chapters.toReversed(),
        };
        expect(findingsOf(turned)).toEqual(found);
        expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
        for (const { note } of found) expect(note).toMatch(/^\S.*。$/);
      }),
    );
  });

  it("stand in the plan's order: indicators, measures, domains, chapters", () => {
    const nothing = { ...settled, items: [], evaluations: [], chapters: [] };
    expect(findingsOf(nothing).map(({ origin }) => origin)).toEqual([
      ...plan.measures.flatMap(({ indicators }) => indicators.map(({ key }) => key)),
      ...plan.measures.map(({ key }) => key),
      "1-1",
      "1-2",
      "2-1",
      "4-0",
      ...plan.chapters.map(({ key }) => key),
    ]);
  });
});
