import { rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { removePostgresHome } from "./postgres-home.ts";

/** What a service writes into its state folder; programs and caches beside it stay. */
const OWN = ["mail", "logs", "tokens.json", "addresses.json"];
const TEMPORAL = ["temporal.sqlite", "temporal.sqlite-wal", "temporal.sqlite-shm", "temporal.sqlite-journal"];

/** Forgets the year: database, workflows, mails, tokens. No service may run. */
export const removeState = (state: string): void => {
  removePostgresHome(state);
  for (const name of [...OWN, ...TEMPORAL]) rmSync(join(state, name), { recursive: true, force: true });
};

/** Whether the person at the terminal really means it; without a terminal whoever wrote the command does. */
export const isMeant = async (state: string): Promise<boolean> => {
  if (!process.stdin.isTTY) return true;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(
    `This forgets the year in ${state}: answers, reports, mails, all of it. Type "yes" to start over: `,
  );
  terminal.close();
  return answer.trim() === "yes";
};
