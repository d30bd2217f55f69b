import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { fiscalYear } from "../../domain/ids.ts";
import type { CarriedOver, Plan } from "../../domain/plan.ts";
import { planJsonSchema } from "../../plans/json-schema.ts";
import { readPlan } from "../../plans/read-plan.ts";
import { writePlan } from "../../plans/write-plan.ts";

const planOf = async (folder: string): Promise<Plan> => {
  const read = await readPlan(folder);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.plan;
};

let fy2014: Plan;
beforeAll(async () => {
  fy2014 = await planOf(fileURLToPath(new URL("../../plans/fy2014", import.meta.url)));
});
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "nenrin-plan-"));
});
afterEach(() => rm(folder, { recursive: true }));

const behind: CarriedOver = {
  origin: "1-1-1-ア",
  cause: "unfinished",
  note: "施策「枠組み: 構築 # 運用」の評定は、「一部遅れ」である。",
  fromYear: fiscalYear(2014),
};
const file = (): string => join(folder, "carried-over.yaml");

describe("what an earlier year left open", () => {
  it("is written to a file of its own and read again, whatever a note says", async () => {
    const text = fc
      .array(
        fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("：", "- ", "# ", "'", '"', "{", "【", "。")),
        {
          maxLength: 12,
        },
      )
      .map((parts) => `残：${parts.join("").replaceAll(/\s+/g, " ")}`.trim());
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 5 }), async (notes) => {
        const plan: Plan = { ...fy2014, carriedOver: notes.map((note) => ({ ...behind, note })) };
        await writePlan({ plan, folder });
        expect(await planOf(folder)).toEqual(plan);
      }),
      { numRuns: 15 },
    );
  });

  it("has no file where there is nothing, and an emptied file is nothing", async () => {
    await writePlan({ plan: fy2014, folder });
    expect(await readdir(folder)).not.toContain("carried-over.yaml");
    await writeFile(file(), "carriedOver: []\n");
    expect("carriedOver" in (await planOf(folder))).toBe(false);
  });

  it("tells its editor what may be changed, and its schema what may be written", async () => {
    await writePlan({ plan: { ...fy2014, carriedOver: [behind] }, folder });
    const text = await readFile(file(), "utf8");
    expect(text).toMatch(/^# yaml-language-server: \$schema=\S+schema\.json\n# 前年度から引き継いだ事項。/);
    const schema = z.fromJSONSchema(JSON.parse(JSON.stringify(planJsonSchema())));
    const content: unknown = parse(text);
    expect(content).toEqual({ carriedOver: [behind] });
    expect(schema.safeParse(content).success).toBe(true);
    expect(schema.safeParse({ carriedOver: [{ ...behind, origin: "" }] }).success).toBe(false);
    expect(schema.safeParse({ ...Object(content), extra: 1 }).success).toBe(false);
  });

  it("is refused where it is mistyped, with the line", async () => {
    await writePlan({ plan: { ...fy2014, carriedOver: [behind] }, folder });
    const text = await readFile(file(), "utf8");
    await writeFile(file(), text.replace("cause: unfinished", "cause: forgotten"));
    expect(await readPlan(folder)).toEqual({
      ok: false,
      problems: [
        {
          file: "carried-over.yaml",
          line: text.split("\n").findIndex((line) => line.includes("cause: unfinished")) + 1,
          path: "carriedOver[0].cause",
          message: expect.stringContaining("unfinished"),
        },
      ],
    });
  });
});
