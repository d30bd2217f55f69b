import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fill, letterKinds, placeholders, placesIn } from "../../domain/letters.ts";

describe("filling a letter", () => {
  it("puts every value in its place, as often as it stands there", () => {
    expect(fill("{contact} 様 {due}（{due}）", { contact: "担当", due: "４月17日" })).toBe(
      "担当 様 ４月17日（４月17日）",
    );
  });

  it("leaves braces and dollar signs of a value as they are", () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        expect(fill("〔{reason}〕", { reason: `{link}$&$1${value}`, link: "x" })).toBe(
          `〔{link}$&$1${value}〕`,
        );
      }),
    );
  });

  it("refuses a place without a value, also one that every object has", () => {
    expect(() => fill("{due}", {})).toThrow(RangeError);
    expect(() => fill("{constructor}", {})).toThrow("{constructor}");
  });
});

describe("the places of a text", () => {
  it("are each told once, known or not", () => {
    expect(placesIn("{due} {due} {whatever} {}")).toEqual(["due", "whatever", ""]);
  });

  it("are known of every letter for whom, about which year and by whom it is", () => {
    for (const kind of letterKinds)
      expect(placeholders[kind]).toEqual(
        expect.arrayContaining(["organisation", "contact", "title", "sender", "link"]),
      );
  });
});
