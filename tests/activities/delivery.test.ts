import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { Client, Connection } from "@temporalio/client";
import { DefaultLogger, NativeConnection, Runtime, Worker } from "@temporalio/worker";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { deliverActs, type DeliveringDeps } from "../../activities/delivering.ts";
import { createActivities } from "../../activities/index.ts";
import { makeSmtp } from "../../activities/smtp.ts";
import { closeProcess, openProcesses } from "../../db/commands/cycle.ts";
import { acts } from "../../db/schema/acts.ts";
import { auditEvents } from "../../db/schema/audit.ts";
import { cycles, processes, stageEntries } from "../../db/schema/cycle.ts";
import { addSeconds, type Instant } from "../../domain/time.ts";
import { mailSettings } from "../support/mail-desk.ts";
import { scratchRecordKeeping } from "../support/record-keeping.ts";
import { freePort, startScratchDatabase, type ScratchDatabase } from "../support/scratch-database.ts";
import { startScratchTemporal, type ScratchTemporal } from "../support/scratch-temporal.ts";
import { CYCLE, startYearDesk, WALL, type YearDesk } from "../support/year-desk.ts";

let database: ScratchDatabase;
let temporal: ScratchTemporal;
let desk: YearDesk;
let worker: Worker;
let working: Promise<void>;
let connection: NativeConnection;
beforeAll(async () => {
  [database, temporal] = await Promise.all([startScratchDatabase(), startScratchTemporal()]);
  desk = await startYearDesk(database.url);
  Runtime.install({ logger: new DefaultLogger("WARN") });
  connection = await NativeConnection.connect({ address: temporal.address });
  worker = await Worker.create({
    connection,
    taskQueue: "nenrin",
    workflowsPath: fileURLToPath(new URL("../../workflows", import.meta.url)),
    activities: createActivities({
      ...depsWith(temporal.client),
      ...scratchRecordKeeping(),
      outbox: desk.deps.outbox,
      smtp: makeSmtp({ ...mailSettings, port: await freePort() }),
      bounceFolder: null,
      holidays: [],
      publicUrl: "https://nenrin.example",
      sender: "事務局",
    }),
  });
  working = worker.run();
});
afterAll(async () => {
  worker.shutdown();
  await working;
  await connection.close();
  await desk.close();
  await Promise.all([database.stop(), temporal.stop()]);
});

const depsWith = (client: Client): DeliveringDeps => ({
  db: desk.db,
  client,
  taskQueue: "nenrin",
  clock: () => WALL,
  deliveryPace: { sweepMs: 20, graceSeconds: 6, limitMs: 8000 },
});
const actRow = async (id: string) => (await desk.db.select().from(acts).where(eq(acts.id, id)))[0];

/** Delivers until the condition holds. @returns how many were delivered */
const deliverUntil = async (
  condition: () => Promise<boolean>,
  client: Client = new Client({ connection }),
): Promise<number> => {
  const stop = new AbortController();
  const delivering = deliverActs(depsWith(client), { forMs: 60_000, signal: stop.signal, beat: () => {} });
  try {
    await vi.waitUntil(condition, { timeout: 8000, interval: 20 });
  } finally {
    stop.abort();
  }
  return delivering;
};
const is = (id: string, state: string) => async (): Promise<boolean> => (await actRow(id))?.state === state;
const storedAt = (id: string, at: Instant) =>
  desk.db.update(acts).set({ storedAt: at }).where(eq(acts.id, id));
const BEFORE = addSeconds(WALL, -60);

describe("acts that waited for the engine", () => {
  it("reach their workflow, the first of a cycle by starting it, under their own Update ids", async () => {
    const { hash } = await desk.store("plan", desk.plan);
    const act = await desk.act("cycle.open", { plan: hash, stepped: true });
    await storedAt(act.id, BEFORE);
    expect(await deliverUntil(is(act.id, "done"))).toBe(1);
    expect(await desk.db.select().from(cycles)).toMatchObject([{ key: CYCLE, plan: hash, stage: "policy" }]);
    expect(await desk.db.select().from(stageEntries)).toMatchObject([{ stage: "policy" }]);
    const told = await desk.db.select().from(auditEvents).where(eq(auditEvents.act, act.id));
    expect(told).toMatchObject([{ workflow: "cycle-2014", run: expect.any(String) }]);

    // Sent again it counts once.
    await desk.db.update(acts).set({ state: "stored" }).where(eq(acts.id, act.id));
    const policy = await desk.act("cycle.submit-policy", {
      content: await desk.store("policy", { title: "実施方針", text: "本文" }),
    });
    await storedAt(policy.id, addSeconds(BEFORE, 1));
    await deliverUntil(is(policy.id, "done"));
    expect(await actRow(act.id)).toMatchObject({ state: "done", result: { hash } });
    expect(await desk.db.select().from(auditEvents).where(eq(auditEvents.act, act.id))).toEqual(told);
  });

  it("are refused with the workflow's own reason", async () => {
    const act = await desk.act("cycle.open-requests", {});
    await storedAt(act.id, BEFORE);
    await deliverUntil(is(act.id, "refused"));
    expect(await actRow(act.id)).toMatchObject({ refusal: "wrong-stage" });
  });

  it("are refused as too early or too late where no workflow takes them, but wait for one about to start", async () => {
    const lost = await desk.act("request.grant-extension", {});
    const late = await desk.act("request.grant-extension", {});
    const early = await desk.act("request.grant-extension", {});
    await desk.db.update(acts).set({ workflow: "request-2014-data-none" }).where(eq(acts.id, lost.id));
    await desk.db.update(acts).set({ workflow: "request-2014-data-new" }).where(eq(acts.id, early.id));
    await desk.db.update(acts).set({ workflow: "request-2014-data-old" }).where(eq(acts.id, late.id));
    await desk.db.transaction(async (tx) => {
      const workflows = ["request-2014-data-new", "request-2014-data-old"];
      await openProcesses(tx, { cycle: CYCLE, workflows });
      await closeProcess(tx, "request-2014-data-old");
    });
    await storedAt(lost.id, addSeconds(BEFORE, 1));
    await storedAt(late.id, BEFORE);
    await storedAt(early.id, BEFORE);
    expect(await deliverUntil(is(lost.id, "refused"))).toBe(2);
    expect(await actRow(lost.id)).toMatchObject({ refusal: "wrong-stage" });
    expect(await actRow(late.id)).toMatchObject({ refusal: "closed" });
    expect(await actRow(early.id)).toMatchObject({ state: "stored" });
    await desk.db.delete(processes).where(eq(processes.workflow, "request-2014-data-new"));
    await deliverUntil(is(early.id, "refused"));
  });

  it("are left alone while whoever stored them may still deliver them", async () => {
    const fresh = await desk.act("request.grant-extension", {});
    const old = await desk.act("request.grant-extension", {}, { id: randomUUID() });
    await storedAt(fresh.id, addSeconds(WALL, -5));
    await storedAt(old.id, addSeconds(WALL, -6));
    await desk.db.update(acts).set({ workflow: "request-none" }).where(eq(acts.state, "stored"));
    await deliverUntil(is(old.id, "refused"));
    expect(await actRow(fresh.id)).toMatchObject({ state: "stored" });
    await storedAt(fresh.id, BEFORE);
    await deliverUntil(is(fresh.id, "refused"));
  });

  it("stay stored while the engine does not answer, and arrive once it does", async () => {
    const act = await desk.act("cycle.carry", { findings: [], into: "next" });
    await storedAt(act.id, BEFORE);
    const silent = new Client({
      connection: Connection.lazy({ address: `127.0.0.1:${await freePort()}`, connectTimeout: 100 }),
    });
    let beats = 0;
    const run = { forMs: 1500, signal: new AbortController().signal, beat: () => void (beats += 1) };
    const pace = { sweepMs: 20, graceSeconds: 6, limitMs: 300 };
    expect(await deliverActs({ ...depsWith(silent), deliveryPace: pace }, run)).toBe(0);
    expect(beats).toBeGreaterThan(2);
    expect(await actRow(act.id)).toMatchObject({ state: "stored" });
    await silent.connection.close();
    await deliverUntil(is(act.id, "refused"));
    expect(await actRow(act.id)).toMatchObject({ refusal: "wrong-stage" });
  });
});
