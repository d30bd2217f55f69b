import { and, asc, eq } from "drizzle-orm";
import type { CycleKey, Sha256 } from "../../domain/ids.ts";
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

export const isVersion = async (
  db: Db | Tx,
  { cycle, hash }: { readonly cycle: CycleKey; readonly hash: Sha256 },
): Promise<boolean> => {
  const found = await db
    .select({ number: versions.number })
    .from(versions)
    .where(and(eq(versions.cycle, cycle), eq(versions.hash, hash)))
    .limit(1);
  return found.length > 0;
};
