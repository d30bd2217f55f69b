import { sql } from "drizzle-orm";
import { hashOf, sealed, type AuditEvent } from "../chain.ts";
import type { Tx } from "../client.ts";
import { auditEvents, auditHead } from "../schema/audit.ts";

/** Also waits until no one else is appending: the row stays locked to the end of the transaction. */
const takeNextPlace = async (tx: Tx) => {
  const [place] = await tx
    .update(auditHead)
    .set({
      sequence: sql`${auditHead.sequence} + 1`,
      recordedAt: sql`greatest(${auditHead.recordedAt}, clock_timestamp())`,
    })
    .returning({
      sequence: auditHead.sequence,
      prev: auditHead.self,
      recordedAt: auditHead.recordedAt,
    });
  if (place === undefined) throw new Error("the audit chain has no head: run the migrations");
  return place;
};

/**
 * Appends to the chain and answers the event's number. Comes last in its transaction, but for what needs the number
 * or nobody's company: from here to the commit nobody else can append. A rolled back transaction leaves no gap.
 * @throws RangeError if the result is not plain JSON
 */
export const appendAudit = async (tx: Tx, event: AuditEvent): Promise<number> => {
  const [reason, result] = [sealed(event.reason), sealed(event.result)];
  const seals = {
    reasonSeal: reason?.seal ?? null,
    reasonSalt: reason?.salt ?? null,
    resultSeal: result?.seal ?? null,
    resultSalt: result?.salt ?? null,
  };
  const chained = { ...event, ...seals, ...(await takeNextPlace(tx)) };
  const self = hashOf(chained);
  // Sent together: the fewer ways to and fro, the sooner the next may append.
  await Promise.all([
    tx.insert(auditEvents).values({ ...chained, self }),
    tx.update(auditHead).set({ self }),
  ]);
  return chained.sequence;
};
