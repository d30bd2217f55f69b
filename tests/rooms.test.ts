import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { broken, kept } from "./rooms/habits.ts";
import { allowed, forbidden, places } from "./rooms/imports.ts";
import { makeSandbox, type Sandbox } from "./rooms/sandbox.ts";
import {
  cruise,
  hasRoom,
  house,
  lint,
  lintedFiles,
  ruleNames,
  sourceFiles,
  testFiles,
  type Finding,
} from "./rooms/tools.ts";

type Planted = Readonly<Record<string, Readonly<Record<string, string>>>>;

const merged = (planted: Planted): Record<string, string> => {
  const texts: Record<string, string> = {};
  for (const [path, text] of Object.values(planted).flatMap((files) => Object.entries(files)))
    texts[path] = (texts[path] ?? "") + text;
  return texts;
};
const findingsOf = (planted: Planted): readonly Finding[] =>
  Object.entries(planted).flatMap(([rule, files]) => Object.keys(files).map((file) => ({ rule, file })));

const rulesIn = (path: string, findings: readonly Finding[]): readonly string[] =>
  findings.filter(({ file }) => file === path).map(({ rule }) => rule);

describe("this house", () => {
  it("has every source file under the import table, each in a room, and keeps it", async () => {
    const { files, findings } = await cruise(house);
    expect(files).toEqual(await sourceFiles());
    expect(files.filter((file) => !hasRoom(file))).toEqual([]);
    expect(findings).toEqual([]);
  });

  it("has every test file in a tier that npm test runs", async () => {
    expect(await testFiles()).toEqual(
      (await sourceFiles()).filter((file) => /^tests\/.*\.test\.tsx?$/.test(file)),
    );
  });

  it("has every source file under the linter", async () => {
    expect(await lintedFiles(house)).toEqual(await sourceFiles());
  });
});

describe("a violation of the import table", () => {
  let sandbox: Sandbox;
  let findings: readonly Finding[] = [];
  beforeAll(async () => {
    sandbox = await makeSandbox({ ...places, ...allowed, ...merged(forbidden) });
    findings = (await cruise(sandbox.directory)).findings;
  });
  afterAll(() => sandbox.remove());

  it("is planted for every rule of the table", () => {
    expect(Object.keys(forbidden).toSorted()).toEqual(ruleNames().toSorted());
  });

  it.each(findingsOf(forbidden))("is caught as $rule in $file", ({ rule, file }) => {
    expect(rulesIn(file, findings)).toContain(rule);
  });

  it.each(Object.keys(allowed))("is not seen in %s", (path) => {
    expect(rulesIn(path, findings)).toEqual([]);
  });
});

describe("a broken habit", () => {
  let sandbox: Sandbox;
  let findings: readonly Finding[] = [];
  beforeAll(async () => {
    sandbox = await makeSandbox({ ...kept, ...merged(broken) });
    findings = await lint(sandbox.directory);
  });
  afterAll(() => sandbox.remove());

  it.each(findingsOf(broken))("is caught as $rule in $file", ({ rule, file }) => {
    expect(rulesIn(file, findings)).toContain(rule);
  });

  it.each(Object.keys(kept))("is not seen in %s", (path) => {
    expect(rulesIn(path, findings)).toEqual([]);
  });
});
