import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startMailbox, type Mailbox } from "../../dev/mailbox.ts";
import { storeAct } from "../../db/acts.ts";
import { sha256Of } from "../../db/chain.ts";
import { acts } from "../../db/schema/acts.ts";
import { mails } from "../../db/schema/mail.ts";
import type { CycleKey } from "../../domain/ids.ts";
import { addSeconds, instantOfEpochMs } from "../../domain/time.ts";
import { COURIER_WORKFLOW_ID, cycleWorkflowId } from "../../workflows/contract.ts";
import { actingYear, COLLECTION } from "../support/acting-year.ts";
import { actOf } from "../support/given-acts.ts";
import { twoAgencies } from "../support/two-agencies.ts";
import { startYearHouse, type YearHouse } from "../support/year-house.ts";

/** For an hour's shift. */
const SHIFT_MS = 2_000;
const patience = { timeout: 60_000, interval: 100 };
let folder: string;
let mailbox: Mailbox;
let house: YearHouse;
let cycle: CycleKey;
/** How often sending was begun; the first time it fails at once. */
let begun = 0;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "nenrin-courier-"));
  mailbox = await startMailbox({ folder, smtpPort: 0, pagePort: 0 });
  const [started, plan] = await Promise.all([
    startYearHouse({
      smtpPort: Number(new URL(mailbox.smtpUrl).port),
      instead: (real) => ({
        ...real,
        runCourier: ({ forMs }) => {
          begun += 1;
          if (begun === 1) throw new Error("the database is away");
          return real.runCourier({ forMs: Math.min(forMs, SHIFT_MS) });
        },
      }),
    }),
    twoAgencies(),
  ]);
  house = started;
  cycle = await house.openYear("2014-r1", plan);
  await house.client.workflow.start("courier", {
    workflowId: COURIER_WORKFLOW_ID,
    taskQueue: house.taskQueue,
  });
});
afterAll(async () => {
  await house.client.workflow.getHandle(COURIER_WORKFLOW_ID).cancel();
  await house.stop();
  await mailbox.stop();
  rmSync(folder, { recursive: true, force: true });
});

const statesOfMails = async (): Promise<ReadonlySet<string>> =>
  new Set((await house.db.select({ state: mails.state }).from(mails)).map(({ state }) => state));
const runs = async (): Promise<number> => {
  let count = 0;
  const query = `WorkflowId = '${COURIER_WORKFLOW_ID}'`;
  for await (const _ of house.client.workflow.list({ query })) count += 1;
  return count;
};

describe("the courier", () => {
  it("begins again after a failure, and sends what an act has queued", async () => {
    await actingYear(house, cycle).decidePolicy();
    await expect.poll(statesOfMails, patience).toEqual(new Set(["accepted"]));
    expect(begun).toBeGreaterThan(1);
    expect(mailbox.store.list().length).toBeGreaterThan(5);
  });

  it("begins a new shift in a new run, and goes on sending", async () => {
    await expect.poll(runs, patience).toBeGreaterThan(2);
    const before = mailbox.store.list().length;
    const year = actingYear(house, cycle);
    await year.cycle("cycle.advance", { to: COLLECTION });
    await house.rest(cycleWorkflowId(cycle));
    await expect.poll(() => mailbox.store.list().length, patience).toBeGreaterThan(before);
  });

  it("delivers an act that was stored while the engine could not take it", async () => {
    const id = randomUUID();
    const at = instantOfEpochMs(Date.now());
    const act = { ...actOf("cycle.advance", { to: addSeconds(COLLECTION, 3600) }, { at: COLLECTION }), id };
    const identity = { key: id, fingerprint: sha256Of(id) };
    const workflow = cycleWorkflowId(cycle);
    await storeAct(house.db, { act, cycle, workflow, contents: [], storedAt: at, ...identity });
    const stateOf = async () =>
      (await house.db.select({ state: acts.state }).from(acts).where(eq(acts.id, id)))[0]?.state;
    await expect.poll(stateOf, patience).toBe("done");
  });
});
