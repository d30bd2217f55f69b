import { fileURLToPath } from "node:url";
import { DeterminismViolationError } from "@temporalio/workflow";
import { beforeAll, describe, expect, it } from "vitest";
import { readPlan } from "../../plans/read-plan.ts";
import { replay, workflowsWith, type Plant } from "./replaying.ts";
import { currentVersion, storedHistories, writtenIn } from "./stored.ts";

const stored = storedHistories();
const EMAIL = /[\w.+-]+@[\w-]+(\.[\w-]+)*\.[a-z]{2,}/i;
/** A worker's name: process id and host. */
const PROCESS = /\b\d+@[a-z]/i;
const TYPES = ["chase", "courier", "cycle", "report", "request", "survey"];
const namesInThePlan = async (): Promise<readonly string[]> => {
  const read = await readPlan(fileURLToPath(new URL("../../plans/fy2014", import.meta.url)));
  return read.ok ? read.plan.people.map(({ name }) => name) : [];
};

describe("the stored histories", () => {
  it("have every kind of workflow of this version", () => {
    const ours = stored.filter(({ version }) => version === currentVersion());
    expect([...new Set(ours.map(({ type }) => type))].toSorted()).toEqual(TYPES);
  });

  it("are small", () => {
    const bytes = stored.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
    expect(bytes).toBeLessThan(3 * 2 ** 20);
  });

  it.each(stored)("name people by id only, and no machine: $version $file", async ({ history }) => {
    const names = await namesInThePlan();
    expect(names).toContain("佐藤 一郎");
    const telling = writtenIn(history).filter(
      (text) => EMAIL.test(text) || PROCESS.test(text) || names.some((name) => text.includes(name)),
    );
    expect(telling).toEqual([]);
  });
});

describe("the workflows of today", () => {
  let ended: Awaited<ReturnType<typeof replay>>;
  beforeAll(async () => {
    ended = await replay(await workflowsWith(), stored);
  });

  it.each(stored)("replay $version $file", ({ version, file }) => {
    expect(ended.get(`${version}/${file}`)).toBeNull();
  });
});

interface Planted {
  readonly name: string;
  readonly type: string;
  readonly plant: Plant;
}
const planted: readonly Planted[] = [
  {
    name: "a timer dropped",
    type: "request",
    plant: { file: "workflows/request.ts", from: /until: deadline === .*,/, to: "until: undefined," },
  },
];

describe("a change that a running workflow could not follow", () => {
  it.each(planted)("is caught: $name", async ({ type, plant }) => {
    const ended = await replay(
      await workflowsWith(plant),
      stored.filter((history) => history.type === type),
    );
    const caught = [...ended.values()].filter((error) => error !== null);
    expect(caught).not.toEqual([]);
    for (const error of caught) expect(error).toBeInstanceOf(DeterminismViolationError);
  });
});
