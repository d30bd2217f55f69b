import type { Client } from "@temporalio/client";
import { historyToJSON } from "@temporalio/common/lib/proto-utils.js";
import { decodedHistory } from "../codec/json-payloads.ts";

/** The history of a run, readable without a key, that is not kept yet, as the engine has it now. */
export interface LiveHistory {
  readonly workflow: string;
  readonly run: string;
  readonly startedMs: number;
  readonly text: string;
}
/** Reads histories and nothing else. `missing`: workflows the engine did not tell of, each with why. */
export type ReadHistories = (wanted: {
  readonly workflows: readonly string[];
  /** Runs not to read, by workflow. */
  readonly kept: ReadonlyMap<string, ReadonlySet<string>>;
  /** So long each workflow may take. */
  readonly limitMs: number;
}) => Promise<{ readonly histories: readonly LiveHistory[]; readonly missing: readonly string[] }>;

const readOne = async (
  { workflow: engine, options: { loadedDataConverter } }: Client,
  workflow: string,
  kept: ReadonlySet<string>,
): Promise<readonly LiveHistory[]> => {
  const histories: LiveHistory[] = [];
  const { payloadCodecs } = loadedDataConverter;
  for await (const { runId, startTime } of engine.list({ query: `WorkflowId = "${workflow}"` })) {
    if (kept.has(runId)) continue;
    const history = await engine.getHandle(workflow, runId).fetchHistory();
    const text = await decodedHistory(payloadCodecs, historyToJSON(history));
    histories.push({ workflow, run: runId, startedMs: startTime.getTime(), text });
  }
  return histories;
};

export const makeReadHistories =
  (client: Client): ReadHistories =>
  async ({ workflows, kept, limitMs }) => {
    const histories: LiveHistory[] = [];
    const missing: string[] = [];
    for (const workflow of workflows) {
      const known = kept.get(workflow) ?? new Set<string>();
      try {
        const read = await client.withDeadline(Date.now() + limitMs, () => readOne(client, workflow, known));
        histories.push(...read);
        if (read.length + known.size === 0) missing.push(`${workflow} の履歴（エンジンにありません）`);
      } catch {
        missing.push(`${workflow} の履歴（エンジンが答えません）`);
      }
    }
    return { histories, missing };
  };
