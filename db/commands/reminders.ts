import { sql } from "drizzle-orm";
import type { PersonId, Sha256 } from "../../domain/ids.ts";
import type { Instant } from "../../domain/time.ts";
import type { Tx } from "../client.ts";
import { reminders } from "../schema/request.ts";

/** That a rung has been sent to a person for an item: each once for a due date. */
export interface Reminder {
  readonly item: string;
  readonly rung: string;
  readonly dueAt: Instant;
  readonly person: PersonId;
  readonly mail: Sha256;
}

/** One statement, however many. @throws if one of them has been sent before: then nothing of it may be sent */
export const addReminders = async (tx: Tx, at: Instant, sent: readonly Reminder[]): Promise<void> => {
  await tx.execute(sql`
    insert into ${reminders} (item, rung, due_at, person, at, mail)
    select item, rung, "dueAt", person, ${at}::text::timestamptz, mail
    from jsonb_to_recordset(${JSON.stringify(sent)}::text::jsonb)
      as sent(item text, rung text, "dueAt" timestamptz, person text, mail text)`);
};
