import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Plan } from "../../domain/plan.ts";
import { indicatorKey, organisationId } from "../../domain/ids.ts";
import { datumKeyOf } from "../../plans/datum-key.ts";
import { planJsonSchema } from "../../plans/json-schema.ts";
import { readPlan } from "../../plans/read-plan.ts";
import { writePlan } from "../../plans/write-plan.ts";

const plans = fileURLToPath(new URL("../../plans", import.meta.url));
const fy2014 = join(plans, "fy2014");

const planOf = async (folder: string): Promise<Plan> => {
  const read = await readPlan(folder);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.plan;
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "nenrin-plan-"));
});
afterEach(() => rm(folder, { recursive: true }));

const thereAndBack = async (plan: Plan): Promise<Plan> => {
  await writePlan({ plan, folder });
  return planOf(folder);
};

describe("a plan that is written and read again", () => {
  it("is the same plan", async () => {
    const plan = await planOf(fy2014);
    expect(await thereAndBack(plan)).toEqual(plan);
  });

  it("writes the same bytes for the same plan", async () => {
    const plan = await planOf(fy2014);
    await writePlan({ plan, folder });
    const first = await readFile(join(folder, "measures/area-1.yaml"), "utf8");
    await writePlan({ plan: await planOf(folder), folder });
    expect(await readFile(join(folder, "measures/area-1.yaml"), "utf8")).toBe(first);
  });

  it("keeps what FY2014 has no example of", async () => {
    const plan = await planOf(fy2014);
    const changed: Plan = {
      ...plan,
      title: "# {0}: 'quoted' \"title\"",
      people: plan.people.map((person, at) => ({ ...person, reachable: at % 2 === 0 })),
      approvals: { policy: [], report: plan.approvals.report.slice(1) },
      ladders: { ...plan.ladders, survey: [] },
      holidays: [],
    };
    expect(await thereAndBack(changed)).toEqual(changed);
  });

  it("keeps a datum of its own words, though it serves one indicator only", async () => {
    const plan = await planOf(fy2014);
    const reworded = datumKeyOf(indicatorKey("4-0-0-ア/1"));
    const changed: Plan = {
      ...plan,
      data: plan.data.map((datum) => (datum.key === reworded ? { ...datum, text: "改組の状況" } : datum)),
    };
    expect(await thereAndBack(changed)).toEqual(changed);
  });

  it("keeps a datum that serves another indicator besides the one whose words it has", async () => {
    const plan = await planOf(fy2014);
    const [one, other] = [indicatorKey("1-1-1-ア/1"), indicatorKey("1-1-3-ア/1")];
    const changed: Plan = {
      ...plan,
      data: plan.data
        .filter(({ key }) => key !== datumKeyOf(other))
        .map((datum) => (datum.key === datumKeyOf(one) ? { ...datum, indicators: [one, other] } : datum)),
    };
    expect(await thereAndBack(changed)).toEqual(changed);
  });

  it("keeps data that no indicator asks for, for lint to show", async () => {
    const plan = await planOf(fy2014);
    const owners = [{ organisation: organisationId("nisc"), basis: "inferred" }] as const;
    const changed: Plan = {
      ...plan,
      data: [...plan.data, { key: "left-over", text: "残り", indicators: [], owners }],
    };
    expect(await thereAndBack(changed)).toEqual(changed);
  });

  it("keeps one heading that stands in two places of a domain apart", async () => {
    const plan = await planOf(fy2014);
    const measures = plan.measures.filter(({ key }) => key.startsWith("1-4-"));
    const changed: Plan = {
      ...plan,
      measures: measures.map((measure, at) => ({ ...measure, heading: ["甲", "乙", "甲"][at % 3] ?? null })),
      data: plan.data.filter(({ indicators }) => indicators.every((key) => key.startsWith("1-4-"))),
    };
    const served = new Set(changed.data.flatMap(({ indicators }) => indicators));
    const whole = {
      ...changed,
      measures: changed.measures.filter(({ indicators }) => indicators.every(({ key }) => served.has(key))),
    };
    expect(await thereAndBack(whole)).toEqual(whole);
  });
});

describe("the key of a datum of one indicator", () => {
  it("is the indicator's, in Latin letters", () => {
    expect(
      ["1-1-1-ア/1", "1-4-0-ケ/3", "2-2-0-ツ/1", "3-2-0-シ/1", "1-2-0-ハ/1"].map((key) =>
        datumKeyOf(indicatorKey(key)),
      ),
    ).toEqual(["1-1-1-a-1", "1-4-0-ke-3", "2-2-0-tsu-1", "3-2-0-shi-1", "1-2-0-ha-1"]);
  });

  it("is ASCII and another one for every label", () => {
    const labels = Array.from({ length: 0x30fa - 0x30a1 + 1 }, (_, at) => String.fromCodePoint(0x30a1 + at));
    const keys = labels.map((label) => datumKeyOf(indicatorKey(`1-1-0-${label}/1`)));
    expect(new Set(keys).size).toBe(labels.length);
    expect(keys.filter((key) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(key))).toEqual([]);
  });
});

const yamlFiles = async (): Promise<readonly string[]> =>
  (await readdir(fy2014, { recursive: true })).filter((name) => name.endsWith(".yaml"));

describe("the published JSON Schema", () => {
  it("is the schema the plan is read by", async () => {
    expect(JSON.parse(await readFile(join(plans, "schema.json"), "utf8"))).toEqual(planJsonSchema());
  });

  it("is named at the head of every file of the plan", async () => {
    const files = await yamlFiles();
    const named = files.map(async (file) => {
      const text = await readFile(join(fy2014, file), "utf8");
      const [, schema = ""] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(text) ?? [];
      return resolve(fy2014, file, "..", schema);
    });
    expect(await Promise.all(named)).toEqual(files.map(() => join(plans, "schema.json")));
  });

  it("accepts every file of the plan and refuses each with one member too many", async () => {
    const schema = z.fromJSONSchema(JSON.parse(await readFile(join(plans, "schema.json"), "utf8")));
    const files = await yamlFiles();
    const accepted = files.map(async (file) => {
      const content: unknown = parse(await readFile(join(fy2014, file), "utf8"));
      const more = { ...Object(content), extra: 1 };
      return [file, schema.safeParse(content).success, schema.safeParse(more).success];
    });
    expect(await Promise.all(accepted)).toEqual(files.map((file) => [file, true, false]));
  });
});
