import { and, asc, eq } from "drizzle-orm";
import type { CarriedFinding } from "../../domain/carry-over.ts";
import type { CycleKey } from "../../domain/ids.ts";
import type { Db, Tx } from "../client.ts";
import { findings } from "../schema/cycle.ts";

/** A finding with what was decided on it; `into` is null while nothing is. */
export type DecidedFinding = Pick<
  typeof findings.$inferSelect,
  "id" | "cause" | "origin" | "note" | "into" | "reason" | "followUp" | "target"
>;

/** In the order in which the year left them open; empty before the stage begins. */
export const findingsOf = (db: Db | Tx, cycle: CycleKey): Promise<DecidedFinding[]> => {
  const { id, cause, origin, note, into, reason, followUp, target } = findings;
  return db
    .select({ id, cause, origin, note, into, reason, followUp, target })
    .from(findings)
    .where(eq(findings.cycle, cycle))
    .orderBy(asc(findings.sequence));
};

/** Those that go into the next plan, in that order. */
export const carriedFindings = async (db: Db | Tx, cycle: CycleKey): Promise<CarriedFinding[]> => {
  const { id, cause, origin, note, into, reason, followUp, target } = findings;
  const rows = await db
    .select({ id, cause, origin, note, reason, followUp, target })
    .from(findings)
    .where(and(eq(findings.cycle, cycle), eq(into, "next")))
    .orderBy(asc(findings.sequence));
  return rows.map((row) => ({ ...row, followUp: row.followUp ?? "continue" }));
};
