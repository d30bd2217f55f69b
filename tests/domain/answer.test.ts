import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { settledAs, weakest, type ItemState, type SettledState } from "../../domain/answer.ts";
import { contentOf, says } from "../support/given-acts.ts";
import { owed, submitted, returned, surveying } from "../support/given-request.ts";

const settled: readonly SettledState[] = ["uncollected", "surveyed", "value", "nil", "not-applicable"];

describe("an indicator that several items serve", () => {
  it("ends as its weakest part did", () => {
    expect(weakest(["value", "uncollected", "nil"])).toBe("uncollected");
    expect(weakest(["not-applicable", "surveyed", "value"])).toBe("surveyed");
    expect(weakest([])).toBeUndefined();
  });

  it("never hides a part that could not be had", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...settled), { minLength: 1 }), (states) => {
        expect(weakest(states) === "uncollected").toBe(states.includes("uncollected"));
      }),
    );
  });

  it("counts every state of its items once: settled or open", () => {
    const answer = { ...says("a"), content: contentOf("a") };
    const all: readonly ItemState[] = [
      owed,
      submitted(answer),
      returned(answer, 1),
      surveying(),
      { is: "value", answer },
      { is: "nil", answer },
      { is: "not-applicable", answer },
      { is: "surveyed", survey: "s" },
      { is: "uncollected", reason: "r" },
    ];
    expect(all.flatMap((item) => settledAs(item) ?? []).toSorted()).toEqual([...settled].toSorted());
  });
});
