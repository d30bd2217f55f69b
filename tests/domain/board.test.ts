import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  boardRequests,
  boardStates,
  CHAPTER,
  filtered,
  heatmapOf,
  ratesOf,
  type BoardItem,
} from "../../domain/board.ts";
import { bulkDeeds, bulkSteps } from "../../domain/bulk.ts";
import { organisationId, sha256 } from "../../domain/ids.ts";
import { openStates, settledStates } from "../../domain/progress.ts";
import { instant, plainDate } from "../../domain/time.ts";

const now = instant("2015-04-20T09:00:00+09:00");
const dueAt = instant("2015-04-17T17:00:00+09:00");
const inTime = instant("2015-04-17T17:00:00+09:00");
const late = instant("2015-04-17T17:00:01+09:00");
const answer = sha256("0".repeat(64));

const item = (rest: Partial<BoardItem> = {}): BoardItem => ({
  item: "meti/a",
  text: "サイバー演習の参加者数",
  request: "meti",
  kind: "data",
  organisation: organisationId("meti"),
  domains: ["1-1"],
  is: "owed",
  dueAt,
  firstAt: null,
  paused: false,
  askedDueOn: null,
  answer: null,
  ...rest,
});
const names = { now, nameOf: () => "経済産業省" };

describe("提出率", () => {
  it.each<[string, Partial<BoardItem>, string]>([
    ["silence after the due date", {}, "0/1 0/1"],
    ["silence before it", { dueAt: instant("2015-04-30T17:00:00+09:00") }, "0/1 0/0"],
    ["an answer at the very last instant", { is: "submitted", firstAt: inTime }, "1/1 1/1"],
    ["an answer a second later", { is: "submitted", firstAt: late }, "1/1 0/1"],
    ["an answer in time that was returned", { is: "returned", firstAt: inTime }, "1/1 1/1"],
    ["an item given up without an answer", { is: "uncollected" }, "0/1 0/1"],
    ["所管外, which is an answer", { is: "not-applicable", firstAt: inTime }, "1/1 1/1"],
  ])("of %s", (_, state, expected) => {
    const { items, submitted, judged, onTime } = ratesOf([item(state)], now);
    expect(`${submitted}/${items} ${onTime}/${judged}`).toBe(expected);
  });
});

const anyItem = fc.record({
  organisation: fc.constantFrom("meti", "mic", "npa").map(organisationId),
  domains: fc.uniqueArray(fc.constantFrom("1-1", "1-2", "4-0"), { maxLength: 3 }),
  is: fc.constantFrom(...openStates, ...settledStates),
  firstAt: fc.constantFrom(null, inTime, late),
  paused: fc.boolean(),
});
const anyBoard = fc.array(anyItem.map(item), { maxLength: 30 });

describe("the heatmap", () => {
  it("counts every item once in its row and in the total, and once in each of its domains", () => {
    fc.assert(
      fc.property(anyBoard, (items) => {
        const { rows, columns, all } = heatmapOf(items, now);
        expect(all.items).toBe(items.length);
        expect(rows.reduce((sum, row) => sum + row.all.items, 0)).toBe(items.length);
        for (const [domain, rates] of columns) {
          const own = items.filter(
            ({ domains }) => domains.includes(domain) || (domain === CHAPTER && !domains[0]),
          );
          expect(rates).toEqual(ratesOf(own, now));
          expect(rows.reduce((sum, row) => sum + (row.cells.get(domain)?.submitted ?? 0), 0)).toBe(
            rates.submitted,
          );
        }
      }),
    );
  });

  it("never has more on time than judged, nor more judged or submitted than asked", () => {
    fc.assert(
      fc.property(anyBoard, (items) => {
        const { items: asked, submitted, judged, onTime } = ratesOf(items, now);
        expect([onTime <= judged, onTime <= submitted, submitted <= judged, judged <= asked]).toEqual([
          true,
          true,
          true,
          true,
        ]);
      }),
    );
  });
});

describe("the filter", () => {
  it("finds words whatever the width of their letters, in item and organisation", () => {
    const one = item({ text: "ＣＹＭＡＴの要員数" });
    expect(filtered([one], { words: "cymat" }, names)).toEqual([one]);
    expect(filtered([one], { words: " 経済 " }, names)).toEqual([one]);
    expect(filtered([one], { words: "総務" }, names)).toEqual([]);
  });

  it("takes apart by state what it shows together", () => {
    fc.assert(
      fc.property(anyBoard, (items) => {
        const shown = boardStates.filter((state) => state !== "overdue" && state !== "late");
        const parts = shown.flatMap((state) => filtered(items, { state }, names));
        expect(parts).toHaveLength(items.length);
        expect(new Set(parts)).toEqual(new Set(items));
      }),
    );
    expect(boardStates).toEqual(expect.arrayContaining(["overdue", "late"]));
  });

  it("finds what first came after its due date, whatever became of it, and nothing that never came", () => {
    const tooLate = item({ firstAt: late, is: "value" });
    const inTimeFirst = item({ firstAt: inTime, is: "returned" });
    expect(filtered([tooLate, inTimeFirst, item()], { state: "late" }, names)).toEqual([tooLate]);
  });

  it("has chapters in a column of their own, and counts what stands still never as overdue", () => {
    const chapter = item({ domains: [], kind: "chapter" });
    expect(filtered([chapter, item()], { domain: CHAPTER }, names)).toEqual([chapter]);
    expect(filtered([item({ paused: true })], { state: "overdue" }, names)).toEqual([]);
  });
});

it("sorts the worst first where it is asked to", () => {
  const good = item({ request: "good", firstAt: inTime, is: "submitted" });
  const bad = item({ request: "bad" });
  const order = (sort: "rate" | "overdue" | "organisation") =>
    boardRequests([good, bad], { now, sort }).map(({ request }) => request);
  expect([order("rate"), order("overdue"), order("organisation")]).toEqual([
    ["bad", "good"],
    ["bad", "good"],
    ["good", "bad"],
  ]);
});

describe("many at once", () => {
  const waiting = item({ request: "mic", item: "mic/a", is: "submitted", firstAt: inTime, answer });
  const asked = item({ request: "npa", item: "npa/a", askedDueOn: plainDate("2015-04-24") });
  const still = item({ request: "fsa", item: "fsa/a", paused: true, answer });
  const board = [item(), waiting, asked, still];
  const chosen = ["meti", "mic", "npa", "fsa", "meti", "unknown"];

  it.each([
    ["remind", [null, "nothing-owed", null, "paused"]],
    ["grant-extension", ["no-extension", "no-extension", null, "paused"]],
    ["accept", ["nothing-submitted", null, "nothing-submitted", null]],
    ["return", ["nothing-submitted", null, "nothing-submitted", "paused"]],
  ] as const)("%s: each chosen once, with what it is about or why not", (deed, needless) => {
    const steps = bulkSteps(deed, board, chosen);
    expect(steps.map(({ request }) => request)).toEqual(["meti", "mic", "npa", "fsa"]);
    expect(steps.map((step) => step.needless)).toEqual(needless);
    expect(steps.every((step) => step.items.length > 0 === (step.needless === null))).toBe(true);
  });

  it("knows four deeds", () => {
    expect(bulkDeeds).toHaveLength(4);
  });
});
