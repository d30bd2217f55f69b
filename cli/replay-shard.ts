// One of the processes of `nenrin audit replay`: a bundle of workflows and a file that lists histories; a verdict a line.
import { readFileSync } from "node:fs";
import process from "node:process";
import { historyFromJSON } from "@temporalio/common/lib/proto-utils.js";
import { DefaultLogger, Runtime, Worker } from "@temporalio/worker";

/** A history to replay. */
export interface ToReplay {
  readonly file: string;
  readonly workflow: string;
}
/** `error` is null where today's code does what was done then. */
export interface Verdict extends ToReplay {
  readonly events: number;
  readonly error: string | null;
}

const eventsOf = (history: unknown): number =>
  typeof history === "object" && history !== null && "events" in history && Array.isArray(history.events)
    ? history.events.length
    : 0;

const replayed = async (code: string, { file, workflow }: ToReplay): Promise<Verdict> => {
  const history: unknown = JSON.parse(readFileSync(file, "utf8"));
  const error = await Worker.runReplayHistory(
    { workflowBundle: { code } },
    historyFromJSON(history),
    workflow,
  ).then(
    () => null,
    (reason: unknown) => (reason instanceof Error ? reason.message : String(reason)),
  );
  return { file, workflow, events: eventsOf(history), error };
};

const toReplay = (list: string): readonly ToReplay[] => {
  const listed: unknown = JSON.parse(readFileSync(list, "utf8"));
  if (!Array.isArray(listed)) throw new Error(`${list} lists no histories`);
  return listed.map((one: unknown) => {
    if (typeof one === "object" && one !== null && "file" in one && "workflow" in one)
      return { file: String(one.file), workflow: String(one.workflow) };
    throw new Error(`${list} lists something else than histories`);
  });
};

const [codePath = "", list = ""] = process.argv.slice(2);
const code = readFileSync(codePath, "utf8");
Runtime.install({
  logger: new DefaultLogger("ERROR", () => {}),
  telemetryOptions: { logging: { filter: "OFF", forward: {} } },
});
for (const one of toReplay(list)) console.log(JSON.stringify(await replayed(code, one)));
