import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Fault, FaultCode } from "./faults.ts";
import { processorMs } from "./processor-time.ts";

/** A date stands for itself: it is no text and no number. */
export type ReadCell = string | number | boolean | null | { readonly date: string };
export type Opened =
  | { readonly is: "table"; readonly rows: readonly (readonly ReadCell[])[] }
  | { readonly is: "refused"; readonly fault: Fault }
  /** Nothing is known of the file: the machine had no time for it. */
  | { readonly is: "busy" };

export interface Filled {
  readonly kind: "xlsx" | "csv";
  /** Of a CSV, if its sender says it. */
  readonly charset?: string | undefined;
  readonly bytes: Uint8Array;
}

export const FILE_LIMIT_BYTES = 10 * 2 ** 20;
/** How long a file may keep its reader. */
interface Patience {
  /** Of a processor's time, from the reader's first word: a file is not refused because the machine is busy. */
  readonly readingMs: number;
  /** In all, waiting for a processor included. */
  readonly waitingMs: number;
}
/**
 * On a machine at rest, where a reader has started after 0.2 s, whoever sent a file knows within two seconds; on a busy
 * one a form that is one is still read.
 */
const PATIENCE: Patience = { readingMs: 1_400, waitingMs: 30_000 };
const LOOK_MS = 50;
/** With the file, its parts and what Node.js needs for itself it stays below 256 MiB. */
const HEAP_LIMIT_MB = 96;

const root = fileURLToPath(new URL("../../", import.meta.url));
const program = fileURLToPath(new URL("./open-file.ts", import.meta.url));

/** The reader's own command line: it may read the program it is, and nothing else of the machine. */
export const readerCommand = ({
  kind,
  charset = "",
}: Pick<Filled, "kind" | "charset">): readonly string[] => [
  process.execPath,
  `--max-old-space-size=${HEAP_LIMIT_MB}`,
  "--max-semi-space-size=4",
  "--permission",
  `--allow-fs-read=${root}`,
  program,
  kind,
  charset,
];

const refused = (code: FaultCode): Opened => ({ is: "refused", fault: { code, where: "" } });

/** The only cast: the program beside this file wrote it. */
const openedOf = (said: string): Opened => JSON.parse(said) as Opened;

/** What the reader has used of its time since it was first asked; without the machine's word, what has passed. */
const stopwatch = (pid: number | undefined): (() => number) => {
  const used = (): number | undefined => (pid === undefined ? undefined : processorMs(pid));
  const begun = used();
  const start = performance.now();
  return () => (begun === undefined ? performance.now() - start : (used() ?? begun) - begun);
};

/** A table of whatever the file holds, or why it is not opened. The reader's first byte says that it has started. */
export const openFile = (
  { bytes, ...filled }: Filled,
  { readingMs, waitingMs }: Patience = PATIENCE,
): Promise<Opened> =>
  new Promise((resolve, reject) => {
    const [node = "", ...args] = readerCommand(filled);
    const child = spawn(node, args, { env: {}, cwd: root, stdio: ["pipe", "pipe", "ignore"] });
    let stopped: Opened | undefined;
    const stop = (why: Opened) => {
      stopped = why;
      child.kill("SIGKILL");
    };
    const limit = setTimeout(() => stop({ is: "busy" }), waitingMs);
    let look: NodeJS.Timeout | undefined;
    child.stdout.once("data", () => {
      const used = stopwatch(child.pid);
      look = setInterval(() => {
        if (used() > readingMs) stop(refused("too-slow"));
      }, LOOK_MS);
    });
    const said: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => said.push(chunk));
    // Who has read enough to refuse does not read on.
    child.stdin.on("error", () => undefined);
    child.stdin.end(bytes);
    child.once("error", reject);
    child.once("close", (code) => {
      clearTimeout(limit);
      clearInterval(look);
      if (code === 0) resolve(openedOf(Buffer.concat(said).toString("utf8")));
      else resolve(stopped ?? refused("too-large"));
    });
  });
