import { desc, eq, sql } from "drizzle-orm";
import type { PersonId, Sha256 } from "../../domain/ids.ts";
import type { Instant } from "../../domain/time.ts";
import type { Db, Tx } from "../client.ts";
import { contents } from "../schema/content.ts";

export interface PlanEntry {
  readonly hash: Sha256;
  readonly year: number;
  readonly title: string;
  /** When it was stored first; wall clock. */
  readonly storedAt: Instant;
  readonly storedBy: PersonId;
}

/** Every plan once, however often it was stored; the newest first. */
export const plansOf = async (db: Db | Tx): Promise<PlanEntry[]> => {
  const first = db
    .selectDistinctOn([contents.hash], {
      hash: contents.hash,
      year: sql`(${contents.body} ->> 'year')::int`.mapWith(Number).as("year"),
      title: sql<string>`${contents.body} ->> 'title'`.as("title"),
      storedAt: contents.storedAt,
      storedBy: contents.storedBy,
    })
    .from(contents)
    .where(eq(contents.kind, "plan"))
    .orderBy(contents.hash, contents.storedAt)
    .as("first");
  return db.select().from(first).orderBy(desc(first.storedAt));
};
