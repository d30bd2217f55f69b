import { describe, expect, it } from "vitest";
import {
  allApproved,
  evaluationId,
  reviewEvaluations,
  writeEvaluations,
  type Evaluations,
  type EvaluationTask,
} from "../../domain/evaluation.ts";
import { personId } from "../../domain/ids.ts";
import { contentOf, hashOf } from "../support/given-acts.ts";

const asked = ["output:1-1-1-ア", "outcome:1-1"];
const entry = (text: string, key = "1-1-1-ア") =>
  ({ kind: "output", key, content: contentOf(text) }) as const;
const task = (person: string, entries: EvaluationTask["entries"]): EvaluationTask => ({
  entries,
  person: personId(person),
  asked,
});
const drafted = (text: string, ...contributors: readonly string[]): Evaluations => ({
  "output:1-1-1-ア": { is: "drafted", hash: hashOf(text), contributors: contributors.map(personId) },
});

describe("writing evaluations", () => {
  it("drafts what is asked for", () => {
    expect(writeEvaluations({}, task("suzuki", [entry("順調")]))).toEqual({
      evaluations: drafted("順調", "suzuki"),
    });
  });

  it("re-opens exactly those it is for, also approved ones, and remembers everyone who wrote", () => {
    const before: Evaluations = {
      "output:1-1-1-ア": { is: "approved", hash: hashOf("順調"), contributors: [personId("suzuki")] },
      "outcome:1-1": { is: "approved", hash: hashOf("到達"), contributors: [personId("suzuki")] },
    };
    expect(writeEvaluations(before, task("tanaka", [entry("遅れ")]))).toEqual({
      evaluations: { ...before, ...drafted("遅れ", "suzuki", "tanaka") },
    });
  });

  it.each([
    ["nothing-given", []],
    ["given-twice", [entry("順調"), entry("遅れ")]],
    ["unknown-key", [entry("順調"), entry("順調", "9-9-9-ア")]],
  ] as const)("is refused as %s", (code, entries) => {
    expect(writeEvaluations({}, task("suzuki", entries))).toEqual({ refused: code });
    expect(reviewEvaluations({}, task("sato", entries), "approved")).toEqual({ refused: code });
  });
});

describe("reviewing evaluations", () => {
  it.each(["approved", "returned"] as const)("makes them %s", (outcome) => {
    const before = drafted("順調", "suzuki");
    expect(reviewEvaluations(before, task("sato", [entry("順調")]), outcome)).toEqual({
      evaluations: {
        "output:1-1-1-ア": { is: outcome, hash: hashOf("順調"), contributors: ["suzuki"] },
      },
    });
  });

  it.each([
    ["not-submitted", {}, "sato"],
    ["other-version", drafted("遅れ", "suzuki"), "sato"],
    ["contributed", drafted("順調", "suzuki", "tanaka"), "tanaka"],
  ] as const)("is refused as %s", (code, before, person) => {
    expect(reviewEvaluations(before, task(person, [entry("順調")]), "approved")).toEqual({ refused: code });
  });

  it("approves all or none", () => {
    const before = drafted("順調", "suzuki");
    const outcome = { kind: "outcome", key: "1-1", content: contentOf("到達") } as const;
    expect(reviewEvaluations(before, task("sato", [entry("順調"), outcome]), "approved")).toEqual({
      refused: "not-submitted",
    });
  });

  it("is over once every one that is asked for is approved, whatever else there is", () => {
    const approved = { is: "approved", hash: hashOf("順調"), contributors: [] } as const;
    expect(allApproved({ "output:1-1-1-ア": approved }, asked)).toBe(false);
    expect(allApproved({ "output:1-1-1-ア": approved, "outcome:1-1": approved }, asked)).toBe(true);
    expect(evaluationId("outcome", "1-1")).toBe("outcome:1-1");
  });
});
