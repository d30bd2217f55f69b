import type { Db, Tx } from "../db/client.ts";
import { flagStuck, type StuckMails } from "../db/commands/stuck-mail.ts";
import type { Instant } from "../domain/time.ts";

export interface StuckDeps {
  readonly db: Db;
  /** Wall clock. */
  readonly clock: () => Instant;
  /** Queues the notice, in the transaction that marks the mails. */
  readonly tellOfStuck: (tx: Tx, stuck: StuckMails) => Promise<void>;
}

/** Marks the mails without progress; the secretariat hears of it once until mail moves again. */
export const markStuck = ({ db, clock, tellOfStuck }: StuckDeps): Promise<void> =>
  db.transaction(async (tx) => {
    for (const stuck of await flagStuck(tx, clock())) await tellOfStuck(tx, stuck);
  });
