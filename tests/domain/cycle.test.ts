import { describe, expect, it } from "vitest";
import type { ActArgs } from "../../domain/acts.ts";
import {
  beginCarryOver,
  beginCollection,
  decideCycle,
  endCollection,
  followReport,
  isEvaluated,
  newCycle,
  stageEndsAt,
  stages,
  type Cycle,
  type CycleAct,
  type CycleRules,
  type Stage,
} from "../../domain/cycle.ts";
import type { Evaluation } from "../../domain/evaluation.ts";
import { personId } from "../../domain/ids.ts";
import { instant, plainDate } from "../../domain/time.ts";
import { actOf, contentOf, hashOf, type Circumstances } from "../support/given-acts.ts";

const plan = hashOf("計画");
const amended = hashOf("変更後の計画");
const policy = hashOf("実施方針");
const rules: CycleRules = {
  approvers: [
    { title: "内閣参事官", person: personId("sato") },
    { title: "センター長", person: personId("ito") },
  ],
  collectionOn: plainDate("2015-04-01"),
  collectionClosesAt: instant("2015-05-01T17:00:00+09:00"),
  evaluations: ["output:1-1-1-ア"],
  domains: ["1-1"],
  stepped: true,
};
const ladder = (passed: number) => ({ hash: policy, steps: rules.approvers, passed });
const cycle = (stage: Stage, rest: Partial<Cycle> = {}): Cycle => ({ ...newCycle(plan), stage, ...rest });
const submitted = (passed: number, ...contributors: readonly string[]): Cycle =>
  cycle("policy", { policy: { ladder: ladder(passed), contributors: contributors.map(personId) } });
const judged = (is: Evaluation["is"]): Partial<Cycle> => ({
  evaluations: { "output:1-1-1-ア": { is, hash: hashOf("順調"), contributors: [personId("suzuki")] } },
});
const carried = (a: "open" | "next" | "dropped"): Cycle =>
  cycle("carry-over", { findings: { a, b: "next" } });
const reason = { reason: "制度が変わったため。" };
const submit = actOf("cycle.submit-policy", { content: contentOf("実施方針") });
const approve = (person: string, hash = policy) => actOf("cycle.approve-policy", { hash }, { person });
const decide = (rest: Partial<ActArgs["cycle.decide-policy"]> = {}, when: Circumstances = {}) =>
  actOf(
    "cycle.decide-policy",
    {
      hash: policy,
      outcome: "decided",
      meeting: "情報セキュリティ政策会議",
      heldOn: plainDate("2015-02-10"),
      ...rest,
    },
    { at: instant("2015-02-10T18:00:00+09:00"), role: "recorder", ...when },
  );
const entries = [{ kind: "output", key: "1-1-1-ア", content: contentOf("順調") }] as const;
const analysis = (domain: string, needed: boolean, when: Circumstances = {}) =>
  actOf("cycle.decide-analysis", { domain, needed, content: null }, when);
const carry = (findings: readonly string[], into: "next" | "dropped", when: Circumstances = {}) =>
  actOf("cycle.carry", { findings, into }, when);
const amend = (was = plan, when: Circumstances = reason) =>
  actOf("cycle.amend", { plan: amended, was }, when);
const at = instant("2015-04-10T12:00:00+09:00");
const advance = (to: string) => actOf("cycle.advance", { to: instant(to) }, { at });

describe("the acts of a year", () => {
  it.each<[string, Cycle, CycleAct, Partial<Cycle>]>([
    [
      "submit the policy",
      cycle("policy"),
      submit,
      { stage: "policy", policy: { ladder: ladder(0), contributors: [personId("suzuki")] } },
    ],
    [
      "approve it step by step",
      submitted(0, "suzuki"),
      approve("sato"),
      { policy: submitted(1, "suzuki").policy },
    ],
    [
      "return it, whoever wrote on it staying known",
      submitted(1, "suzuki"),
      actOf("cycle.return-policy", { hash: policy }, { person: "ito", ...reason }),
      { policy: { ladder: null, contributors: [personId("suzuki")] } },
    ],
    ["decide it: the measures are under way", submitted(2), decide(), { stage: "underway" }],
    [
      "decide it with changes",
      submitted(2),
      decide({ outcome: "decided-with-changes" }, reason),
      { stage: "underway" },
    ],
    [
      "return it from the headquarters",
      submitted(2, "suzuki"),
      decide({ outcome: "returned" }, reason),
      { stage: "policy", policy: { ladder: null, contributors: [personId("suzuki")] } },
    ],
    ["open the requests", cycle("collection"), actOf("cycle.open-requests", {}), { requestsOpened: true }],
    [
      "write an evaluation",
      cycle("evaluation"),
      actOf("cycle.evaluate", { entries }),
      { stage: "evaluation", ...judged("drafted") },
    ],
    [
      "approve the last evaluation: the report can be drafted",
      cycle("evaluation", { ...judged("drafted"), analyses: { "1-1": "not-needed" } }),
      actOf("cycle.approve-evaluations", { entries }, { person: "sato" }),
      { stage: "drafting", ...judged("approved") },
    ],
    [
      "return an evaluation",
      cycle("evaluation", judged("drafted")),
      actOf("cycle.return-evaluations", { entries }, { person: "sato", ...reason }),
      { stage: "evaluation", ...judged("returned") },
    ],
    [
      "decide the last analysis: the report can be drafted",
      cycle("evaluation", judged("approved")),
      analysis("1-1", false, reason),
      { stage: "drafting", analyses: { "1-1": "not-needed" } },
    ],
    [
      "carry a finding over",
      carried("open"),
      carry(["a"], "next"),
      { stage: "carry-over", findings: { a: "next", b: "next" }, nextPlanBy: [personId("suzuki")] },
    ],
    [
      "drop a finding with a reason",
      carried("open"),
      carry(["a"], "dropped", reason),
      { findings: { a: "dropped", b: "next" }, nextPlanBy: [personId("suzuki")] },
    ],
    [
      "write the next plan: it waits for somebody else",
      carried("dropped"),
      actOf("cycle.write-next-plan", {}),
      { stage: "carry-over", nextPlanBy: [personId("suzuki")] },
    ],
    ["amend the plan", cycle("collection"), amend(), { stage: "collection", plan: amended }],
    [
      "amend a plan whose policy is being approved: it is approved anew",
      submitted(1, "suzuki"),
      amend(),
      { plan: amended, policy: { ladder: null, contributors: [personId("suzuki")] } },
    ],
    [
      "amend away the last evaluation that was missing",
      cycle("evaluation", { ...judged("approved"), analyses: { "1-1": "needed" } }),
      amend(),
      { stage: "drafting", plan: amended },
    ],
    ["step the clock", cycle("underway"), advance("2015-04-10T12:00:01+09:00"), { stage: "underway" }],
  ])("%s", (_, before, act, after) => {
    expect(decideCycle(before, act, rules)).toEqual({ ...before, ...after });
  });

  it.each<[string, string, Cycle, CycleAct]>([
    ["already-done", "opening twice", cycle("policy"), actOf("cycle.open", { plan, stepped: true })],
    ["not-submitted", "approving nothing", cycle("policy"), approve("sato")],
    ["other-version", "approving another text", submitted(0), approve("sato", hashOf("別案"))],
    ["not-your-turn", "approving out of turn", submitted(0), approve("ito")],
    ["contributed", "approving one's own text", submitted(0, "sato"), approve("sato")],
    [
      "reason-missing",
      "a return without a reason",
      submitted(0),
      actOf("cycle.return-policy", { hash: policy }, { person: "sato" }),
    ],
    ["not-yet", "a decision before the last approval", submitted(1), decide()],
    ["not-yet", "a decision on nothing", cycle("policy"), decide()],
    ["other-version", "a decision on another text", submitted(2), decide({ hash: hashOf("別案") })],
    ["not-yet", "a decision of tomorrow", submitted(2), decide({ heldOn: plainDate("2015-02-11") })],
    ["reason-missing", "changes nobody describes", submitted(2), decide({ outcome: "decided-with-changes" })],
    [
      "already-done",
      "opening the requests twice",
      cycle("collection", { requestsOpened: true }),
      actOf("cycle.open-requests", {}),
    ],
    [
      "closed",
      "asking for what would be closed already",
      cycle("collection"),
      actOf("cycle.open-requests", {}, { at: instant("2015-05-01T17:00:01+09:00") }),
    ],
    [
      "reason-missing",
      "returning an evaluation without a reason",
      cycle("evaluation", judged("drafted")),
      actOf("cycle.return-evaluations", { entries }, { person: "sato" }),
    ],
    [
      "contributed",
      "approving one's own evaluation",
      cycle("evaluation", judged("drafted")),
      actOf("cycle.approve-evaluations", { entries }),
    ],
    ["unknown-key", "an analysis of no domain", cycle("evaluation"), analysis("9-9", false, reason)],
    ["reason-missing", "an analysis nobody justifies", cycle("evaluation"), analysis("1-1", false)],
    ["nothing-given", "a needed analysis without a text", cycle("evaluation"), analysis("1-1", true, reason)],
    ["nothing-given", "carrying nothing", carried("open"), carry([], "next")],
    ["unknown-finding", "carrying what was not found", carried("open"), carry(["a", "z"], "next")],
    ["reason-missing", "dropping without a reason", carried("open"), carry(["a"], "dropped")],
    [
      "not-all-carried",
      "a next plan over an open finding",
      carried("open"),
      actOf("cycle.write-next-plan", {}),
    ],
    ["reason-missing", "an amendment without a reason", cycle("underway"), amend(plan, {})],
    ["other-version", "an amendment of another plan", cycle("underway"), amend(amended)],
    ["wrong-stage", "an amendment after publication", carried("next"), amend()],
    ["not-forward", "a clock that stands", cycle("underway"), advance("2015-04-10T12:00:00+09:00")],
  ])("refuse as %s %s", (code, _, before, act) => {
    expect(decideCycle(before, act, rules)).toEqual({ refused: code });
  });

  it("move no real clock", () => {
    const real = { ...rules, stepped: false };
    expect(decideCycle(cycle("underway"), advance("2015-04-11T09:00:00+09:00"), real)).toEqual({
      refused: "not-stepped",
    });
  });

  it.each<[Stage, CycleAct]>([
    ["policy", submit],
    ["policy", approve("sato")],
    ["policy", actOf("cycle.return-policy", { hash: policy }, reason)],
    ["policy", decide()],
    ["collection", actOf("cycle.open-requests", {})],
    ["carry-over", carry(["a"], "next")],
    ["carry-over", actOf("cycle.write-next-plan", {})],
  ])("belong to their stage: %s, %o", (own, act) => {
    for (const stage of stages.filter((other) => other !== own))
      expect(decideCycle(cycle(stage), act, rules)).toEqual({ refused: "wrong-stage" });
  });
});

describe("what no act begins", () => {
  it("is the collection, at midnight of its day", () => {
    expect(stageEndsAt(cycle("underway"), rules)).toBe("2015-04-01T00:00:00+09:00");
    expect(stageEndsAt(cycle("collection"), rules)).toBeUndefined();
    expect(beginCollection(cycle("underway"))).toEqual(cycle("collection"));
  });

  it("is the evaluation, once everything asked is settled", () => {
    const open = cycle("collection", { requestsOpened: true });
    expect(endCollection(open, rules)).toEqual({ ...open, stage: "evaluation" });
    expect(endCollection(open, { ...rules, evaluations: [], domains: [] }).stage).toBe("drafting");
  });

  it.each([
    ["before any request was opened", cycle("collection")],
    ["a second time", cycle("evaluation", { requestsOpened: true })],
    ["when the report is being drafted", cycle("drafting", { requestsOpened: true })],
  ])("ignores word of settled requests that comes %s", (_, before) => {
    expect(endCollection(before, rules)).toBe(before);
    expect(beginCollection(before)).toBe(before);
  });

  it("is where the report goes, forward and back", () => {
    expect(followReport(cycle("drafting"), "consultation").stage).toBe("consultation");
    expect(followReport(cycle("decision"), "drafting").stage).toBe("drafting");
    expect(followReport(cycle("evaluation"), "consultation").stage).toBe("evaluation");
    expect(followReport(carried("open"), "publication").stage).toBe("carry-over");
  });

  it("is the carry-over, with every finding open, once", () => {
    const begun = beginCarryOver(cycle("publication"), ["a", "b"]);
    expect(begun).toEqual(cycle("carry-over", { findings: { a: "open", b: "open" } }));
    expect(beginCarryOver(carried("next"), ["z"])).toEqual(carried("next"));
    expect(beginCarryOver(cycle("evaluation"), ["z"])).toEqual(cycle("evaluation"));
  });
});

describe("a year is evaluated", () => {
  it.each<[string, Partial<Cycle>, boolean]>([
    [
      "not while an evaluation is only written",
      { ...judged("drafted"), analyses: { "1-1": "needed" } },
      false,
    ],
    ["not while nobody has said whether to analyse", judged("approved"), false],
    ["when both is done", { ...judged("approved"), analyses: { "1-1": "needed" } }, true],
  ])("%s", (_, rest, done) => {
    expect(isEvaluated(cycle("evaluation", rest), rules)).toBe(done);
  });
});
