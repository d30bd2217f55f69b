import { sql } from "drizzle-orm";
import { customType } from "drizzle-orm/pg-core";
import { instant as parseInstant, plainDate as parsePlainDate } from "../../domain/time.ts";
import type { Instant, PlainDate } from "../../domain/time.ts";

/** PostgreSQL writes `2015-02-10 09:00:00.123+09`; the offset may carry minutes. */
const instantOfPostgres = (raw: string): Instant =>
  parseInstant(raw.replace(" ", "T").replace(/([+-]\d{2})$/, "$1:00"));

/** `timestamptz`, read and written as `YYYY-MM-DDTHH:MM:SS+09:00` whatever the session's time zone. */
export const instant = customType<{ data: Instant; driverData: string }>({
  dataType: () => "timestamp with time zone",
  fromDriver: instantOfPostgres,
});

/** `date`, read and written as `YYYY-MM-DD`. */
export const plainDate = customType<{ data: PlainDate; driverData: string }>({
  dataType: () => "date",
  fromDriver: parsePlainDate,
});

/**
 * `jsonb` holding plain JSON of a known shape; JavaScript's null is SQL's NULL. Sent as text: the driver would
 * take a bare boolean or array for PostgreSQL's own.
 */
export const json = <T>(name: string) =>
  customType<{ data: T; driverData: T }>({
    dataType: () => "jsonb",
    toDriver: (value) => sql`${JSON.stringify(value)}::text::jsonb`,
  })(name);
