import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Client, Connection } from "@temporalio/client";
import { historyToJSON } from "@temporalio/common/lib/proto-utils.js";
import { decodedHistory } from "../../codec/json-payloads.ts";
import { dataConverterIn } from "../../dev/payload-keys.ts";
import { History } from "./representative.ts";

export interface Run {
  readonly workflowId: string;
  readonly type: string;
  readonly history: History;
}

/** Everything but the machine that has run it: workers and their own queues are called `<process id>@<host>`. */
const historyOf = (json: string): History =>
  History.parse(
    JSON.parse(json, (_, value: unknown) =>
      typeof value === "string" && /^\d+@/.test(value) ? "worker" : value,
    ),
  );

/** All runs of all workflows of a server. */
export const runsOf = async ({ workflow, options }: Client): Promise<readonly Run[]> => {
  const runs: Run[] = [];
  for await (const { workflowId, runId, type } of workflow.list()) {
    const history = await workflow.getHandle(workflowId, runId).fetchHistory();
    const text = await decodedHistory(options.loadedDataConverter.payloadCodecs, historyToJSON(history));
    runs.push({ workflowId, type, history: historyOf(text) });
  }
  return runs;
};
/** @param state the folder of the service whose server it is: there lie the keys of its payloads */
export const runsAt = async (address: string, state: string): Promise<readonly Run[]> => {
  const connection = await Connection.connect({ address });
  try {
    return await runsOf(new Client({ connection, dataConverter: dataConverterIn(state) }));
  } finally {
    await connection.close();
  }
};

/** An event a line, so that two versions can be compared. */
const textOf = ({ events }: History): string =>
  `{"events":[\n${events.map((event) => JSON.stringify(event)).join(",\n")}\n]}\n`;

/** One file each in the folder, which holds nothing else; runs of one workflow that went on afresh are numbered. */
export const store = (folder: string, runs: readonly Run[]): void => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const written = new Map<string, number>();
  for (const { workflowId, history } of runs) {
    const count = (written.get(workflowId) ?? 0) + 1;
    written.set(workflowId, count);
    writeFileSync(join(folder, `${workflowId}${count === 1 ? "" : `.${count}`}.json`), textOf(history));
  }
};
