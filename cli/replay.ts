import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { bundleWorkflowCode, DefaultLogger } from "@temporalio/worker";
import type { ToReplay, Verdict } from "./replay-shard.ts";

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** The histories of an exported bundle. @throws Error for a folder that is none */
export const historiesIn = (bundle: string): readonly ToReplay[] => {
  const listed: unknown = JSON.parse(readFileSync(join(bundle, "histories.json"), "utf8"));
  if (!Array.isArray(listed)) throw new Error(`${bundle} is no bundle`);
  return listed.map((one: { readonly file: string; readonly workflow: string }) => ({
    file: join(bundle, one.file),
    workflow: one.workflow,
  }));
};

/** The only cast: a shard writes nothing else. */
const verdictOf = (line: string): Verdict => JSON.parse(line) as Verdict;

const shard = (
  args: readonly string[],
  { all, onVerdict }: { readonly all: readonly ToReplay[]; readonly onVerdict: (verdict: Verdict) => void },
): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...process.execArgv, path("replay-shard.ts"), ...args], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let left = all.length;
    const lines = createInterface({ input: child.stdout });
    lines.on("line", (line) => {
      left -= 1;
      onVerdict(verdictOf(line));
    });
    child.once("error", reject);
    child.once("close", () =>
      left === 0 ? resolve() : reject(new Error(`a process ended with ${left} histories not replayed`)),
    );
  });

/** In turn, as cards are. */
const dealt = (histories: readonly ToReplay[], hands: number): readonly (readonly ToReplay[])[] =>
  Array.from({ length: hands }, (_, hand) => histories.filter((__, index) => index % hands === hand));

/**
 * Replays histories on the workflows of this checkout, over as many processes as there are processors; `folder` is for
 * working files. Tells each verdict as it comes.
 * @throws Error where a process ends before its work does
 */
export const replayAll = async (
  histories: readonly ToReplay[],
  { folder, onVerdict }: { readonly folder: string; readonly onVerdict: (verdict: Verdict) => void },
): Promise<readonly Verdict[]> => {
  const verdicts: Verdict[] = [];
  const heard = (verdict: Verdict): void => {
    verdicts.push(verdict);
    onVerdict(verdict);
  };
  mkdirSync(folder, { recursive: true });
  const { code } = await bundleWorkflowCode({
    workflowsPath: path("../workflows"),
    logger: new DefaultLogger("ERROR", () => {}),
  });
  const codePath = join(folder, "workflows.js");
  writeFileSync(codePath, code);
  const hands = Math.min(availableParallelism(), histories.length);
  await Promise.all(
    dealt(histories, hands).map((all, hand) => {
      const list = join(folder, `shard-${hand + 1}.json`);
      writeFileSync(list, JSON.stringify(all));
      return shard([codePath, list], { all, onVerdict: heard });
    }),
  );
  return verdicts;
};
