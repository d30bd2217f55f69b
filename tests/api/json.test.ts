import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseStrictJson } from "../../api/json.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("strict JSON", () => {
  it("reads every value as JSON.parse does", () => {
    const keepable = fc.jsonValue({ stringUnit: "grapheme" }).filter((value) => {
      const text = JSON.stringify(value);
      return !/\\u0000|\\ud[89a-f]|__proto__/i.test(text);
    });
    fc.assert(
      fc.property(keepable, fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(parseStrictJson(bytes(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  it("refuses a name that stands twice, wherever and however it is written", () => {
    const around = fc.constantFrom<readonly [string, string]>(
      ["", ""],
      ["[1,", "]"],
      ['{"x":', "}"],
      ['{"x":[{"}":"]"},', "]}"],
    );
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), around, (name, [before, after]) => {
        const written = JSON.stringify(name);
        const twice = `${before}{${written}:1,"other\\\\\\"":{${written}:2},${written}:3}${after}`;
        expect(() => parseStrictJson(bytes(twice))).toThrow(SyntaxError);
      }),
    );
  });

  it.each([
    ["escaped and plain", String.raw`{"a":1,"\u0061":2}`],
    ["a name of JavaScript's own", '{"__proto__":{"role":"admin"}}'],
    ["U+0000 in a text", String.raw`{"text":"a\u0000b"}`],
    ["U+0000 in a name", String.raw`{"a\u0000":1}`],
    ["half of a surrogate pair", String.raw`["\ud83d"]`],
    ["the other half", String.raw`["\ude00"]`],
    ["nothing", ""],
    ["two values", "{}{}"],
    ["a comma too many", "[1,]"],
  ])("refuses %s", (_what, text) => {
    expect(() => parseStrictJson(bytes(text))).toThrow(SyntaxError);
  });

  it.each([
    ["the same name in two objects", '[{"a":1},{"a":2}]'],
    ["a value like a name", '{"a":"b","b":"a"}'],
    ["a name like a bracket", '{"{":"}","[":"]"}'],
    ["a whole surrogate pair", String.raw`["\ud83d\ude00"]`],
    ["control characters that can be kept", String.raw`["\u0001\n"]`],
  ])("takes %s", (_what, text) => {
    expect(parseStrictJson(bytes(text))).toEqual(JSON.parse(text));
  });

  it("refuses bytes that are not UTF-8 instead of replacing them", () => {
    expect(() => parseStrictJson(Uint8Array.from([0x22, 0x8b, 0x9f, 0x93, 0x73, 0x22]))).toThrow(SyntaxError);
  });

  it("says no to a nesting that no machine could read, and lives", () => {
    expect(() => parseStrictJson(bytes(`${"[".repeat(200_000)}${"\\u0061"}`))).toThrow(SyntaxError);
  });

  it("takes a megabyte of text in a moment", () => {
    const text = JSON.stringify({ text: String.raw`あ\"`.repeat(100_000) });
    const before = performance.now();
    parseStrictJson(bytes(text));
    expect(performance.now() - before).toBeLessThan(2_000);
  });
});
