import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CycleKey } from "../../domain/ids.ts";
import { currentRelease, makeCurrent } from "../../worker/release.ts";
import { releaseHere } from "../../worker/workflow-bundle.ts";
import { cycleWorkflowId } from "../../workflows/contract.ts";
import { workflowsWith } from "../replay/planting.ts";
import { actingYear, type ActingYear } from "../support/acting-year.ts";
import { twoAgencies } from "../support/two-agencies.ts";
import { startYearHouse, type Employed, type YearHouse } from "../support/year-house.ts";
import { startWorkerProcess, type WorkerProcess } from "./worker-process.ts";

/** The program of production beside the release before it, while a year runs. */

const BEFORE = "0.0.9";
let house: YearHouse;
let before: Employed;
let cycle: CycleKey;
let year: ActingYear;
const folder = mkdtempSync(join(tmpdir(), "nenrin-release-"));

beforeAll(async () => {
  const [started, bundle] = await Promise.all([
    startYearHouse({ isManned: false, rowsByHand: true }),
    workflowsWith(),
  ]);
  house = started;
  before = await house.employ(bundle, BEFORE);
  await makeCurrent(house.client, BEFORE);
  cycle = await house.openYear("2014-r1", await twoAgencies());
  year = actingYear(house, cycle);
  await year.openRequests();
});
afterAll(async () => {
  await house.stop();
  rmSync(folder, { recursive: true });
});

/** Somebody answers, and it is recorded. */
const goesOn = async (): Promise<void> => {
  const [asked] = await year.asked("data");
  if (asked === undefined) throw new Error("nobody is asked");
  const given = await year.answer(asked.item);
  await year.request(asked.id)("request.submit", { answers: [given] });
  expect((await year.states(asked.id))[asked.item]).toMatchObject({ is: "submitted", answer: given });
};
const saysSoon = (worker: WorkerProcess) => expect.poll(worker.said, { timeout: 60_000 });

describe("a release that the running year could not go on in", () => {
  it("says which workflows, ends with an error and takes no task; the one before stays current", async () => {
    const bundle = await workflowsWith({
      file: "workflows/cycle-acts.ts",
      from: "await startChase(desk);",
      to: "",
    });
    const worker = startWorkerProcess(house, { bundle, state: folder });
    expect(await worker.ended).not.toBe(0);
    expect(worker.said()).toContain(
      `Release ${releaseHere()} does not become current: 1 of 5 open workflows`,
    );
    expect(worker.said()).toContain(`${cycleWorkflowId(cycle)}: `);
    expect(await currentRelease(house.client)).toBe(BEFORE);
    await goesOn();
  });
});

describe("a release that it can go on in", () => {
  it("becomes current by itself", async () => {
    const worker = startWorkerProcess(house, { bundle: await workflowsWith(), state: folder });
    await saysSoon(worker).toContain(`Release ${releaseHere()} is current.`);
    expect(await currentRelease(house.client)).toBe(releaseHere());
    await before.stop();
    expect(await worker.stop()).toBe(0);
  });
});
