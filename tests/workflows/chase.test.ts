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

/** What stands at the top of its page in the Temporal UI. */
const details = async (): Promise<string> => {
  const metadata = await house.client.workflow
    .getHandle(chaseWorkflowId(cycle))
    .query<{ readonly currentDetails?: string }>("__temporal_workflow_metadata");
  return metadata.currentDetails ?? "";
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
    expect(await details()).toMatch(
      /次に確かめる日時\*\* 4月8日9:00\n\n4月7日9:00 送るものはなかった。理由: /,
    );
  });

  it("catches up at one tick what an outage has cost it, and only the last rung", async () => {
    await house.step(chaseWorkflowId(cycle), instant("2015-04-21T11:00:00+09:00"));
    expect(await digests()).toEqual(["2015-04-03T09:00:00+09:00", "2015-04-21T11:00:00+09:00"]);
    expect((await house.rest(chaseWorkflowId(cycle))).wakesAt).toBe("2015-04-22T09:00:00+09:00");
  });

  it("says in the Temporal UI what it sent last and why, and names nobody", async () => {
    const said = await details();
    expect(said).toContain("次に確かめる日時** 4月22日9:00");
    expect(said).toMatch(/4月21日11:00 督促等のメール \d+通を作った。/);
    expect(said).toMatch(/- 督促（\d+開庁日後） \d+通を送信。理由: 期限 4月17日17:00 に未提出 \d+項目/);
    expect(said).not.toMatch(/agency|@/);
  });

  it("begins a new run with every month, and goes on as before", async () => {
    expect(await runs()).toBe(1);
    await ticksUntil("2015-05-08T23:59:59+09:00");
    await expect.poll(runs, { timeout: 10_000 }).toBe(2);
    expect((await house.rest(chaseWorkflowId(cycle))).wakesAt).toBe("2015-05-11T09:00:00+09:00");
    expect(await details()).toMatch(/次に確かめる日時\*\* 5月11日9:00\n\n5月\d+日9:00 /);
  });

  it("ends when the report is published, and is then no open process any more", async () => {
    await house.db.update(cycles).set({ stage: "carry-over" }).where(eq(cycles.key, cycle));
    await ticksUntil("2015-05-11T23:59:59+09:00");
    expect(await house.openProcesses(cycle)).not.toContain(chaseWorkflowId(cycle));
    const handle = house.client.workflow.getHandle(chaseWorkflowId(cycle));
    await expect.poll(async () => (await handle.describe()).status.name).toBe("COMPLETED");
  });
});
