// Keeps, for the replay tests, what the workflows of a year have written: `npm run histories -- <cycle>`, while the
// service runs that has run the year. Of each kind of workflow a few runs that between them show all that happened.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Client, Connection } from "@temporalio/client";
import { historyToJSON } from "@temporalio/common/lib/proto-utils.js";
import { z } from "zod";
import { COURIER_WORKFLOW_ID } from "../workflows/contract.ts";
import { readAddresses } from "./addresses.ts";
import { History, representative } from "./history-choice.ts";
import { checkout } from "./processes.ts";

interface Run {
  readonly workflowId: string;
  readonly type: string;
  readonly history: History;
}

const isOf = (cycle: string, workflowId: string): boolean =>
  workflowId === COURIER_WORKFLOW_ID || `${workflowId}-`.includes(`-${cycle}-`);

/** Everything but the machine that has run it: workers and their own queues are called `<process id>@<host>`. */
const historyOf = (json: string): History =>
  History.parse(
    JSON.parse(json, (_, value: unknown) =>
      typeof value === "string" && /^\d+@/.test(value) ? "worker" : value,
    ),
  );

const runsOf = async (address: string, cycle: string): Promise<readonly Run[]> => {
  const connection = await Connection.connect({ address });
  try {
    const { workflow } = new Client({ connection });
    const runs: Run[] = [];
    for await (const { workflowId, runId, type } of workflow.list()) {
      if (!isOf(cycle, workflowId)) continue;
      const history = historyOf(historyToJSON(await workflow.getHandle(workflowId, runId).fetchHistory()));
      runs.push({ workflowId, type, history });
    }
    return runs;
  } finally {
    await connection.close();
  }
};

/** An event a line, so that two releases can be compared. */
const textOf = ({ events }: History): string =>
  `{"events":[\n${events.map((event) => JSON.stringify(event)).join(",\n")}\n]}\n`;

const store = (folder: string, runs: readonly Run[]): void => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const written = new Map<string, number>();
  for (const { workflowId, history } of runs) {
    const count = (written.get(workflowId) ?? 0) + 1;
    written.set(workflowId, count);
    writeFileSync(join(folder, `${workflowId}${count === 1 ? "" : `.${count}`}.json`), textOf(history));
  }
};

const [, , cycle] = process.argv;
const addresses = readAddresses(join(checkout, ".nenrin"));
if (cycle === undefined || addresses === null)
  throw new Error(
    "Usage: npm run histories -- <cycle>, e.g. 2014-r1, while the service runs that has run it",
  );
const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(join(checkout, "package.json"), "utf8")));

const runs = await runsOf(addresses.temporal, cycle);
const types = [...new Set(runs.map(({ type }) => type))].toSorted();
const chosen = types.flatMap((type) => representative(runs.filter((run) => run.type === type)));
store(join(checkout, "tests", "replay", "histories", version), chosen);
for (const type of types)
  console.log(
    `${type}: ${chosen.filter((run) => run.type === type).length} of ${runs.filter((run) => run.type === type).length}`,
  );
