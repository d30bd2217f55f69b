import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync } from "node:fs";
import { delimiter, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/** The folder this file's checkout is. */
export const checkout = fileURLToPath(new URL("..", import.meta.url));

/** A program of its own process group: Ctrl-C in the terminal reaches the one that started it, not it. */
export interface Running {
  readonly name: string;
  readonly pid: number;
  /** Resolves when it has ended, with how. */
  readonly ended: Promise<string>;
  readonly hasEnded: () => boolean;
  /** The end of what it printed. */
  readonly lastLines: () => readonly string[];
  /** Asks it to end, and ends it after `withinMs`. */
  readonly stop: (options?: {
    readonly signal?: NodeJS.Signals;
    readonly withinMs?: number;
  }) => Promise<void>;
}

export interface Program {
  /** Also the name of its log. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly user?: { readonly uid: number; readonly gid: number };
  readonly folder?: string;
}

/** Starts programs and sees to it that none outlives this process. */
export interface Processes {
  readonly start: (program: Program) => Promise<Running>;
  /** To be called when all have ended; what has not, is ended. Resolves when nothing of it is left. */
  readonly close: () => Promise<void>;
}

const LINES_SHOWN = 15;

/** Each start has its log; the one before is kept. */
const freshLog = (folder: string, name: string): string => {
  const log = join(folder, `${name}.log`);
  if (existsSync(log)) renameSync(log, join(folder, `${name}.previous.log`));
  return log;
};

const hasStarted = (child: ChildProcess): Promise<number> =>
  new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("spawn", () =>
      child.pid === undefined ? reject(new Error("a process without an id")) : resolve(child.pid),
    );
  });

const killGroup = (pid: number): void => {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // The whole group has ended by itself.
  }
};

const runningFrom = async (child: ChildProcess, name: string, log: string): Promise<Running> => {
  const ended = new Promise<string>((resolve) =>
    child.once("exit", (code, signal) => resolve(signal ?? `exit code ${code}`)),
  );
  const pid = await hasStarted(child);
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  return {
    name,
    pid,
    ended,
    hasEnded,
    lastLines: () => readFileSync(log, "utf8").trimEnd().split("\n").slice(-LINES_SHOWN),
    stop: async ({ signal = "SIGTERM", withinMs = 2_000 } = {}) => {
      if (!hasEnded()) child.kill(signal);
      const limit = new AbortController();
      await Promise.race([ended, setTimeout(withinMs, null, { signal: limit.signal }).catch(() => null)]);
      limit.abort();
      killGroup(pid);
      await ended;
    },
  };
};

/** `logs` is the folder where each program's output goes. */
export const makeProcesses = ({ logs }: { readonly logs: string }): Processes => {
  mkdirSync(logs, { recursive: true });
  const watchdog = spawn(process.execPath, [join(checkout, "dev", "watchdog.mjs")], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  watchdog.stdin.on("error", () => {});
  const watchdogEnded = new Promise<void>((resolve) => watchdog.once("exit", () => resolve()));
  watchdog.unref();
  return {
    start: async ({ name, command, args, environment = process.env, user, folder = checkout }) => {
      const log = freshLog(logs, name);
      const output = openSync(log, "a");
      const child = spawn(command, args, {
        cwd: folder,
        detached: true,
        stdio: ["ignore", output, output],
        // The Temporal CLI is on PATH or was put here by dev/prestart.mjs.
        env: {
          ...environment,
          PATH: `${environment["PATH"] ?? ""}${delimiter}${join(checkout, ".nenrin", "bin")}`,
        },
        ...user,
      });
      closeSync(output);
      const running = await runningFrom(child, name, log);
      watchdog.stdin.write(`+${running.pid}\n`);
      void running.ended.then(() => watchdog.stdin.write(`-${running.pid}\n`));
      return running;
    },
    close: async () => {
      watchdog.ref();
      watchdog.stdin.end();
      await watchdogEnded;
    },
  };
};

/** Asks until the answer is true. Throws when the program has ended instead or `withinMs` are over. */
export const untilReady = async (
  running: Running,
  { isReady, withinMs }: { readonly isReady: () => Promise<boolean>; readonly withinMs: number },
): Promise<void> => {
  const deadline = performance.now() + withinMs;
  while (!(await isReady())) {
    if (running.hasEnded())
      throw new Error(
        `${running.name} ended (${await running.ended}) before it was ready:\n${running.lastLines().join("\n")}`,
      );
    if (performance.now() > deadline)
      throw new Error(
        `${running.name} is not ready after ${withinMs / 1000} s:\n${running.lastLines().join("\n")}`,
      );
    await setTimeout(30);
  }
};
