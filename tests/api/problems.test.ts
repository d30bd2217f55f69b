import { describe, expect, it } from "vitest";
import { problemCodes, problemOf } from "../../api/problems.ts";

describe("the table of problems", () => {
  it.each(problemCodes)("%s says in Japanese what is wrong and what to do", (code) => {
    const { type, title, status, detail } = problemOf(code);
    expect(type).toBe(`urn:nenrin:problem:${code}`);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
    expect(title).toMatch(/^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー、・「」A-Za-z -]+$/u);
    expect(detail).toMatch(/(ください|ます|です|だけです|ません)。$/u);
  });

  it("has a title of its own for each", () => {
    const titles = problemCodes.map((code) => problemOf(code).title);
    expect(new Set(titles).size).toBe(titles.length);
  });
});
