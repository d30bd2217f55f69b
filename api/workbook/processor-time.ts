import { readFileSync } from "node:fs";

/** Linux counts a process's time in hundredths of a second, wherever it runs (proc_pid_stat(5)). */
const TICK_MS = 10;
const [USER, SYSTEM] = [11, 12] as const;

/** Milliseconds for which the process has kept a processor; undefined where it is gone, or the machine does not say. */
export const processorMs = (pid: number): number | undefined => {
  try {
    const said = readFileSync(`/proc/${pid}/stat`, "utf8");
    // Its name, in brackets, may hold anything.
    const fields = said.slice(said.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[USER]) + Number(fields[SYSTEM])) * TICK_MS;
  } catch {
    return undefined;
  }
};
