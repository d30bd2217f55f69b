import { spawnSync } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fiscalYear } from "../../domain/ids.ts";
import { blocks, lintPlan } from "../../domain/lint.ts";
import { planForYear } from "../../domain/next-plan.ts";
import type { Plan } from "../../domain/plan.ts";
import { japaneseHolidays } from "../../plans/holidays.ts";
import { readPlan } from "../../plans/read-plan.ts";
import { writePlan } from "../../plans/write-plan.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const nenrin = join(root, "cli/nenrin.mjs");

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "nenrin-plan-"));
  await cp(join(root, "plans/fy2014"), folder, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

/** As a person starts it: no service, no settings, in a folder of their own. */
const run = (...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(nenrin, args, { cwd: folder, encoding: "utf8" });
  return { status, stdout, stderr };
};
const edit = async (file: string, from: string, to: string): Promise<void> => {
  const text = await readFile(join(folder, file), "utf8");
  await writeFile(join(folder, file), text.replace(from, to));
};

const planOf = async (of: string): Promise<Plan> => {
  const read = await readPlan(join(folder, of));
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.plan;
};

describe("nenrin plan new", () => {
  it("makes a plan of any year that can be read and may start, beside the one it comes from", async () => {
    const { status, stdout } = run("plan", "new", "2015", "--from", ".", "--to", "fy2015");
    expect(status).toBe(0);
    expect(stdout).toMatch(/^平成27年度.+ fy2015 に作りました。[\s\S]+この計画で始められます。/);
    const plan = await planOf("fy2015");
    expect(plan.year).toBe(2015);
    expect(blocks(lintPlan(plan))).toBe(false);
  });

  it("says what has to be mended where names are no longer valid then", () => {
    const { status, stdout } = run("plan", "new", "2026", "--from", ".", "--to", "fy2026");
    expect(status).toBe(0);
    expect(stdout).toMatch(/［不可］.*\n.*名称/);
    expect(stdout).toMatch(/始める前に直すところが\d+件あります。/);
  });

  it.each([
    ["touches no folder that holds anything", ["2015", "--from", ".", "--to", "."], "空ではありません"],
    ["reads no folder that is no plan", ["2015", "--from", "measures"], "計画として読めません"],
    ["takes no year but one of four digits", ["27", "--from", "."], "西暦4桁"],
  ])("%s", (_, args, says) => {
    const { status, stderr } = run("plan", "new", ...args);
    expect(status).toBe(1);
    expect(stderr).toContain(says);
  });
});

describe("nenrin plan changes", () => {
  it("lists what is modified, where it comes from and why", async () => {
    const plan = planForYear(await planOf("."), { year: fiscalYear(2015), holidays: japaneseHolidays() });
    await writePlan({ plan, folder: join(folder, "fy2015") });
    await writeFile(
      join(folder, "fy2015/lineage.yaml"),
      "lineage:\n  - { measure: 1-1-1-ア, from: [1-1-1-イ], change: modified, note: 番号を改めた。 }\n",
    );
    const { stdout } = run("plan", "changes", ".", "fy2015");
    expect(stdout).toMatch(/^［見直し］1-1-1-ア（前年度 1-1-1-イ）/);
    expect(stdout).toContain("番号を改めた。");
  });

  it("needs two plans", () => {
    expect(run("plan", "changes", ".", "measures").status).toBe(1);
  });
});

describe("nenrin plan lint", () => {
  it("ends with 0 for a plan that only warns, and counts the warnings", () => {
    const { status, stdout } = run("plan", "lint", ".");
    expect(status).toBe(0);
    expect(stdout).toMatch(/^［注意］/);
    expect(stdout).toMatch(/不可0件、注意\d+件。この計画で始められます。\n$/);
  });

  it("ends with 1 for a plan that may not start, and says what blocks it first", async () => {
    await edit("plan.yaml", "dueOn: 2015-04-17", "dueOn: 2015-04-18");
    const { status, stdout } = run("plan", "lint", ".");
    expect(status).toBe(1);
    expect(stdout).toMatch(
      /^［不可］plan\.yaml dates\.requests\.data\.dueOn\n +2015-04-18 は閉庁日（土曜日）です。/,
    );
    expect(stdout).toContain("不可1件");
  });

  it("ends with 1 for a plan that cannot be read, and names file and line", async () => {
    await edit("people.yaml", "people:", "persons:");
    const { status, stdout } = run("plan", "lint", ".");
    expect(status).toBe(1);
    expect(stdout).toMatch(/［読めません］people\.yaml:\d+/);
  });

  it("says the same as JSON", async () => {
    expect(JSON.parse(run("plan", "lint", ".", "--json").stdout)).toMatchObject({ ok: true, problems: [] });
    await edit("plan.yaml", "dueOn: 2015-04-17", "dueOn: 2015-04-18");
    const { status, stdout } = run("plan", "lint", ".", "--json");
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      findings: expect.arrayContaining([expect.objectContaining({ level: "block", code: "closed-day" })]),
    });
  });
});

describe("nenrin plan export", () => {
  it("prints a line for each of the 130 indicators, with its owners", () => {
    const lines = run("plan", "export", ".").stdout.trimEnd().split("\n");
    expect(lines).toHaveLength(130);
    expect(lines.at(-1)).toBe(
      "4-0-0-ア/1\tNISCの機能強化\t「サイバーセキュリティセンター（仮称）」への改組に向けた検討状況\tnisc",
    );
  });

  it("prints nothing but the problem for a plan that cannot be read", async () => {
    await rm(join(folder, "data.yaml"));
    const { status, stdout, stderr } = run("plan", "export", ".", "--json");
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain("data.yaml");
  });
});

describe("nenrin plan schema", () => {
  it("prints the published schema", async () => {
    const published: unknown = JSON.parse(await readFile(join(root, "plans/schema.json"), "utf8"));
    expect(JSON.parse(run("plan", "schema").stdout)).toEqual(published);
  });
});

/** The machine's own Node, which may be too old to read TypeScript. */
const pathWithoutLocked = (process.env["PATH"] ?? "")
  .split(delimiter)
  .filter((entry) => !entry.includes("node_modules"))
  .join(delimiter);

describe("nenrin", () => {
  it("runs on the Node the machine has", () => {
    const { status, stdout } = spawnSync(nenrin, ["calendar", "add", "2015-04-24", "3", "--json"], {
      cwd: folder,
      encoding: "utf8",
      env: { PATH: pathWithoutLocked },
    });
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ date: "2015-04-30" });
  });
});
