import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import type { PlanExport } from "../../plans/export-plan.ts";
import { readSeed, type SeedCatalogue } from "./seed-catalogue.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const run = promisify(execFile);

let seed: SeedCatalogue;
let exported: PlanExport;
beforeAll(async () => {
  seed = await readSeed();
  const { stdout } = await run("cli/nenrin.mjs", ["plan", "export", "plans/fy2014", "--json"], { cwd: root });
  exported = JSON.parse(stdout);
});

/** What the cut-off names must have been (seed-notes, truncated). */
const truncated = ["1-4-0-ナ", "3-2-0-ク", "3-3-0-ア"];

describe("the exported plan of FY2014", () => {
  it("holds the 別添 to the last character, blanks included", () => {
    expect(
      exported.measures.map(({ key, area, domain, section, heading, label, name, indicators }) => ({
        key,
        area,
        domain,
        section,
        heading,
        label,
        name,
        indicators: indicators.map(({ text, named }) => ({ text, named })),
      })),
    ).toEqual(seed.measures);
  });

  it("keeps the five blanks that stand inside a line", () => {
    const texts = exported.measures.flatMap(({ name, indicators }) => [
      name,
      ...indicators.map(({ text }) => text),
    ]);
    const around = texts.flatMap((text) => [...text.matchAll(/\S{1,4}\s\S{2}/g)].map(([found]) => found));
    expect(around).toEqual(["SIRT との", "T/CC イン", "開発戦略 」の", "SEAN のサ", "mmon Cr"]);
  });

  it("names the areas, domains and sections as the seed does", () => {
    const domains = exported.areas.flatMap((area) => area.domains);
    expect(exported.areas.map(({ name }) => name)).toEqual(seed.areas);
    expect(domains.map(({ name }) => name)).toEqual(seed.domains);
    expect(domains.flatMap(({ sections }) => sections.map(({ name }) => name))).toEqual(seed.sections);
  });

  it("leaves to the third action plan what the seed's note leaves to it", () => {
    expect(exported.delegated.map(({ area, domain, heading }) => [area, domain, heading])).toEqual(
      seed.delegated.map((heading) => [1, 2, heading]),
    );
    const chapters = exported.chapters.map(({ key }) => key);
    expect(exported.delegated.every(({ chapter }) => chapters.includes(chapter))).toBe(true);
  });

  it("marks the names that the source cut off, and no other, with their evident completion", () => {
    const cut = exported.measures.filter((measure) => measure.truncated);
    expect(cut.map(({ key }) => key)).toEqual(truncated);
    for (const { name, nameNote } of cut) expect(nameNote?.slice(0, -1)).toBe(name);
    expect(exported.measures.filter(({ nameNote }) => nameNote !== undefined)).toEqual(cut);
  });

  it("numbers the indicators of each measure from 1", () => {
    for (const { key, indicators } of exported.measures)
      expect(indicators.map((indicator) => indicator.key)).toEqual(
        indicators.map((_, at) => `${key}/${at + 1}`),
      );
  });

  it("holds no person and no address", () => {
    expect(JSON.stringify(exported)).not.toMatch(/@[a-z]|"people"/);
  });
});

/** Counted by hand from the document: measures, indicators, headings. */
const counts: readonly (readonly [string, number, number, number])[] = [
  ["1-1", 17, 18, 8],
  ["1-2", 2, 2, 1],
  ["1-3", 14, 14, 5],
  ["1-4", 16, 22, 4],
  ["1-5", 9, 9, 4],
  ["1-6", 4, 4, 2],
  ["2-1", 6, 6, 0],
  ["2-2", 6, 7, 0],
  ["2-3", 9, 9, 0],
  ["2-4", 6, 8, 3],
  ["3-1", 6, 6, 4],
  ["3-2", 16, 17, 2],
  ["3-3", 7, 7, 2],
  ["4-0", 1, 1, 0],
];

describe("the counts of the 別添", () => {
  it.each(counts)(
    "in %s are %i measures, %i indicators and %i headings",
    (domain, measures, indicators, headings) => {
      const here = exported.measures.filter(({ key }) => key.startsWith(`${domain}-`));
      const places = here
        .filter(({ heading }) => heading !== null)
        .map(({ section, heading }) => `${section}${heading}`);
      expect({
        measures: here.length,
        indicators: here.flatMap((measure) => measure.indicators).length,
        headings: new Set(places).size,
      }).toEqual({ measures, indicators, headings });
    },
  );

  it("are 119 measures, 130 indicators, 35 headings and 5 delegated ones in all", () => {
    expect(exported.measures).toHaveLength(119);
    expect(exported.measures.flatMap(({ indicators }) => indicators)).toHaveLength(130);
    expect(counts.reduce((sum, [, , , headings]) => sum + headings, 0)).toBe(35);
    expect(exported.delegated).toHaveLength(5);
  });

  it("are 13 domains in 4 areas", () => {
    expect(exported.areas.map(({ domains }) => domains.length)).toEqual([6, 4, 3, 0]);
  });
});

/** How the seed writes the organisations it names. */
const nameStarts: Readonly<Record<string, string>> = {
  経済産業省: "meti",
  総務省: "mic",
  文部科学省: "mext",
  警察庁: "npa",
  国家公安委員会: "npsc",
  IPA: "ipa",
  "JPCERT/CC": "jpcert-cc",
};

describe("the owners of FY2014", () => {
  it("are there for every indicator", () => {
    const unowned = exported.measures
      .flatMap(({ indicators }) => indicators)
      .filter(({ owners }) => owners.length === 0);
    expect(unowned).toEqual([]);
  });

  it("are `named` exactly where the seed names them", () => {
    const named = exported.measures.flatMap(({ indicators }) =>
      indicators.map(({ key, owners }) => [
        key,
        owners
          .filter(({ basis }) => basis === "named")
          .map(({ organisation }) => organisation)
          .toSorted(),
      ]),
    );
    const expected = seed.measures.flatMap(({ key, indicators }) =>
      indicators.map((indicator, at) => [
        `${key}/${at + 1}`,
        Object.entries(nameStarts)
          .filter(([name]) => indicator.named.some((part) => part.startsWith(name)))
          .map(([, organisation]) => organisation)
          .toSorted(),
      ]),
    );
    expect(named).toEqual(expected);
  });

  it("name 13 different owners and sources in 10 indicators", () => {
    const indicators = exported.measures
      .flatMap((measure) => measure.indicators)
      .filter(({ named }) => named.length > 0);
    expect(indicators).toHaveLength(10);
    expect(new Set(indicators.flatMap(({ named }) => named)).size).toBe(13);
  });
});

/** The seed's own repetitions: whoever owes the datum is asked once for all of them. */
describe("a datum the 別添 repeats", () => {
  it.each([
    ["e-net-caravan", ["1-4-0-ケ/2", "2-4-0-ア/3"]],
    ["attack-prediction", ["1-4-0-ナ/1", "3-2-0-ク/1", "3-2-0-ケ/1"]],
    ["csirt-building", ["3-2-0-エ/1", "3-2-0-オ/1"]],
    ["international-standards", ["3-2-0-ス/1", "3-2-0-セ/1"]],
    ["outside-experts", ["1-1-2-ソ/1", "2-3-0-テ/1"]],
  ])("%s is asked once", (key, indicators) => {
    expect(exported.data.filter((datum) => datum.key === key).map((datum) => datum.indicators)).toEqual([
      indicators,
    ]);
  });

  it("that holds two data with different owners is asked in two", () => {
    const data = exported.data.filter(({ indicators }) => indicators.some((key) => key === "1-4-0-ケ/2"));
    expect(data.map(({ owners }) => owners.map(({ organisation }) => organisation))).toEqual([
      ["meti"],
      ["mic", "mext"],
    ]);
  });
});
