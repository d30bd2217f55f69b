import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeWatch } from "../../api/watching.ts";
import { processes } from "../../db/schema/cycle.ts";
import { cycleKey, fiscalYear } from "../../domain/ids.ts";
import { instant } from "../../domain/time.ts";
import { reportWorkflowId, type ReportInput } from "../../workflows/contract.ts";
import { startYearHouse, type YearHouse } from "../support/year-house.ts";

/** Who waits for rest sees also those that have written their last record and have somebody to tell yet. */

let house: YearHouse;
beforeAll(async () => {
  house = await startYearHouse({ rowsByHand: true });
}, 180_000);
afterAll(() => house.stop(), 60_000);

const cycle = cycleKey("2014-r1");
const workflowId = reportWorkflowId(cycle);

describe("a workflow that is closed in the record", () => {
  it("is waited for until it has ended in the engine", async () => {
    const input: ReportInput = {
      cycle,
      year: fiscalYear(2014),
      approvers: [],
      clock: { is: "stepped", now: instant("2015-06-25T15:00:00+09:00") },
    };
    const { client, taskQueue } = house;
    await client.workflow.start("report", { workflowId, taskQueue, args: [input] });
    await house.db.insert(processes).values({ workflow: workflowId, cycle, isOpen: false });
    const watch = makeWatch(house);
    await expect(watch.allIdle(cycle, Date.now())).rejects.toThrow("engine-silent");
    await client.workflow.getHandle(workflowId).terminate();
    expect(await watch.allIdle(cycle, Date.now() + 60_000)).toEqual([]);
  });

  it("is not waited for where the engine has not kept it", async () => {
    const gone = reportWorkflowId(cycleKey("2014-r2"));
    await house.db.insert(processes).values({ workflow: gone, cycle: cycleKey("2014-r2"), isOpen: false });
    expect(await makeWatch(house).allIdle(cycleKey("2014-r2"), Date.now() + 60_000)).toEqual([]);
  });
});
