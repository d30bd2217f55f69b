import { gzipSync } from "node:zlib";
import type { Client, WorkflowExecutionInfo } from "@temporalio/client";
import { historyToJSON } from "@temporalio/common/lib/proto-utils.js";
import { decodedHistory } from "../codec/json-payloads.ts";
import { sha256Of } from "../db/chain.ts";
import type { Db } from "../db/client.ts";
import { keepHistory } from "../db/commands/histories.ts";
import { cycleOf } from "../db/queries/cycles.ts";
import {
  keptRuns,
  renewedProcesses,
  unkeptProcesses,
  type KeptHistory,
  type Process,
} from "../db/queries/histories.ts";
import { instantOfEpochMs, type Instant } from "../domain/time.ts";

export interface HistoryDeps {
  readonly db: Db;
  readonly client: Client;
  /** Wall clock. */
  readonly clock: () => Instant;
}

const endedRuns = async ({ workflow }: Client, id: string): Promise<readonly WorkflowExecutionInfo[]> => {
  const ended: WorkflowExecutionInfo[] = [];
  for await (const run of workflow.list({ query: `WorkflowId = "${id}"` }))
    if (run.status.name !== "RUNNING") ended.push(run);
  return ended.toSorted((one, other) => one.startTime.getTime() - other.startTime.getTime());
};

const historyOf = async (
  { client }: HistoryDeps,
  { workflow, cycle }: Process,
  { runId, startTime, status }: WorkflowExecutionInfo,
): Promise<KeptHistory> => {
  const history = await client.workflow.getHandle(workflow, runId).fetchHistory();
  const { payloadCodecs } = client.options.loadedDataConverter;
  const text = await decodedHistory(payloadCodecs, historyToJSON(history));
  return {
    run: runId,
    workflow,
    cycle,
    hash: sha256Of(text),
    events: history.events?.length ?? 0,
    isLast: status.name !== "CONTINUED_AS_NEW",
    bytes: gzipSync(text),
    startedAt: instantOfEpochMs(startTime.getTime()),
  };
};

const cycleNow = async ({ db, clock }: HistoryDeps, { cycle }: Process): Promise<Instant> => {
  const standing = await cycleOf(db, cycle);
  return standing?.stepped === true ? standing.now : clock();
};

const keepProcess = async (deps: HistoryDeps, process: Process): Promise<number> => {
  const kept = await keptRuns(deps.db, process.workflow);
  const runs = (await endedRuns(deps.client, process.workflow)).filter(({ runId }) => !kept.has(runId));
  for (const run of runs) {
    const history = await historyOf(deps, process, run);
    const at = await cycleNow(deps, process);
    await deps.db.transaction((tx) => keepHistory(tx, history, at));
  }
  return runs.length;
};

/**
 * Keeps the histories of workflows that have ended, readable without a key, before the engine's retention can end
 * them; `beat` is called for each. What the engine does not list yet is kept the next time. Answers how many runs were kept.
 */
export const keepHistories = async (
  deps: HistoryDeps,
  { beat, renewedToo }: { readonly beat: () => void; readonly renewedToo: boolean },
): Promise<number> => {
  const owed = [...(await unkeptProcesses(deps.db)), ...(renewedToo ? await renewedProcesses(deps.db) : [])];
  let kept = 0;
  for (const process of owed) {
    beat();
    kept += await keepProcess(deps, process);
  }
  return kept;
};
