import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffLines } from "../../domain/line-diff.ts";

const marks = { same: "=", removed: "-", added: "+" };
const diff = (older: string, newer: string): string =>
  diffLines(older.split(""), newer.split(""))
    .map(({ is, text }) => `${marks[is]}${text}`)
    .join("");

describe("two texts laid over each other", () => {
  it.each([
    ["abc", "abc", "=a=b=c"],
    ["", "ab", "+a+b"],
    ["ab", "", "-a-b"],
    ["abc", "axc", "=a-b+x=c"],
    ["abcd", "bd", "-a=b-c=d"],
    ["ab", "ba", "-a=b+a"],
    ["aa", "a", "=a-a"],
  ])("%j and %j", (older, newer, expected) => {
    expect(diff(older, newer)).toBe(expected);
  });

  it("hold both texts whole, whatever they are, and call nothing changed that is the same", () => {
    const text = fc.array(fc.constantFrom("a", "b", "c", ""), { maxLength: 12 });
    fc.assert(
      fc.property(text, text, (older, newer) => {
        const changes = diffLines(older, newer);
        const without = (gone: string) => changes.filter(({ is }) => is !== gone).map((one) => one.text);
        expect(without("added")).toEqual(older);
        expect(without("removed")).toEqual(newer);
        expect(diffLines(older, older).every(({ is }) => is === "same")).toBe(true);
      }),
    );
  });
});
