import { asc, eq } from "drizzle-orm";
import type { CycleKey } from "../../domain/ids.ts";
import type { Db, Tx } from "../client.ts";
import { progress } from "../schema/progress.ts";

export type Progress = Omit<typeof progress.$inferSelect, "cycle">;

/** How far each work for the cycle has come, also those that have ended. */
export const progressOf = async (db: Db | Tx, cycle: CycleKey): Promise<Progress[]> => {
  const rows = await db.select().from(progress).where(eq(progress.cycle, cycle)).orderBy(asc(progress.work));
  return rows.map(({ cycle: _cycle, ...come }) => come);
};
