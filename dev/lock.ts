import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** Another start has the folder. */
export class StateIsTaken extends Error {
  override readonly name = "StateIsTaken";
}

/** Gives back what was taken. */
export type Release = () => void;

/**
 * Takes a file for this process until it is released or the process ends, however it ends: the operating system holds
 * the lock of an open SQLite transaction, so that none is ever left behind. The file stays.
 *
 * @returns null at once if it is taken, also by this process
 */
export const takeFile = (file: string): Release | null => {
  mkdirSync(dirname(file), { recursive: true });
  const lock = new DatabaseSync(file, { timeout: 0 });
  try {
    lock.exec("begin exclusive");
  } catch {
    lock.close();
    return null;
  }
  return () => lock.close();
};

/** Takes a state folder. Throws StateIsTaken at once if another process has it. */
export const takeState = (state: string): Release => {
  const release = takeFile(join(state, "running.lock"));
  if (release === null) throw new StateIsTaken(`Nenrin already runs with the state folder ${state}.`);
  return release;
};
