import { readdirSync } from "node:fs";
import type { Client } from "@temporalio/client";
import type { Db } from "../db/client.ts";
import { appliedMigrations, askDatabase } from "../db/queries/health.ts";
import type { Checks } from "./routes/health.ts";

/** `TASK_QUEUE_TYPE_WORKFLOW` of Temporal's API. */
const WORKFLOW_TASKS = 1;
/** The engine's client tries again and again: it must have given up before anybody stops waiting. */
const ENGINE_LIMIT_MS = 1_500;
/** A worker asks for tasks once a minute at least; the engine lists it for five minutes after its last word. */
const SILENCE_MS = 90_000;

const isMigration = (name: string): boolean => /^\d{14}_/.test(name);
const migrationsHere = (): readonly string[] =>
  readdirSync(new URL("../db/migrations", import.meta.url)).filter(isMigration);

/** A newer database than this release's is fine: it is migrated before the old release goes. */
const askSchema = async (db: Db): Promise<void> => {
  const applied = new Set(await appliedMigrations(db));
  const missing = migrationsHere().filter((name) => !applied.has(name));
  if (missing.length > 0) throw new Error(`not migrated: ${missing.join(", ")}`);
};

const askWorker = async (client: Client, taskQueue: string): Promise<void> => {
  const { pollers } = await client.workflowService.describeTaskQueue({
    namespace: client.options.namespace,
    taskQueue: { name: taskQueue },
    taskQueueType: WORKFLOW_TASKS,
  });
  const since = (Date.now() - SILENCE_MS) / 1000;
  if (pollers?.some(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) >= since) !== true)
    throw new Error(`no worker asks for tasks of ${taskQueue}`);
};

/** What the service cannot do without. */
export const checksOf = ({
  db,
  client,
  taskQueue,
}: {
  readonly db: Db;
  readonly client: Client;
  readonly taskQueue: string;
}): Checks => {
  const inTime = <Result>(ask: () => Promise<Result>): Promise<Result> =>
    client.withDeadline(Date.now() + ENGINE_LIMIT_MS, ask);
  return {
    database: () => askDatabase(db),
    schema: () => askSchema(db),
    temporal: () => inTime(() => client.workflowService.getSystemInfo({})),
    worker: () => inTime(() => askWorker(client, taskQueue)),
  };
};
