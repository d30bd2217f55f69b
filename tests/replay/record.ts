// Keeps what the workflows of this version write, for every later version to replay: `npm run histories`. It plays a
// small year on a service of its own and keeps, of each kind of workflow, a few runs that between them show every turn.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client, Connection } from "@temporalio/client";
import { historyToJSON } from "@temporalio/common/lib/proto-utils.js";
import { fy2014, standardScript } from "../support/scene.ts";
import { smallYear } from "../support/small-year.ts";
import { startRehearsalHouse } from "../support/rehearsal-house.ts";
import { History, representative } from "./representative.ts";
import { currentVersion } from "./stored.ts";

interface Run {
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

const runsOf = async (address: string): Promise<readonly Run[]> => {
  const connection = await Connection.connect({ address });
  try {
    const { workflow } = new Client({ connection });
    const runs: Run[] = [];
    for await (const { workflowId, runId, type } of workflow.list()) {
      const history = await workflow.getHandle(workflowId, runId).fetchHistory();
      runs.push({ workflowId, type, history: historyOf(historyToJSON(history)) });
    }
    return runs;
  } finally {
    await connection.close();
  }
};

/** An event a line, so that two versions can be compared. */
const textOf = ({ events }: History): string =>
  `{"events":[\n${events.map((event) => JSON.stringify(event)).join(",\n")}\n]}\n`;

/** Runs of one workflow that went on afresh are numbered. */
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

const house = await startRehearsalHouse();
try {
  const [plan, script] = await Promise.all([fy2014(), standardScript()]);
  await house.play({ plan: smallYear(plan), script, seed: 7 });
  const runs = await runsOf(house.service.addresses.temporal);
  const types = [...new Set(runs.map(({ type }) => type))].toSorted();
  const chosen = types.flatMap((type) => representative(runs.filter((run) => run.type === type)));
  store(join(fileURLToPath(new URL("histories/", import.meta.url)), currentVersion()), chosen);
} finally {
  await house.stop();
}
