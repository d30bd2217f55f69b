import { sql } from "drizzle-orm";
import type { Db } from "../client.ts";

/** Throws if the database does not answer. */
export const askDatabase = async (db: Db): Promise<void> => {
  await db.execute(sql`select 1`);
};

/** Names of the migrations this database has seen. */
export const appliedMigrations = async (db: Db): Promise<readonly string[]> => {
  const rows = await db.execute<{ name: string }>(sql`select name from drizzle.__drizzle_migrations`);
  return rows.map(({ name }) => name);
};
