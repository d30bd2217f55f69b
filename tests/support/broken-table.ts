import { sql } from "drizzle-orm";
import type { Db } from "../../db/client.ts";

/** How a transaction dies at a table: by an error of its own, or with its server process. */
export const deaths = ["raise exception 'broken'", "perform pg_terminate_backend(pg_backend_pid())"] as const;
/** What its caller is told. */
export const DIED = /Failed query|terminat|CONNECTION/i;

/** Whoever writes a row of the table dies of it, until it is mended. */
export const breakAt = async (db: Db, table: string, how: string): Promise<void> => {
  await db.execute(
    sql.raw(
      `create or replace function broken() returns trigger language plpgsql as $$ begin ${how}; return new; end $$`,
    ),
  );
  await db.execute(
    sql.raw(
      `create trigger broken after insert or update on ${table} for each row execute function broken()`,
    ),
  );
};
export const mend = (db: Db, table: string) => db.execute(sql.raw(`drop trigger broken on ${table}`));

/** All that the tables hold, for comparison. */
export const everythingIn = async (db: Db, tables: readonly string[]): Promise<unknown> => {
  const held: Record<string, unknown> = {};
  for (const table of tables)
    held[table] = [
      ...(await db.execute(sql.raw(`select md5(string_agg(t::text, '|' order by t::text)) from ${table} t`))),
    ];
  return held;
};
