import { fileURLToPath } from "node:url";
import { WorkflowUpdateStage, type WorkflowHandle } from "@temporalio/client";
import { NativeConnection, Worker } from "@temporalio/worker";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { instant } from "../../domain/time.ts";
import { advance, resting } from "../../workflows/contract.ts";
import { startScratchTemporal, type ScratchTemporal } from "../support/scratch-temporal.ts";
import { endStory, idleStory, letGo, takeTurn } from "./idle-story.ts";

/** A rehearsal's driver goes on as soon as everybody is idle: who is still telling another workflow is not. */

const taskQueue = "idle-story";
let temporal: ScratchTemporal;
let worker: Worker;
let running: Promise<void>;
let connection: NativeConnection;

beforeAll(async () => {
  temporal = await startScratchTemporal();
  connection = await NativeConnection.connect({ address: temporal.address });
  const workflowsPath = fileURLToPath(new URL("idle-story.ts", import.meta.url));
  worker = await Worker.create({ connection, taskQueue, workflowsPath });
  running = worker.run();
});
afterAll(async () => {
  worker.shutdown();
  await running;
  await connection.close();
  await temporal.stop();
});

const told = async (): Promise<WorkflowHandle<typeof idleStory>> =>
  temporal.client.workflow.start(idleStory, { taskQueue, workflowId: crypto.randomUUID() });
const accepted = { waitForStage: WorkflowUpdateStage.ACCEPTED } as const;
const idle = async (story: WorkflowHandle): Promise<boolean> => (await story.query(resting)).idle;

describe("a workflow on a stepped clock", () => {
  it("is idle while it waits, and not while a turn is under way", async () => {
    const story = await told();
    expect(await idle(story)).toBe(true);
    const turn = await story.startUpdate(takeTurn, accepted);
    expect(await idle(story)).toBe(false);
    await story.signal(letGo);
    await turn.result();
    expect(await idle(story)).toBe(true);
    await story.signal(endStory);
    await story.result();
  });

  it("is not idle after the end of its story either, until its last turn is over", async () => {
    const story = await told();
    const turn = await story.startUpdate(takeTurn, accepted);
    await story.signal(endStory);
    expect(await idle(story)).toBe(false);
    const to = instant("2015-04-02T09:00:00+09:00");
    const advanced = await story.startUpdate(advance, { ...accepted, args: [{ to }] });
    expect(await idle(story)).toBe(false);
    await story.signal(letGo);
    await turn.result();
    expect(await advanced.result()).toEqual({ idle: true, wakesAt: null });
    await story.result();
  });
});
