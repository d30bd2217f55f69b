import { describe, expect, it } from "vitest";
import type { ActArgs } from "../../domain/acts.ts";
import { correctItem } from "../../domain/correction.ts";
import {
  decideCycle,
  newCycle,
  stages,
  type Cycle,
  type CycleAct,
  type CycleRules,
  type Stage,
} from "../../domain/cycle.ts";
import { evaluationId } from "../../domain/evaluation.ts";
import { instant, plainDate } from "../../domain/time.ts";
import { actOf, contentOf, hashOf, says } from "../support/given-acts.ts";

const policy = hashOf("実施方針");
const rules: CycleRules = {
  approvers: [],
  collectionOn: plainDate("2015-04-01"),
  collectionClosesAt: null,
  evaluations: ["output:1-1-1-ア"],
  domains: ["1-1"],
  stepped: true,
};
const cycle = (stage: Stage): Cycle => ({ ...newCycle(hashOf("計画")), stage });
const reason = { reason: "制度が変わったため。" };
const entries = [{ kind: "output", key: "1-1-1-ア", content: contentOf("順調") }] as const;
const analysis = actOf("cycle.decide-analysis", { domain: "1-1", needed: false, content: null }, reason);

describe("judging", () => {
  const judging: readonly CycleAct[] = [
    actOf("cycle.evaluate", { entries }),
    actOf("cycle.approve-evaluations", { entries }),
    actOf("cycle.return-evaluations", { entries }, reason),
    analysis,
  ];
  const late: readonly Stage[] = ["drafting", "consultation"];
  const standing = (stage: Stage, is: "approved" | "reopened"): Cycle => ({
    ...cycle(stage),
    analyses: { "1-1": "not-needed" },
    evaluations: Object.fromEntries(
      entries.map(({ kind, key, content }) => [
        evaluationId(kind, key),
        { is, hash: content.hash, contributors: [] },
      ]),
    ),
  });

  it("belongs to its stage", () => {
    for (const stage of stages.filter((other) => other !== "evaluation"))
      for (const act of judging)
        expect(decideCycle(standing(stage, "approved"), act, rules)).toEqual({ refused: "wrong-stage" });
  });

  it("goes on while texts change, of what was opened again or is asked for since, and moves no stage", () => {
    for (const stage of late) {
      const [write] = judging;
      if (write === undefined) throw new Error("nothing to write");
      const written = decideCycle(standing(stage, "reopened"), write, rules);
      expect(written).toMatchObject({
        stage,
        evaluations: { [evaluationId("output", "1-1-1-ア")]: { is: "drafted" } },
      });
      const analysed = decideCycle(cycle(stage), analysis, rules);
      expect(analysed).toMatchObject({ stage, analyses: { "1-1": "not-needed" } });
    }
  });
});

describe("a correction", () => {
  const answer = { ...says("item"), says: "value" } as const;
  const correct = (more: object = {}, why: object = reason) =>
    actOf("cycle.correct", { answer: { ...answer, ...more }, was: null }, why);
  const settled = { is: "uncollected", reason: "不明" } as const;
  const before: Cycle = {
    ...cycle("drafting"),
    evaluations: {
      "output:a": { is: "approved", hash: policy, contributors: [] },
      "outcome:1-1": { is: "approved", hash: policy, contributors: [] },
    },
  };
  const resting = [{ kind: "output", key: "a", content: contentOf("a") }] as const;

  it("is taken while texts may change, with a reason, as an answer that settles", () => {
    for (const stage of stages) {
      const isOpen = ["collection", "evaluation", "drafting", "consultation"].includes(stage);
      const decided = decideCycle(cycle(stage), correct(), rules);
      expect(decided).toEqual(isOpen ? cycle(stage) : { refused: "wrong-stage" });
    }
    expect(decideCycle(before, correct({}, {}), rules)).toEqual({ refused: "reason-missing" });
    for (const open of ["provisional", "unmeasurable"] as const)
      expect(decideCycle(before, correct({ says: open }), rules)).toEqual({ refused: "data-only" });
  });

  it("opens the judgements that rest on it, and nothing else", () => {
    expect(correctItem(before, correct(), { state: settled, resting })).toEqual({
      ...before,
      evaluations: { ...before.evaluations, "output:a": { is: "reopened", hash: policy, contributors: [] } },
    });
  });

  it.each([
    ["unknown-item", null],
    ["not-yet", { is: "owed", until: instant("2015-04-24T17:00:00+09:00") }],
    ["other-version", { is: "value", answer }],
  ] as const)("is refused as %s", (code, state) => {
    expect(correctItem(before, correct(), { state, resting })).toEqual({ refused: code });
  });
});

describe("what becomes of a finding next year", () => {
  const before: Cycle = { ...cycle("carry-over"), findings: { "unfinished:1-1-1-イ": "open" } };
  const carry = (args: Partial<ActArgs["cycle.carry"]>, why: object = reason) =>
    decideCycle(
      before,
      actOf("cycle.carry", { findings: ["unfinished:1-1-1-イ"], into: "next", ...args }, why),
      rules,
    );

  it("needs a word unless it is simply gone on with", () => {
    for (const followUp of ["modify", "new", "merge"] as const)
      expect(carry({ followUp, target: "1-1-1-ア" }, {})).toEqual({ refused: "reason-missing" });
    expect(carry({ followUp: "continue" }, {})).toMatchObject({ stage: "carry-over" });
  });

  it("is merged into another measure of the plan only", () => {
    expect(carry({ followUp: "merge", target: "1-1-1-ア" })).toMatchObject({
      findings: { "unfinished:1-1-1-イ": "next" },
    });
    for (const target of ["1-1-1-イ", "9-9-9-ア"])
      expect(carry({ followUp: "merge", target })).toEqual({ refused: "unknown-key" });
    expect(carry({ followUp: "merge" })).toEqual({ refused: "unknown-key" });
  });
});
