import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres, { type Sql } from "postgres";

/** A pool of connections. Nothing connects before the first query. */
export type Db = PostgresJsDatabase & { readonly $client: Sql };
/** An open transaction: the first parameter of everything that writes. */
export type Tx = Parameters<Parameters<Db["transaction"]>[0]>[0];

/** A statement, a wait for a lock and a transaction without a statement each end in an error, never in silence. */
const LIMITS_MS = {
  statement_timeout: 30_000,
  lock_timeout: 10_000,
  idle_in_transaction_session_timeout: 60_000,
};

/** Whoever serves people acts in this role: it owns nothing, and of the record it may read and add, nothing else. */
export const SERVICE_ROLE = "nenrin_service";

/**
 * `url` is `postgres://user:password@host:port/database`; `max` is the pool's size; `role` is acted in where it is
 * not the user's own. Sessions run in Asia/Tokyo.
 */
export const makeDb = ({
  url,
  max = 10,
  applicationName,
  role,
}: {
  readonly url: string;
  readonly max?: number;
  readonly applicationName: string;
  readonly role?: typeof SERVICE_ROLE;
}): Db =>
  drizzle({
    client: postgres(url, {
      max,
      connect_timeout: 10,
      onnotice: () => {},
      connection: {
        application_name: applicationName,
        TimeZone: "Asia/Tokyo",
        ...LIMITS_MS,
        ...(role && { role }),
      },
    }),
  });

/** Waits at most 5 s for running queries. */
export const closeDb = (db: Db): Promise<void> => db.$client.end({ timeout: 5 });
