import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Fault } from "./faults.ts";

/** A date stands for itself: it is no text and no number. */
export type ReadCell = string | number | boolean | null | { readonly date: string };
export type Opened =
  | { readonly is: "table"; readonly rows: readonly (readonly ReadCell[])[] }
  | { readonly is: "refused"; readonly fault: Fault };

export interface Filled {
  readonly kind: "xlsx" | "csv";
  /** Of a CSV, if its sender says it. */
  readonly charset?: string | undefined;
  readonly bytes: Uint8Array;
}

export const FILE_LIMIT_BYTES = 10 * 2 ** 20;
/** How long a file may keep its reader. */
interface Patience {
  /** From the start of the reader. */
  readonly totalMs: number;
  /** From its first word, however late that came. */
  readonly leastMs: number;
}
/**
 * Within two seconds whoever sent a file knows; a machine so busy that it takes longer to start the reader (0.2 s at
 * rest) still reads a form that is one.
 */
const PATIENCE: Patience = { totalMs: 1_800, leastMs: 300 };
const START_LIMIT_MS = 10_000;
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

/** The only cast: the program beside this file wrote it. */
const openedOf = (said: string): Opened => JSON.parse(said) as Opened;

/**
 * A table of whatever the file holds, or why it is not opened. The reader's first byte says that it has started: what is
 * left of two seconds is the file's, whatever it is.
 */
export const openFile = (
  { bytes, ...filled }: Filled,
  { totalMs, leastMs }: Patience = PATIENCE,
): Promise<Opened> =>
  new Promise((resolve, reject) => {
    const [node = "", ...args] = readerCommand(filled);
    const child = spawn(node, args, { env: {}, cwd: root, stdio: ["pipe", "pipe", "ignore"] });
    let isLate = false;
    const stop = () => {
      isLate = true;
      child.kill("SIGKILL");
    };
    const start = performance.now();
    let limit = setTimeout(stop, START_LIMIT_MS);
    child.stdout.once("data", () => {
      clearTimeout(limit);
      limit = setTimeout(stop, Math.max(leastMs, totalMs - (performance.now() - start)));
    });
    const said: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => said.push(chunk));
    // Who has read enough to refuse does not read on.
    child.stdin.on("error", () => undefined);
    child.stdin.end(bytes);
    child.once("error", reject);
    child.once("close", (code) => {
      clearTimeout(limit);
      if (code === 0) resolve(openedOf(Buffer.concat(said).toString("utf8")));
      else resolve({ is: "refused", fault: { code: isLate ? "too-slow" : "too-large", where: "" } });
    });
  });
