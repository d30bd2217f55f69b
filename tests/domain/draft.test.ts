import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { draftOf, draftWithout, isEmptyDraft, type DraftFields } from "../../domain/draft.ts";

const started = (item: string): DraftFields => ({
  [`was-text:${item}`]: ["前の記載"],
  [`seen:${item}`]: ["1"],
  [`says:${item}`]: [""],
  [`text:${item}`]: ["前の記載"],
});
const form = (...more: readonly DraftFields[]): DraftFields =>
  Object.assign({ key: ["k"], "form-token": ["t"], revision: ["r3"] }, started("a"), started("b"), ...more);

describe("a draft", () => {
  it("is none of a form in which nothing was done", () => {
    expect(draftOf(form())).toEqual({});
    expect(isEmptyDraft(draftOf(form()))).toBe(true);
  });

  it("holds the items that were touched, and by what they were shown; never the form's own key or token", () => {
    const kept = draftOf(form({ "text:b": ["新しい記載"] }));
    expect(kept).toEqual({ ...started("b"), "text:b": ["新しい記載"] });
  });

  it("knows a kind that was picked for something done", () => {
    expect(Object.keys(draftOf(form({ "says:a": ["nil"] })))).toEqual(Object.keys(started("a")));
  });

  it("loses what was sent, and nothing else", () => {
    const kept = draftOf(form({ "says:a": ["nil"], "text:b": ["新しい記載"] }));
    expect(draftWithout(kept, ["a"])).toEqual({ ...started("b"), "text:b": ["新しい記載"] });
    expect(isEmptyDraft(draftWithout(kept, ["a", "b"]))).toBe(true);
  });

  it("is the same however often it is kept", () => {
    const field = fc.constantFrom("says:a", "text:a", "number:b", "unit:b", "was-number:b", "key");
    fc.assert(
      fc.property(fc.dictionary(field, fc.array(fc.string(), { maxLength: 2 })), (fields) => {
        const once = draftOf(form(fields));
        expect(draftOf(once)).toEqual(once);
      }),
    );
  });
});
