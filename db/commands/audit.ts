import { sql } from "drizzle-orm";
import { leafParts, sealed, type AuditEvent } from "../chain.ts";
import type { Tx } from "../client.ts";

/**
 * Appends to the chain and answers the event's number. Comes last in its transaction, but for what needs the number
 * or nobody's company: from here to the commit nobody else can append. A rolled back transaction leaves no gap.
 * @throws RangeError if the result is not plain JSON
 */
export const appendAudit = async (tx: Tx, event: AuditEvent): Promise<number> => {
  const [reason, result] = [sealed(event.reason), sealed(event.result)];
  const unplaced = {
    ...event,
    reasonSeal: reason?.seal ?? null,
    reasonSalt: reason?.salt ?? null,
    resultSeal: result?.seal ?? null,
    resultSalt: result?.salt ?? null,
  };
  const given = JSON.stringify({ ...unplaced, leaf: leafParts(unplaced) });
  // The driver takes two ways to and fro for a statement with parameters. So the event goes ahead, and the statement that
  // locks the head, hashes and inserts has none; both are sent together. Nothing of it is in a statement's text, which a
  // database may log.
  const [, [placed]] = await Promise.all([
    tx.execute(sql`select set_config('nenrin.event', ${given}, true)`),
    tx.execute<{ readonly sequence: string }>(
      sql`select append_to_record(current_setting('nenrin.event')::json) as sequence`,
    ),
  ]);
  if (placed === undefined) throw new Error("the audit chain has no head: run the migrations");
  return Number(placed.sequence);
};
