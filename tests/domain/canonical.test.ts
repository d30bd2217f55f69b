import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../domain/canonical.ts";

const json = () => fc.jsonValue({ maxDepth: 4, stringUnit: "binary" });

/** The same value with the members of every object in reverse order. */
const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, member]) => [name, reversed(member)]),
  );
};

describe("the canonical form", () => {
  it("is the one RFC 8785 prints for its own examples", () => {
    const sample = JSON.parse(
      '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],' +
        String.raw`"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`,
    );
    expect(canonicalJson(sample)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        String.raw`"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  it("orders members by UTF-16 code units, so an emoji stands before U+FB33", () => {
    const members = { "\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\u{1f600}": 5, "\u0080": 6, "\u00f6": 7 };
    expect(
      canonicalJson(members)
        .match(/(?<=:)\d/g)
        ?.join(""),
    ).toBe("2467153");
  });

  it("writes numbers as ECMAScript does, and one zero", () => {
    expect(canonicalJson([-0, 1e21, 1e-7, 9007199254740993, 5e-324, 1.7976931348623157e308])).toBe(
      "[0,1e+21,1e-7,9007199254740992,5e-324,1.7976931348623157e+308]",
    );
  });

  it("loses nothing: what is read back is the value", () => {
    fc.assert(
      fc.property(json(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it("does not depend on the order in which members were written", () => {
    fc.assert(fc.property(json(), (value) => canonicalJson(reversed(value)) === canonicalJson(value)));
  });

  it("is a fixed point", () => {
    fc.assert(
      fc.property(
        json(),
        (value) => canonicalJson(JSON.parse(canonicalJson(value))) === canonicalJson(value),
      ),
    );
  });

  it.each([
    ["a lone high surrogate", "\ud800"],
    ["a lone low surrogate in a name", { "a\udc00": 1 }],
    ["NaN", Number.NaN],
    ["infinity", [Number.POSITIVE_INFINITY]],
    ["undefined", undefined],
    ["a member that is undefined", { reason: undefined }],
    ["a hole in a list", Array(1)],
    ["a date", { at: new Date(0) }],
    ["a map", new Map()],
    ["a function", () => 1],
    ["a bigint", 1n],
  ])("does not exist for %s", (_, value) => {
    expect(() => canonicalJson(value)).toThrow(RangeError);
  });
});
