import { spawn } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { vi } from "vitest";
import { checkout } from "../../dev/processes.ts";

/** `npm start` as a person has it in a terminal, with a state folder of its own. */
export interface Start {
  readonly pid: number;
  readonly printed: () => string;
  /** Its exit code; null if a signal ended it. */
  readonly ended: Promise<number | null>;
  readonly ready: () => Promise<void>;
  /** @returns how many milliseconds it took to end */
  readonly stop: (signal?: NodeJS.Signals) => Promise<number>;
}

const READY_LIMIT_MS = 90_000;

/** What package.json's `start` runs, without npm around it. */
export const npmStart = (
  state: string,
  {
    args = [],
    environment = {},
  }: { readonly args?: readonly string[]; readonly environment?: NodeJS.ProcessEnv } = {},
): Start => {
  const child = spawn(process.execPath, ["--import", "tsx", "dev/start.ts", ...args], {
    cwd: checkout,
    env: { ...process.env, NODE_ENV: "", VITEST: "", ...environment, STATE_DIR: state },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
    });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  return {
    pid: child.pid ?? 0,
    printed: () => printed,
    ended,
    ready: async () => {
      await vi.waitUntil(() => printed.includes("is ready") || hasEnded(), { timeout: READY_LIMIT_MS });
      if (hasEnded()) throw new Error(printed);
    },
    stop: async (signal = "SIGINT") => {
      const before = performance.now();
      child.kill(signal);
      await ended;
      return performance.now() - before;
    },
  };
};

const readOf = (read: () => string): string => {
  try {
    return read();
  } catch {
    return "";
  }
};

/** A process of a state folder. */
export interface Found {
  readonly pid: number;
  readonly command: string;
}

/** All processes that belong to the state folder: by what they were told, or by where they work. */
export const processesOf = (state: string): readonly Found[] =>
  readdirSync("/proc")
    .filter((pid) => /^\d+$/.test(pid) && pid !== String(process.pid))
    .map((pid) => {
      const proc = (file: string): string => readOf(() => readFileSync(join("/proc", pid, file), "utf8"));
      const folder = readOf(() => readlinkSync(join("/proc", pid, "cwd")));
      const command = proc("cmdline").replaceAll("\0", " ").trim();
      return { pid: Number(pid), command, about: [folder, command, proc("environ")] };
    })
    .filter(({ command, about }) => command !== "" && about.some((text) => text.includes(state)))
    .map(({ pid, command }) => ({ pid, command }));
