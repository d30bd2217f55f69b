import { spawnSync } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

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

describe("nenrin plan new", () => {
  it("makes a plan of any year that can be read and linted, beside the one it comes from", async () => {
    const { status, stdout } = run("plan", "new", "2015", "--from", ".", "--to", "fy2015");
    expect([status, stdout]).toEqual([
      0,
      expect.stringMatching(/^平成27年度.+ fy2015 に作りました。[\s\S]+この計画で始められます。/),
    ]);
    expect(run("plan", "lint", "fy2015").status).toBe(0);
    expect(await readFile(join(folder, "fy2015/plan.yaml"), "utf8")).toContain("year: 2015");
  });

  it("says what has to be mended where names are no longer valid then", () => {
    const { status, stdout } = run("plan", "new", "2026", "--from", ".", "--to", "fy2026");
    expect(status).toBe(0);
    expect(stdout).toMatch(/［不可］.*\n.*名称/);
    expect(stdout).toMatch(/始める前に直すところが\d+件あります。/);
  });

  it("touches no folder that holds anything, and reads no folder that is no plan", () => {
    expect(run("plan", "new", "2015", "--from", ".", "--to", ".").stderr).toContain("空ではありません");
    expect(run("plan", "new", "2015", "--from", "measures").stderr).toContain("計画として読めません");
    expect(run("plan", "new", "27", "--from", ".").status).toBe(1);
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
