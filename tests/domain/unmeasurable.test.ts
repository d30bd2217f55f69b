import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { justificationOf, type OpeningFacts } from "../../domain/justification.ts";
import { passDeadline } from "../../domain/request.ts";
import { instant, plainDate } from "../../domain/time.ts";
import {
  definitionSince,
  failingAtClose,
  incomparabilities,
  notComparable,
  returnedTwice,
  saidUnmeasurable,
  silent,
  withoutOwner,
  type Compared,
} from "../../domain/unmeasurable.ts";
import { says } from "../support/given-acts.ts";
import { closeAt, closed, owed, request, returned, submitted, surveying } from "../support/given-request.ts";
import { fy2014 } from "../support/scene.ts";

describe("rule 1: what the ministry says it can't measure", () => {
  it("shares a survey where it is for one reason", () => {
    const answers = [
      says("a", "unmeasurable", "no-statistics"),
      says("b"),
      says("c", "unmeasurable", "confidential"),
      says("d", "unmeasurable", "no-statistics"),
    ];
    expect(saidUnmeasurable(answers)).toEqual([
      { items: ["a", "d"], cause: "said-unmeasurable", why: "no-statistics" },
      { items: ["c"], cause: "said-unmeasurable", why: "confidential" },
    ]);
  });

  it("is nothing where everything is answered", () => {
    expect(saidUnmeasurable([says("a"), says("b", "nil")])).toEqual([]);
  });
});

describe("rule 2: silence", () => {
  it("begins a second after the last instant for an answer, of what is owed or came back", () => {
    const items = { a: owed, b: returned(says("b"), 1), c: submitted(says("c")), d: surveying() };
    const found = (now = closed) => silent(items, now).map((one) => [one.cause, one.items]);
    expect(found()).toEqual([
      ["silence", ["a"]],
      ["not-corrected", ["b"]],
    ]);
    expect(found(closeAt)).toEqual([
      ["silence", []],
      ["not-corrected", []],
    ]);
  });
});

describe("rule 3: what is returned twice, or fails its checks at the close", () => {
  it("counts the returns", () => {
    const items = { a: returned(says("a"), 1), b: returned(says("b"), 2), c: returned(says("c"), 3) };
    expect(returnedTwice(items, ["a", "b"])).toEqual({ items: ["b"], cause: "returned-twice", why: null });
  });

  it("waits for the close", () => {
    const items = { a: submitted(says("a")), b: owed, c: surveying() };
    expect(failingAtClose(items, ["a", "c"], closeAt).items).toEqual([]);
    expect(failingAtClose(items, ["a", "c", "unknown"], closed).items).toEqual(["a"]);
  });
});

describe("rule 4: what can't be compared with last year", () => {
  const same: Compared = { item: "a", unit: "件", since: null, before: { unit: "件", differences: [] } };
  it.each<[string, Compared, number]>([
    ["the same unit and words", same, 0],
    ["nothing to compare with", { ...same, before: null }, 0],
    ["another unit", { ...same, unit: "回" }, 1],
    ["no number this year", { ...same, unit: null }, 0],
    ["a definition the plan says has changed", { ...same, since: "対象を広げた" }, 1],
    ["another wording by lineage", { ...same, before: { unit: "件", differences: ["1-1-1-ア「回数」"] } }, 1],
    [
      "all of it",
      { ...same, unit: "回", since: "対象を広げた", before: { unit: "件", differences: ["「回数」"] } },
      3,
    ],
  ])("%s", (_, compared, reasons) => {
    expect(incomparabilities(compared)).toHaveLength(reasons);
    expect(notComparable([compared]).items).toEqual(reasons === 0 ? [] : ["a"]);
  });
});

describe("rule 5: what the plan names nobody for", () => {
  it("is what has no owner and serves an indicator", async () => {
    const plan = await fy2014();
    expect(withoutOwner(plan)).toEqual([]);
    const [first, ...others] = plan.data;
    if (first === undefined) throw new Error("nothing is asked");
    const without = (indicators = first.indicators) => ({
      ...plan,
      data: [{ ...first, owners: [], indicators }, ...others],
    });
    expect(withoutOwner(without()).map(({ key }) => key)).toEqual([first.key]);
    expect(withoutOwner(without([]))).toEqual([]);
  });

  it("and what it says of a changed definition is in its checks", async () => {
    const [first] = (await fy2014()).data;
    if (first === undefined) throw new Error("nothing is asked");
    expect(definitionSince(first)).toBeNull();
    const changed = { key: "since", level: "warn", checks: "definition", since: "対象を広げた" } as const;
    expect(definitionSince({ ...first, checks: [changed] })).toBe("対象を広げた");
  });
});

it("opens exactly one survey for an item, whatever becomes of a request at its close", () => {
  const states = fc.constantFrom(
    owed,
    returned(says("x"), 1),
    submitted(says("x")),
    surveying(),
    { is: "failing", until: closeAt, answer: says("x"), checks: ["unit"], returns: 0 } as const,
    { is: "nil", answer: says("x") } as const,
  );
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), states), (items) => {
      const { opens, request: after } = passDeadline(request(items), closed);
      const given = opens.flatMap((one) => one.items);
      expect(new Set(given).size).toBe(given.length);
      expect(given.toSorted()).toEqual(
        Object.keys(items)
          .filter((id) => ["owed", "returned", "failing"].includes(items[id]?.is ?? ""))
          .toSorted(),
      );
      for (const { survey, items: own } of opens)
        for (const id of own) expect(after.items[id]).toMatchObject({ is: "surveying", survey });
      expect(passDeadline(after, closed).opens).toEqual([]);
    }),
  );
});

describe("開始の理由", () => {
  const facts: OpeningFacts = {
    organisation: "経済産業省",
    now: instant("2015-05-01T17:00:01+09:00"),
    cause: "silence",
    why: null,
    term: {
      sentAt: instant("2015-04-01T09:00:00+09:00"),
      dueAt: instant("2015-04-17T17:00:00+09:00"),
      closeAt,
    },
    reminders: [
      { label: "督促", on: plainDate("2015-04-20") },
      { label: "上申", on: plainDate("2015-04-24") },
      { label: "督促", on: plainDate("2015-04-20") },
    ],
    items: [
      {
        datum: "1-3-0-chi-1",
        indicators: ["1-3-0-チ/1"],
        answers: [{ at: instant("2015-04-10T11:00:00+09:00"), says: "value" }],
        remarks: ["単位が前年度と異なる。"],
      },
    ],
    returnReason: "内訳がない。",
  };
  it.each<[OpeningFacts["cause"], readonly string[]]>([
    ["silence", ["経済産業省", "4月17日", "督促（4月20日）、上申（4月24日）", "締切までに回答がなかった"]],
    ["not-corrected", ["回答は4月10日", "「内訳がない。」", "再提出がなかった"]],
    ["said-unmeasurable", ["5月1日、経済産業省から", "把握が困難"]],
    ["returned-twice", ["二度の差戻し", "「内訳がない。」"]],
    ["failed-check", ["点検の条件", "督促（4月20日）"]],
    ["not-comparable", ["前年度の値と比較することができない", "単位が前年度と異なる"]],
    ["no-owner", ["担当府省庁及び出典の定めがなく"]],
  ])("cites the facts: %s", (cause, said) => {
    const text = justificationOf({ ...facts, cause });
    for (const fact of said) expect(text).toContain(fact);
    expect(text).toContain("1-3-0-chi-1〔指標1-3-0-チ/1〕");
  });

  it("says so where nobody was reminded", () => {
    expect(justificationOf({ ...facts, reminders: [] })).toContain("督促は送付していない");
  });
});
