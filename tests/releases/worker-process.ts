import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "../../dev/processes.ts";
import { providePayloadKeys } from "../../dev/payload-keys.ts";
import type { WorkflowBundle } from "@temporalio/worker";
import type { YearHouse } from "../support/year-house.ts";

export interface WorkerProcess {
  /** All it has said so far. */
  readonly said: () => string;
  /** With its exit code. */
  readonly ended: Promise<number | null>;
  /** As an operator stops it. @returns its exit code */
  readonly stop: () => Promise<number | null>;
}

/** worker.ts as in production, with these workflows for its release's; `state` is a folder of its own. */
export const startWorkerProcess = (
  house: YearHouse,
  { bundle, state }: { readonly bundle: WorkflowBundle; readonly state: string },
): WorkerProcess => {
  const database = new URL(house.database.url);
  database.password = "that-nobody-asks-for-on-loopback";
  const workflows = join(state, "workflows.js");
  writeFileSync(workflows, bundle.code);
  const child = spawn(process.execPath, [join(checkout, "worker.ts")], {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: process.env["PATH"],
      NENRIN_MODE: "production",
      DATABASE_URL: database.href,
      TEMPORAL_ADDRESS: house.address,
      TASK_QUEUE: house.taskQueue,
      WORKFLOW_BUNDLE: workflows,
      SMTP_URL: "smtp://127.0.0.1:1?tls=none",
      MAIL_FROM: "評価担当 <hyoka@nisc.example>",
      PUBLIC_URL: "https://nenrin.example",
      OIDC_ISSUER: "https://login.example",
      OIDC_CLIENT_SECRET: "a-secret-of-this-test-only",
      SESSION_SECRET: "another-secret-of-this-test-and-no-other",
      PAYLOAD_KEYS: providePayloadKeys(state),
      STATE_DIR: state,
    },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  return {
    said: () => said,
    ended,
    stop: () => {
      child.kill("SIGTERM");
      return ended;
    },
  };
};
