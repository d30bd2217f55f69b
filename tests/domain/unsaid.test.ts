import { describe, expect, it } from "vitest";
import { sha256 } from "../../domain/ids.ts";
import { keptUnlessSaid } from "../../domain/unsaid.ts";

const file = {
  id: "f",
  name: "内訳.pdf",
  version: 1,
  size: 3,
  hash: sha256("a".repeat(64)),
  confidentiality: 2,
} as const;
const labels = { confidentiality: 1, handling: ["concerned-only"], embargoed: true } as const;
const before = { labels, files: [file] };

describe("what an answer leaves unsaid", () => {
  it("stays as the answer before had it", () => {
    expect(keptUnlessSaid(before, {})).toEqual(before);
  });

  it("is what holds by default in a first answer, and then it is not written", () => {
    expect(keptUnlessSaid({}, {})).toEqual({});
    expect(keptUnlessSaid({}, { embargoed: true })).toEqual({
      labels: { confidentiality: 2, embargoed: true },
    });
  });
});

describe("what it says", () => {
  it.each([
    [{ confidentiality: 2 }, { labels: { ...labels, confidentiality: 2 }, files: [file] }],
    [{ handling: [] }, { labels: { confidentiality: 1, embargoed: true }, files: [file] }],
    [{ embargoed: false }, { labels: { confidentiality: 1, handling: ["concerned-only"] }, files: [file] }],
    [{ files: [] }, { labels }],
    [{ confidentiality: 2, handling: [], embargoed: false, files: [] }, {}],
  ] as const)("%j takes its place, and nothing else does", (said, after) => {
    expect(keptUnlessSaid(before, said)).toEqual(after);
  });
});
