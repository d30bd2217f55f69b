import { DefaultLogger, Runtime, Worker, type WorkflowBundle } from "@temporalio/worker";
import type { StoredHistory } from "./stored.ts";

const logger = new DefaultLogger("ERROR", () => {});
Runtime.install({ logger, telemetryOptions: { logging: { filter: "OFF", forward: {} } } });

/** What went wrong with each history, by file; null where it replays. */
export const replay = async (
  workflowBundle: WorkflowBundle,
  stored: readonly StoredHistory[],
): Promise<ReadonlyMap<string, Error | null>> => {
  const ended = new Map<string, Error | null>();
  for (const { version, file, workflowId, history } of stored) {
    const failed = await Worker.runReplayHistory({ workflowBundle }, history, workflowId).then(
      () => null,
      (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
    );
    ended.set(`${version}/${file}`, failed);
  }
  return ended;
};
