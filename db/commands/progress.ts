import { sql } from "drizzle-orm";
import type { CycleKey } from "../../domain/ids.ts";
import type { Instant } from "../../domain/time.ts";
import type { Db } from "../client.ts";
import { progress } from "../schema/progress.ts";

/** How far a work has come. */
export interface Come {
  readonly cycle: CycleKey;
  readonly work: "compile" | "publish";
  readonly done: number;
  readonly total: number;
  readonly step: string;
  /** Wall clock. */
  readonly at: Instant;
}

/** A work that is begun anew starts at nothing; its last step ends it. */
export const keepProgress = async (db: Db, { at, ...come }: Come): Promise<void> => {
  const endedAt = come.done === come.total ? at : null;
  const { done, total, step } = come;
  await db
    .insert(progress)
    .values({ ...come, startedAt: at, endedAt })
    .onConflictDoUpdate({
      target: [progress.cycle, progress.work],
      set: {
        done,
        total,
        step,
        endedAt,
        startedAt: sql`case when excluded.done = 0 then excluded.started_at else ${progress.startedAt} end`,
      },
    });
};
