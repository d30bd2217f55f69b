import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { migrate as runMigrations } from "drizzle-orm/postgres-js/migrator";
import { readConfig } from "../config.ts";
import { closeDb, makeDb } from "./client.ts";

const migrationsFolder = fileURLToPath(new URL("./migrations", import.meta.url));

/** Any number, as long as every version of Nenrin uses the same. */
const MIGRATION_LOCK = 2_014_021_000;

/** Brings the database to this version. Several may call it at once: one works, the others wait for it. */
export const migrate = async (databaseUrl: string): Promise<void> => {
  const db = makeDb({ url: databaseUrl, max: 1, applicationName: "nenrin-migrate" });
  try {
    await db.execute(sql`set statement_timeout = 0`);
    await db.execute(sql`set lock_timeout = 0`);
    await db.execute(sql`select pg_advisory_lock(${MIGRATION_LOCK})`);
    await runMigrations(db, { migrationsFolder });
  } finally {
    await closeDb(db);
  }
};

// `node db/migrate.ts`: what a release does before anything else of it runs.
if (import.meta.main) await migrate(readConfig().databaseUrl);
