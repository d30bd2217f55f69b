import { and, asc, eq } from "drizzle-orm";
import type { Finding } from "../../domain/carry-over.ts";
import type { CycleKey } from "../../domain/ids.ts";
import type { Db, Tx } from "../client.ts";
import { findings } from "../schema/cycle.ts";

/** A finding with what was decided on it; `into` is null while nothing is. */
export type DecidedFinding = Pick<
  typeof findings.$inferSelect,
  "id" | "cause" | "origin" | "note" | "into" | "reason"
>;

/** In the order in which the year left them open; empty before the stage begins. */
export const findingsOf = (db: Db | Tx, cycle: CycleKey): Promise<DecidedFinding[]> => {
  const { id, cause, origin, note, into, reason } = findings;
  return db
    .select({ id, cause, origin, note, into, reason })
    .from(findings)
    .where(eq(findings.cycle, cycle))
    .orderBy(asc(findings.sequence));
};

/** Those that go into the next plan, in that order. */
export const carriedFindings = (db: Db | Tx, cycle: CycleKey): Promise<Finding[]> => {
  const { id, cause, origin, note, into } = findings;
  return db
    .select({ id, cause, origin, note })
    .from(findings)
    .where(and(eq(findings.cycle, cycle), eq(into, "next")))
    .orderBy(asc(findings.sequence));
};
