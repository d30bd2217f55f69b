import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Change } from "../../activities/contract.ts";
import { fold, type Entry } from "../../audit/verify.mjs";

/** Every kind of change once; the compiler refuses a list that misses one. */
const writes: Readonly<Record<Change["write"], true>> = {
  cycle: true,
  stage: true,
  clock: true,
  plan: true,
  "next-plan": true,
  process: true,
  submission: true,
  approval: true,
  decision: true,
  request: true,
  "handed-on": true,
  term: true,
  "call-back": true,
  item: true,
  answer: true,
  inner: true,
  comment: true,
  survey: true,
  evaluation: true,
  analysis: true,
  edit: true,
  version: true,
  disposition: true,
  finding: true,
};

const entryOf = (change: object): Entry => ({
  leaf: { cycle: "2014", at: "2015-02-10T09:00:00+09:00", actor: "clock", resultSeal: "x", reasonSeal: null },
  said: { reason: null, result: { salt: "", words: { changes: [change] } } },
  self: "",
});

describe("the verifier", () => {
  it.each(Object.keys(writes))("knows what becomes of the state by: %s", (write) => {
    const source = readFileSync(new URL("../../audit/verify.mjs", import.meta.url), "utf8");
    expect(source).toMatch(new RegExp(`^  "?${write}"?: \\(`, "m"));
  });

  it("refuses to guess what a change does that it does not know", () => {
    expect(() => fold([entryOf({ write: "unheard-of" })], "2014")).toThrow("unheard-of");
  });

  it("leaves the state of other cycles alone", () => {
    const state = fold([entryOf({ write: "stage", stage: "underway" })], "2014-r1");
    expect(state?.["stages"]).toEqual([]);
  });
});
