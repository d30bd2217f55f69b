import type { Instant } from "../../domain/time.ts";
import type { Db, Tx } from "../client.ts";
import type { Checkpoint } from "../queries/checkpoints.ts";
import { checkpoints, witnessed } from "../schema/audit.ts";

/** True for the one caller whose signature of that head counts. */
export const addCheckpoint = async (tx: Tx, checkpoint: Checkpoint): Promise<boolean> =>
  (await tx.insert(checkpoints).values(checkpoint).onConflictDoNothing().returning()).length === 1;

/** The witness has taken that head; `at` is wall clock. Taken twice is taken once. */
export const markWitnessed = async (
  db: Db,
  { witness, size, at }: { readonly witness: string; readonly size: number; readonly at: Instant },
): Promise<void> => {
  await db.insert(witnessed).values({ witness, size, at }).onConflictDoNothing();
};
