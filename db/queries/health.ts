import { sql } from "drizzle-orm";
import type { Db } from "../client.ts";

/** Throws if the database does not answer. */
export const askDatabase = async (db: Db): Promise<void> => {
  await db.execute(sql`select 1`);
};
