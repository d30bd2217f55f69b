import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** Another start has the folder. */
export class StateIsTaken extends Error {
  override readonly name = "StateIsTaken";
}

/**
 * Takes a state folder for this process until the answered function is called or the process ends, however it ends:
 * the operating system holds the lock of an open SQLite transaction, so that none is ever left behind.
 *
 * @throws StateIsTaken at once if another process has it
 */
export const takeState = (state: string): (() => void) => {
  mkdirSync(state, { recursive: true });
  const lock = new DatabaseSync(join(state, "running.lock"), { timeout: 0 });
  try {
    lock.exec("begin exclusive");
  } catch (error) {
    lock.close();
    throw new StateIsTaken(`Nenrin already runs with the state folder ${state}.`, { cause: error });
  }
  return () => lock.close();
};
