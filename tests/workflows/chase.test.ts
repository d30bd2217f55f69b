import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mails } from "../../db/schema/mail.ts";
import { cycles } from "../../db/schema/cycle.ts";
import { instant, type Instant } from "../../domain/time.ts";
import { personId, type CycleKey } from "../../domain/ids.ts";
import { chaseWorkflowId } from "../../workflows/contract.ts";
import { actingYear } from "../support/acting-year.ts";
import { twoAgencies } from "../support/two-agencies.ts";
import { startYearHouse, type YearHouse } from "../support/year-house.ts";

let house: YearHouse;
let cycle: CycleKey;
beforeAll(async () => {
  const [started, plan] = await Promise.all([startYearHouse({ rowsByHand: true }), twoAgencies()]);
  house = started;
  cycle = await house.openYear("2014-r1", plan);
  await actingYear(house, cycle).openRequests();
});
afterAll(() => house.stop());

/** Steps from tick to tick. @returns the instants at which it woke */
const ticksUntil = async (last: string): Promise<readonly Instant[]> => {
  const woke: Instant[] = [];
  for (;;) {
    const { wakesAt } = await house.rest(chaseWorkflowId(cycle));
    if (wakesAt === null || wakesAt > last) return woke;
    await house.step(chaseWorkflowId(cycle), wakesAt);
    woke.push(wakesAt);
  }
};
const digests = async (): Promise<readonly Instant[]> =>
  (
    await house.db
      .select({ at: mails.at })
      .from(mails)
      .where(and(eq(mails.letter, "digest"), eq(mails.person, personId("agency-1-window"))))
      .orderBy(mails.position)
  ).map(({ at }) => at);
const runs = async (): Promise<number> => {
  let count = 0;
  const query = `WorkflowId = '${chaseWorkflowId(cycle)}'`;
  for await (const _ of house.client.workflow.list({ query })) count += 1;
  return count;
};

describe("the chase", () => {
  it("ticks at the send window's start of every business day", async () => {
    const woke = await ticksUntil("2015-04-07T23:59:59+09:00");
    // 4 and 5 April are a weekend.
    expect(woke).toEqual([
      "2015-04-01T09:00:00+09:00",
      "2015-04-02T09:00:00+09:00",
      "2015-04-03T09:00:00+09:00",
      "2015-04-06T09:00:00+09:00",
      "2015-04-07T09:00:00+09:00",
    ]);
    expect(await digests()).toEqual(["2015-04-03T09:00:00+09:00"]);
  });

  it("catches up at one tick what an outage has cost it, and only the last rung", async () => {
    await house.step(chaseWorkflowId(cycle), instant("2015-04-21T11:00:00+09:00"));
    expect(await digests()).toEqual(["2015-04-03T09:00:00+09:00", "2015-04-21T11:00:00+09:00"]);
    expect((await house.rest(chaseWorkflowId(cycle))).wakesAt).toBe("2015-04-22T09:00:00+09:00");
  });

  it("begins a new run with every month, and goes on as before", async () => {
    expect(await runs()).toBe(1);
    await ticksUntil("2015-05-08T23:59:59+09:00");
    await expect.poll(runs, { timeout: 10_000 }).toBe(2);
    expect((await house.rest(chaseWorkflowId(cycle))).wakesAt).toBe("2015-05-11T09:00:00+09:00");
  });

  it("ends when the report is published, and is then no open process any more", async () => {
    await house.db.update(cycles).set({ stage: "carry-over" }).where(eq(cycles.key, cycle));
    await ticksUntil("2015-05-11T23:59:59+09:00");
    expect(await house.openProcesses(cycle)).not.toContain(chaseWorkflowId(cycle));
    const handle = house.client.workflow.getHandle(chaseWorkflowId(cycle));
    await expect.poll(async () => (await handle.describe()).status.name).toBe("COMPLETED");
  });
});
