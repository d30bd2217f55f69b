import { spawnSync } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { previewOf } from "../../domain/preview.ts";
import { fy2014 } from "../support/scene.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "nenrin-preview-"));
  await cp(join(root, "plans/fy2014"), folder, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

/** As a person starts it: no service, no settings, in a folder of their own. */
const preview = (...args: readonly string[]) => {
  const given = ["plan", "preview", ".", ...args];
  const { status, stdout, stderr } = spawnSync(join(root, "cli/nenrin.mjs"), given, {
    cwd: folder,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
};

describe("nenrin plan preview", () => {
  it("counts the mails of each instant, and the days before the decision", () => {
    const { status, stdout } = preview();
    expect(status).toBe(0);
    expect(stdout).toMatch(/^平成27年4月20日（月）9時 +督促 +dun-1 +35通$/m);
    expect(stdout).toContain("誰も答えない場合：合計785通。\n");
    expect(stdout).toMatch(/評価・原案・決裁に残る日数は8開庁日です。\n$/);
  });

  it.each(["nobody", "everybody"] as const)("prints every mail as JSON if %s answers", async (who) => {
    expect(JSON.parse(preview("--who", who, "--json").stdout)).toEqual(previewOf(await fy2014(), who));
  });

  it("shows nothing of a plan that may not start", async () => {
    const file = join(folder, "plan.yaml");
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replace("dueOn: 2015-04-17", "dueOn: 2015-04-18"));
    const { status, stdout, stderr } = preview("--json");
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain("plan lint");
  });

  it("asks for whom", () => {
    expect(preview("--who", "somebody")).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("everybody"),
    });
  });
});
