import { describe, expect, it } from "vitest";
import { mayApprove, turnOf, waitsFor, type Ladder } from "../../domain/approval.ts";
import { personId } from "../../domain/ids.ts";
import { instant, plainDate } from "../../domain/time.ts";
import { hashOf } from "../support/given-acts.ts";

const counsellor = { title: "内閣参事官", person: personId("sato") };
const deputyDirector = {
  title: "副センター長",
  person: personId("ito"),
  deputy: { person: personId("kato"), from: plainDate("2015-02-02"), to: plainDate("2015-06-30") },
};
const ladder = (passed: number): Ladder => ({
  hash: hashOf("方針"),
  steps: [counsellor, deputyDirector],
  passed,
});
const within = instant("2015-06-30T23:59:59+09:00");
const act = (person: string, at = within, contributors: readonly string[] = []) => ({
  person: personId(person),
  hash: hashOf("方針"),
  at,
  contributors: contributors.map(personId),
});

describe("the ladder of approvers", () => {
  it("is climbed in its order, and then waits for nobody", () => {
    expect(turnOf(ladder(0))).toBe(counsellor);
    expect(turnOf(ladder(1))).toBe(deputyDirector);
    expect(turnOf(ladder(2))).toBeUndefined();
    expect(waitsFor(ladder(2), within)).toEqual([]);
  });

  it.each([
    ["his own step", act("sato"), ladder(0), { step: counsellor, standsInFor: null }],
    [
      "his own step though he has a deputy",
      act("ito"),
      ladder(1),
      { step: deputyDirector, standsInFor: null },
    ],
    [
      "the deputy's step within his dates",
      act("kato"),
      ladder(1),
      { step: deputyDirector, standsInFor: "ito" },
    ],
  ] as const)("lets the approver act at %s", (_, given, on, may) => {
    expect(mayApprove(on, given)).toEqual(may);
  });

  it.each([
    ["other-version", { ...act("sato"), hash: hashOf("別案") }, ladder(0)],
    ["not-your-turn", act("ito"), ladder(0)],
    ["not-your-turn", act("sato"), ladder(1)],
    ["not-your-turn", act("sato"), ladder(2)],
    ["not-your-turn", act("kato", instant("2015-07-01T00:00:00+09:00")), ladder(1)],
    ["not-your-turn", act("kato", instant("2015-02-01T23:59:59+09:00")), ladder(1)],
    ["contributed", act("sato", within, ["suzuki", "sato"]), ladder(0)],
    ["contributed", act("kato", within, ["kato"]), ladder(1)],
  ] as const)("refuses as %s", (code, given, on) => {
    expect(mayApprove(on, given)).toEqual({ refused: code });
  });

  it("waits for the approver, and for his deputy on the days on which he has one", () => {
    expect(waitsFor(ladder(0), within)).toEqual(["sato"]);
    expect(waitsFor(ladder(1), within)).toEqual(["ito", "kato"]);
    expect(waitsFor(ladder(1), instant("2015-07-01T00:00:00+09:00"))).toEqual(["ito"]);
  });
});
