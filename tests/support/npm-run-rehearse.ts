import { spawn } from "node:child_process";
import { vi } from "vitest";
import { checkout } from "../../dev/processes.ts";

export interface RehearseRun {
  readonly printed: () => string;
  /** Until it has printed the words. */
  readonly says: (words: string) => Promise<void>;
  readonly interrupt: () => void;
  /** Its exit code; null if a signal ended it. */
  readonly ended: Promise<number | null>;
}

const SAY_LIMIT_MS = 60_000;

/** What package.json's `rehearse` runs, without npm around it. */
export const npmRunRehearse = (state: string, ...args: readonly string[]): RehearseRun => {
  const child = spawn(process.execPath, ["--import", "tsx", "dev/rehearse.ts", ...args], {
    cwd: checkout,
    env: { ...process.env, NODE_ENV: "", VITEST: "", STATE_DIR: state },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
    });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  return {
    printed: () => printed,
    says: (words) => vi.waitUntil(() => printed.includes(words), { timeout: SAY_LIMIT_MS }).then(() => {}),
    interrupt: () => void child.kill("SIGINT"),
    ended,
  };
};
