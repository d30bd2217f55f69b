import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eventsOf, verifyBundle } from "../../audit/verify.mjs";
import {
  bundleOver,
  CYCLE_HISTORY,
  exportedAt,
  linesOf,
  rootOver,
  signer,
  syntheticBundle,
  withManifest,
  type SyntheticBundle,
} from "../support/synthetic-bundle.ts";
import { drawFrom } from "../support/synthetic-record.ts";
import { replacing, tamperings, withEntry } from "./tamperings.ts";

const CLEAN = 1_000;
const TAMPERINGS = 10_000;

const check = ({ key, kept }: SyntheticBundle, files: ReadonlyMap<string, Buffer>) =>
  verifyBundle(files, { trusted: [key], kept: [kept] });

const bundles = Array.from({ length: 40 }, (_, seed) => syntheticBundle(seed));
const names = Object.keys(tamperings);

describe("an entry", () => {
  it("leads to its two events in the history: the Update that brought it and the activity that recorded it", () => {
    const [bundle] = bundles;
    expect(eventsOf(bundle?.files ?? new Map(), 2)).toEqual([
      { file: CYCLE_HISTORY, event: "5", what: "操作の受付" },
      { file: CYCLE_HISTORY, event: "6", what: "記録した活動" },
    ]);
  });
});

describe("a clean bundle", () => {
  it(`raises no alarm, ${CLEAN} times`, () => {
    for (let seed = 0; seed < CLEAN; seed += 1) {
      const bundle = syntheticBundle(seed);
      expect(check(bundle, bundle.files).findings).toEqual([]);
    }
  });
});

describe("a tampering", () => {
  it.each(names)("is found: %s", (name) => {
    fc.assert(
      fc.property(fc.nat(bundles.length - 1), fc.nat(), (which, seed) => {
        const bundle = bundles[which];
        const files = bundle && tamperings[name]?.(bundle, drawFrom(seed));
        // Where there is nothing to tamper with in this way, another one is drawn.
        fc.pre(bundle !== undefined && files !== undefined);
        expect(check(bundle, files).findings).not.toEqual([]);
      }),
      { numRuns: Math.ceil(TAMPERINGS / names.length) },
    );
  });

  it("shows in the history where an entry names another activity, whoever signs it", () => {
    const [bundle] = bundles;
    const entry = bundle?.entries[3];
    if (bundle === undefined || entry === undefined) throw new Error("no bundle");
    const entries = withEntry(bundle.entries, 3, { ...entry, leaf: { ...entry.leaf, activity: "2" } });
    const history = bundle.files.get(CYCLE_HISTORY) ?? Buffer.alloc(0);
    const forgedBundle = bundleOver(entries, { sizes: [2, 5], by: signer }).set(CYCLE_HISTORY, history);
    const files = withManifest(forgedBundle, entries.length, exportedAt(entries));
    expect(verifyBundle(files).findings).toEqual([
      { check: "histories", sequence: 4, what: expect.stringContaining("活動 2") },
    ]);
  });

  it("shows in what stands on paper, also where the record was written and signed anew", () => {
    const [bundle] = bundles;
    if (bundle === undefined) throw new Error("no bundle");
    const head = rootOver(bundle.entries.slice(0, 5));
    const paper = `5:${head.slice(0, 16)}`;
    const verified = (files: ReadonlyMap<string, Buffer>) =>
      verifyBundle(files, { papers: [paper] }).findings;
    expect(verified(bundle.files)).toEqual([]);
    const [first] = bundle.entries;
    if (first === undefined) throw new Error("no entry");
    const anew = withEntry(bundle.entries, 0, { ...first, leaf: { ...first.leaf, object: "another" } });
    expect(verified(bundleOver(anew, { sizes: [2, 5], by: signer }))).toContainEqual(
      expect.objectContaining({ check: "marks", sequence: null }),
    );
  });

  it("is told of by sequence number", () => {
    const [bundle] = bundles;
    if (bundle === undefined) throw new Error("no bundle");
    const entry = bundle.entries[3];
    if (entry === undefined) throw new Error("no entry");
    const files = replacing(bundle, "entries.ndjson", () =>
      linesOf(bundle.entries.with(3, { ...entry, leaf: { ...entry.leaf, actor: "x" } })),
    );
    expect(check(bundle, files ?? new Map()).findings).toContainEqual(
      expect.objectContaining({ check: "chain", sequence: 4 }),
    );
  });
});
