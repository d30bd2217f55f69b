import type { Db } from "../client.ts";
import type { Checkpoint } from "../queries/checkpoints.ts";
import { checkpoints } from "../schema/audit.ts";

/** True for the one caller whose signature of that head counts. */
export const addCheckpoint = async (db: Db, checkpoint: Checkpoint): Promise<boolean> =>
  (await db.insert(checkpoints).values(checkpoint).onConflictDoNothing().returning()).length === 1;
