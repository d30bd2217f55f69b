import { asc, eq } from "drizzle-orm";
import type { CycleKey } from "../../domain/ids.ts";
import type { Db, Tx } from "../client.ts";
import { versions } from "../schema/report.ts";

/** 原案: one compiled version; its document is the content of kind `version` with that hash. */
export type ReportVersion = Pick<typeof versions.$inferSelect, "number" | "hash" | "by" | "at">;

/** Oldest first. */
export const versionsOf = (db: Db | Tx, cycle: CycleKey): Promise<ReportVersion[]> => {
  const { number, hash, by, at } = versions;
  return db
    .select({ number, hash, by, at })
    .from(versions)
    .where(eq(versions.cycle, cycle))
    .orderBy(asc(versions.number));
};
