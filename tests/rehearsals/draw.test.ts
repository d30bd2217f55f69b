import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawOne, drawWeighted, drawWith, drawWithin, fnv1a64, splitMix64 } from "../../rehearsals/draw.ts";

const GOLDEN_GAMMA = 0x9e37_79b9_7f4a_7c15n;

describe("the published algorithms", () => {
  it.each([
    ["", 0xcbf2_9ce4_8422_2325n],
    ["a", 0xaf63_dc4c_8601_ec8cn],
    ["foobar", 0x8594_4171_f739_67e8n],
  ])("hash %j as FNV-1a does", (text, hash) => {
    expect(fnv1a64(text)).toBe(hash);
  });

  it("give the outputs of SplitMix64 for the seed 1234567", () => {
    const outputs = [0n, 1n, 2n, 3n, 4n].map((n) => splitMix64(1_234_567n + n * GOLDEN_GAMMA));
    expect(outputs).toEqual([
      6_457_827_717_110_365_317n,
      3_203_168_211_198_807_973n,
      9_817_491_932_198_370_423n,
      4_593_380_528_125_082_431n,
      16_408_922_859_458_223_821n,
    ]);
  });
});

const names = fc.string({ minLength: 1, unit: "grapheme" });

describe("a draw", () => {
  it("lies in [0, 1) and is the same whoever draws when", () => {
    fc.assert(
      fc.property(fc.nat(), fc.array(names, { minLength: 1 }), (seed, lots) => {
        const forwards = new Map(lots.map((of) => [of, drawWith(seed)(of)]));
        const draw = drawWith(seed);
        for (const of of lots.toReversed()) {
          expect(draw(of)).toBe(forwards.get(of));
          expect(draw(of)).toBeGreaterThanOrEqual(0);
          expect(draw(of)).toBeLessThan(1);
        }
      }),
    );
  });

  it("depends on the seed and on what is drawn for", () => {
    const lots = ["meti behaviour", "mic behaviour", "meti opinion"];
    const drawn = [7, 8].flatMap((seed) => lots.map(drawWith(seed)));
    expect(new Set(drawn).size).toBe(6);
  });

  it("falls evenly", () => {
    const draw = drawWith(7);
    const tenths = Array.from({ length: 10_000 }, (_, n) => Math.floor(draw(`lot ${n}`) * 10));
    for (let tenth = 0; tenth < 10; tenth += 1) {
      const share = tenths.filter((one) => one === tenth).length / tenths.length;
      expect(share).toBeCloseTo(0.1, 1);
      expect(Math.abs(share - 0.1)).toBeLessThan(0.012);
    }
  });
});

describe("drawing from a range or a list", () => {
  it("reaches both ends and nothing beyond", () => {
    const drawn = Array.from({ length: 300 }, (_, n) => drawWithin(drawWith(n), "days", { from: -1, to: 2 }));
    expect([...new Set(drawn)].toSorted((one, other) => one - other)).toEqual([-1, 0, 1, 2]);
  });

  it("takes each as often as its weight says", () => {
    const choices = [
      { key: "prompt", weight: 3 },
      { key: "never", weight: 0 },
      { key: "late", weight: 1 },
    ];
    const drawn = Array.from({ length: 4000 }, (_, n) => drawWeighted(drawWith(n), "meti", choices).key);
    expect(drawn).not.toContain("never");
    expect(drawn.filter((key) => key === "late").length / drawn.length).toBeCloseTo(0.25, 1);
  });

  it("refuses to choose from nothing", () => {
    expect(() => drawOne(drawWith(1), "meti", [])).toThrow(RangeError);
    expect(() => drawWeighted(drawWith(1), "meti", [{ weight: 0 }])).toThrow(RangeError);
  });
});
