import { sql } from "drizzle-orm";
import { leafParts, sealed, type AuditEvent } from "../chain.ts";
import type { Tx } from "../client.ts";

/** Base64 has nothing in it that could end a literal of SQL. */
const literal = (value: object): string =>
  `convert_from(decode('${Buffer.from(JSON.stringify(value)).toString("base64")}', 'base64'), 'UTF8')::json`;

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
  const given = literal({ ...unplaced, leaf: leafParts(unplaced) });
  // The database takes the place, hashes and inserts at once. As a parameter the event would be described on one way to
  // and fro and sent on a second, with the head locked.
  const [placed] = await tx.execute<{ readonly sequence: string }>(
    sql.raw(`select append_to_record(${given}) as sequence`),
  );
  if (placed === undefined) throw new Error("the audit chain has no head: run the migrations");
  return Number(placed.sequence);
};
