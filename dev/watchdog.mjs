// Ends what a killed `npm start` left behind. It is told over its standard input which processes there are, one line
// each: `+<pid>` started, `-<pid>` gone. When that input ends, whoever wrote it is no more, however it ended.
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";

const PATIENCE_MS = 3_000;
/** @type {number[]} */
let running = [];

/**
 * @param {number} pid
 * @param {"SIGINT" | "SIGKILL" | 0} signal
 */
const signalled = (pid, signal) => {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
};

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => {});
for await (const line of createInterface({ input: process.stdin })) {
  const pid = Number(line.slice(1));
  running = line.startsWith("+") ? [...running, pid] : running.filter((one) => one !== pid);
}
// In reverse, as the one that started them would have done. PostgreSQL takes SIGINT as: end now, in good order.
for (const pid of running.toReversed()) {
  const deadline = Date.now() + PATIENCE_MS;
  signalled(pid, "SIGINT");
  while (Date.now() < deadline && signalled(pid, 0)) await setTimeout(50);
  signalled(-pid, "SIGKILL");
}
