import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { Connection } from "@temporalio/client";
import type { Engines } from "./engines.ts";
import { providePayloadKeys } from "./payload-keys.ts";
import { checkout, untilReady, type Processes, type Running } from "./processes.ts";

/** How the service is known to the identity provider of the embedded mode. */
export const EMBEDDED_CLIENT = { id: "nenrin", secret: "known-to-everybody-embedded-mode-only" };

type Variables = Readonly<Record<string, string | undefined>>;
const TASK_QUEUE = "nenrin";
/** `TASK_QUEUE_TYPE_WORKFLOW` of Temporal's API. */
const WORKFLOW_TASKS = 1;
const READY_LIMIT_MS = 60_000;

const run = promisify(execFile);

/** What the workers load of workflows, made while the engines start. Answers the file's path. */
export const bundleWorkflows = async (state: string): Promise<string> => {
  const file = join(state, "workflows.js");
  await run(process.execPath, [join(checkout, "dev", "bundle-workflows.ts"), file]);
  return file;
};

/** The service's settings as config.ts reads them. */
export const serviceEnvironment = ({
  engines: { databaseUrl, temporal, mailbox, identity },
  state,
  bundle,
  web,
  port,
  environment,
}: {
  readonly engines: Engines;
  readonly state: string;
  /** File of the bundled workflows. */
  readonly bundle: string;
  readonly web: string;
  readonly port: number;
  readonly environment: Variables;
}): Variables => ({
  ...environment,
  NENRIN_MODE: "embedded",
  DATABASE_URL: databaseUrl,
  TEMPORAL_ADDRESS: temporal.address,
  TEMPORAL_NAMESPACE: temporal.namespace,
  TEMPORAL_UI_URL: temporal.uiUrl ?? "",
  TASK_QUEUE,
  WORKFLOW_BUNDLE: bundle,
  SMTP_URL: mailbox.smtpUrl,
  MAIL_UI_URL: mailbox.pageUrl,
  PUBLIC_URL: web,
  HOST: "127.0.0.1",
  PORT: String(port),
  OIDC_ISSUER: identity.issuer,
  OIDC_CLIENT_ID: EMBEDDED_CLIENT.id,
  OIDC_CLIENT_SECRET: EMBEDDED_CLIENT.secret,
  STATE_DIR: state,
  PAYLOAD_KEYS: providePayloadKeys(state),
  // Compiled once: half of what loading takes.
  NODE_COMPILE_CACHE: join(checkout, ".nenrin", "compile-cache"),
});

/** Whether this process polls the task queue: Temporal lists pollers by `<pid>@<machine>`, and dead ones for a while. */
const polls = async (connection: Connection, namespace: string, pid: number): Promise<boolean> => {
  const { pollers } = await connection.workflowService.describeTaskQueue({
    namespace,
    taskQueue: { name: TASK_QUEUE },
    taskQueueType: WORKFLOW_TASKS,
  });
  return pollers?.some(({ identity }) => identity?.startsWith(`${pid}@`)) === true;
};

/** Starts `worker.ts` and waits until it takes tasks. Throws an Error with its last lines if it does not. */
export const startWorker = async ({
  processes,
  engines,
  variables,
  number,
}: {
  readonly processes: Processes;
  readonly engines: Engines;
  readonly variables: Variables;
  /** Counts from 1: which of the service's workers it is. */
  readonly number: number;
}): Promise<Running> => {
  const running = await processes.start({
    name: number === 1 ? "worker" : `worker-${number}`,
    command: process.execPath,
    args: [join(checkout, "worker.ts")],
    environment: variables,
  });
  const { address, namespace } = engines.temporal;
  const connection = await Connection.connect({ address });
  try {
    await untilReady(running, {
      isReady: () => polls(connection, namespace, running.pid),
      withinMs: READY_LIMIT_MS,
    });
  } finally {
    await connection.close();
  }
  return running;
};

/** Starts `api/server.ts` and waits until `/readyz` is green. Throws an Error with its last lines if it does not. */
export const startApi = async ({
  processes,
  variables,
  web,
}: {
  readonly processes: Processes;
  readonly variables: Variables;
  readonly web: string;
}): Promise<Running> => {
  const running = await processes.start({
    name: "api",
    command: process.execPath,
    args: ["--import", "tsx", join(checkout, "api", "server.ts")],
    environment: variables,
  });
  const isReady = (): Promise<boolean> =>
    fetch(`${web}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
  await untilReady(running, { isReady, withinMs: READY_LIMIT_MS });
  return running;
};
