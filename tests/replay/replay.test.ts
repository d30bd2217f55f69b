import { DeterminismViolationError } from "@temporalio/workflow";
import { beforeAll, describe, expect, it } from "vitest";
import type { Plan } from "../../domain/plan.ts";
import { fy2014 } from "../support/scene.ts";
import { workflowsWith, type Plant } from "./planting.ts";
import { replay } from "./replaying.ts";
import { currentVersion, storedHistories, writtenIn } from "./stored.ts";

const stored = storedHistories();
const EMAIL = /[\w.+-]+@[\w-]+(\.[\w-]+)*\.[a-z]{2,}/i;
/** A worker's name: process id and host. */
const PROCESS = /\b\d+@[a-z]/i;
const TYPES = ["chase", "courier", "cycle", "report", "request", "survey"];
describe("the stored histories", () => {
  let people: Plan["people"] = [];
  beforeAll(async () => {
    ({ people } = await fy2014());
  });

  it("have every kind of workflow of this version", () => {
    const ours = stored.filter(({ version }) => version === currentVersion());
    expect([...new Set(ours.map(({ type }) => type))].toSorted()).toEqual(TYPES);
  });

  it("are small", () => {
    expect(stored.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(3 * 2 ** 20);
  });

  it.each(stored)("name people by id only, and no machine: $version $file", ({ history }) => {
    const telling = writtenIn(history).filter(
      (text) => EMAIL.test(text) || PROCESS.test(text) || people.some(({ name }) => text.includes(name)),
    );
    expect(telling).toEqual([]);
  });
});

/**
 * Red here: years that run could not go on. Guard the change with `patched()`; where no release has the version yet,
 * record it anew with `npm run histories`.
 */
describe("the workflows of today", () => {
  let ended: Awaited<ReturnType<typeof replay>>;
  beforeAll(async () => {
    ended = await replay(await workflowsWith(), stored);
  });

  it.each(stored)("replay $version $file", ({ version, file }) => {
    expect(ended.get(`${version}/${file}`)).toBeNull();
  });
});

/** The end of each workflow's story and of what they share, changed as a hurried hand might. */
const planted: readonly (Plant & { readonly name: string; readonly type: string })[] = [
  {
    name: "a deadline no longer waited for",
    type: "request",
    file: "workflows/request.ts",
    from: /until: deadline === .*,/,
    to: "until: undefined,",
  },
  {
    name: "an activity more",
    type: "cycle",
    file: "workflows/cycle.ts",
    from: "await startReport(desk);",
    to: "await startReport(desk);\n  await startReport(desk);",
  },
  {
    name: "an activity less",
    type: "cycle",
    file: "workflows/cycle-acts.ts",
    from: "await startChase(desk);",
    to: "",
  },
  {
    name: "published after it is recorded",
    type: "report",
    file: "workflows/report.ts",
    from: /(.*await publishVersion\(.*\n)([\s\S]*?)(.*await become\(after\);\n.*return \{ sequence, hash \};)/,
    to: "$2$1$3",
  },
  {
    name: "the request told before it is recorded",
    type: "survey",
    file: "workflows/survey.ts",
    from: /(.*const done =\n[\s\S]*?;\n)(.*await tellOthers\(.*\n)/,
    to: "$2$1",
  },
  {
    name: "a history without end",
    type: "chase",
    file: "workflows/chase.ts",
    from: /if \(monthOf\(clock\.now\(\)\) !== month .*\) \{/,
    to: "if (month === '') {",
  },
  {
    name: "two activities in the other order",
    type: "courier",
    file: "workflows/courier.ts",
    from: "[runCourier(shift), deliverActs(shift), keepRecord(shift)]",
    to: "[deliverActs(shift), runCourier(shift), keepRecord(shift)]",
  },
  {
    name: "a version compiled for every act",
    type: "report",
    file: "workflows/report.ts",
    from: 'act.name === "report.compile" ? await compileVersion(task) : null',
    to: "await compileVersion(task)",
  },
  {
    name: "nobody told that all has settled",
    type: "request",
    file: "workflows/request.ts",
    from: "if (isRequestSettled(state)) await tellIfLast(input, open, clock.now());",
    to: "",
  },
  {
    name: "a record written before the engine has kept the act",
    type: "request",
    file: "workflows/acting.ts",
    from: "const { record } = proxyActivities<Activities>(",
    to: "const { record } = proxyLocalActivities<Activities>(",
  },
];

const changed = async (type: string, plant: Plant): Promise<readonly (Error | null)[]> => {
  const histories = stored.filter((history) => history.type === type);
  return [...(await replay(await workflowsWith(plant), histories)).values()];
};

describe("a change that a running workflow could not follow", () => {
  it.each(planted)("is caught in a $type: $name", async ({ type, ...plant }) => {
    const caught = (await changed(type, plant)).filter((error) => error !== null);
    expect(caught).not.toEqual([]);
    for (const error of caught) expect(error).toBeInstanceOf(DeterminismViolationError);
  });

  it("is not a change of words", async () => {
    const ended = await changed("request", {
      file: "workflows/request.ts",
      from: /summary: ".*",/,
      to: 'summary: "締切",',
    });
    for (const error of ended) expect(error).toBeNull();
  });
});
