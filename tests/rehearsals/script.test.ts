import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { readScript } from "../../rehearsals/script.ts";

const standard = fileURLToPath(new URL("../../rehearsals/standard.yaml", import.meta.url));
const hard = fileURLToPath(new URL("../../rehearsals/hard.yaml", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "nenrin-script-"));
afterAll(() => rmSync(folder, { recursive: true }));

const changed = async (what: string, into: string) => {
  const text = readFileSync(standard, "utf8");
  expect(text).toContain(what);
  const file = join(folder, "people.yaml");
  writeFileSync(file, text.replace(what, into));
  return readScript(file);
};

describe("the standard script", () => {
  it("is read, and has every way of answering the year has to cope with", async () => {
    const read = await readScript(standard);
    expect(read).toMatchObject({ ok: true, script: { title: "標準の台本" } });
    const behaviours = read.ok ? read.script.ministries.behaviours : [];
    expect(behaviours.some(({ answers }) => answers === "never")).toBe(true);
    expect(behaviours.some(({ answers }) => answers !== "never" && answers.after === "due")).toBe(true);
    expect(behaviours.some(({ unmeasurableShare }) => unmeasurableShare > 0)).toBe(true);
    expect(behaviours.some(({ incomplete }) => incomplete?.corrected === "never")).toBe(true);
    expect(behaviours.some(({ incomplete }) => typeof incomplete?.corrected === "object")).toBe(true);
    expect(behaviours.some(({ extension }) => extension !== undefined)).toBe(true);
    const members = ["provisional", "failing", "disclaiming", "attaching"] as const;
    expect(members.filter((member) => behaviours.every((one) => one[member] === undefined))).toEqual([]);
  });
});

it("the hard script is read, and has everything that moves or ends a due date", async () => {
  const read = await readScript(hard);
  expect(read).toMatchObject({ ok: true, script: { title: "難しい年の台本" } });
  const behaviours = read.ok ? read.script.ministries.behaviours : [];
  const members = ["inParts", "extension", "pause", "shortening", "withdrawal"] as const;
  expect(members.filter((member) => behaviours.every((one) => one[member] === undefined))).toEqual([]);
});

describe("a script that cannot be played", () => {
  it.each([
    ["a behaviour nobody has", "  assigned: {}", "  assigned: { meti: prompd }", "behaviours にある key"],
    ["a range upside down", "{ from: 3, to: 9 }", "{ from: 9, to: 3 }", "from は to 以下"],
    ["a share above one", "nilShare: 0.1", "nilShare: 1.1", "1"],
    ["a mistyped member", "      nilShare: 0.1", "      nilShaer: 0.1", "nilShaer"],
    ["a time that is none", 'ministries: "11:00"', 'ministries: "25:00"', "17:00 のように"],
    [
      "a last meeting that decides nothing",
      "outcomes: [{ outcome: decided }]",
      "outcomes: [{ outcome: returned, reason: 再検討のため }]",
      "最後の会議では決定",
    ],
    [
      "a return without a reason",
      "outcomes: [{ outcome: decided }]",
      "outcomes: [{ outcome: returned }, { outcome: decided }]",
      "理由を書いてください",
    ],
    [
      "a chapter nobody's way",
      "common-standards: chapter",
      "common-standards: nobody",
      "chapters は behaviours にある key",
    ],
    [
      "an affair of those nobody is",
      "owner: prompt",
      "owner: nobody",
      "disclaiming の owner は behaviours にある key",
    ],
  ])("says where: %s", async (_, what, into, said) => {
    const read = await changed(what, into);
    expect(read.ok).toBe(false);
    const problems = read.ok ? [] : read.problems;
    expect(problems.map(({ message }) => message).join("\n")).toContain(said);
    expect(problems.every(({ file, line }) => file === "people.yaml" && line !== null)).toBe(true);
  });

  it("says so when there is no such file", async () => {
    expect(await readScript(join(folder, "nobody.yaml"))).toMatchObject({
      ok: false,
      problems: [{ file: "nobody.yaml" }],
    });
  });
});
