import { describe, expect, it } from "vitest";
import { decideCycle, newCycle, type Cycle, type CycleAct, type CycleRules } from "../../domain/cycle.ts";
import { personId } from "../../domain/ids.ts";
import { withNextPlan } from "../../domain/next-plan-review.ts";
import { plainDate } from "../../domain/time.ts";
import { actOf, hashOf } from "../support/given-acts.ts";

const plan = hashOf("計画");
const nextPlan = hashOf("次年度の計画");
const rules: CycleRules = {
  approvers: [],
  collectionOn: plainDate("2015-04-01"),
  collectionClosesAt: null,
  evaluations: [],
  domains: [],
  stepped: true,
};
const carried: Cycle = { ...newCycle(plan), stage: "carry-over", findings: { a: "next", b: "dropped" } };
/** Written by suzuki from a text of tanaka's, and with the approver. */
const written = withNextPlan({ ...carried, nextPlanBy: [personId("suzuki")] }, nextPlan, [
  personId("tanaka"),
]);

const approve = (person: string, hash = nextPlan) =>
  actOf("cycle.approve-next-plan", { hash }, { person, role: "approver" });
const back = (person: string, reason?: string) =>
  actOf(
    "cycle.return-next-plan",
    { hash: nextPlan },
    { person, role: "approver", ...(reason !== undefined && { reason }) },
  );
const decide = (cycle: Cycle, act: CycleAct) => decideCycle(cycle, act, rules);

describe("the next year's plan", () => {
  it("waits for its approval, which ends the year", () => {
    expect(written).toMatchObject({ stage: "carry-over", nextPlan, nextPlanBy: ["suzuki", "tanaka"] });
    expect(decide(written, approve("sato"))).toEqual({ ...written, stage: "finished" });
  });

  it("comes back with a reason, and all is open to be decided anew by whoever prepared it", () => {
    const returned = decide(written, back("sato", "統合の理由を示すこと。"));
    expect(returned).toEqual({ ...carried, nextPlanBy: ["suzuki", "tanaka"] });
    if ("refused" in returned) throw new Error(returned.refused);
    const anew = actOf("cycle.carry", { findings: ["b"], into: "next" }, { person: "suzuki" });
    expect(decide(returned, anew)).toMatchObject({ findings: { b: "next" } });
  });

  it.each<[string, string, Cycle, CycleAct]>([
    ["not-submitted", "approving what is not written", carried, approve("sato")],
    ["other-version", "approving another plan", written, approve("sato", plan)],
    ["contributed", "approving one's own decisions", written, approve("suzuki")],
    ["contributed", "approving one's own text", written, approve("tanaka")],
    ["reason-missing", "sending back without a reason", written, back("sato")],
    ["already-done", "writing it twice", written, actOf("cycle.write-next-plan", {})],
    [
      "already-done",
      "deciding a finding that is with the approver",
      written,
      actOf("cycle.carry", { findings: ["a"], into: "next" }),
    ],
    ["wrong-stage", "approving twice", { ...written, stage: "finished" }, approve("sato")],
  ])("refuses as %s %s", (code, _, cycle, act) => {
    expect(decide(cycle, act)).toEqual({ refused: code });
  });
});
