import { and, asc, desc, eq, inArray } from "drizzle-orm";
import type { RecordMark } from "../../domain/checkpoint.ts";
import type { CycleKey, PersonId, Sha256 } from "../../domain/ids.ts";
import type { Instant } from "../../domain/time.ts";
import type { Db, Tx } from "../client.ts";
import { acts } from "../schema/acts.ts";
import { approvals, cycles, submissions } from "../schema/cycle.ts";
import { storedBy } from "./content.ts";

/** 次年度の計画（案）: who wrote it, who has passed it or sent it back. */
export interface NextPlanStanding {
  /** null before it is written, and while it is with its preparers again. */
  readonly plan: Sha256 | null;
  readonly submitted: { readonly by: PersonId; readonly at: Instant } | null;
  readonly approved: {
    readonly by: PersonId;
    readonly at: Instant;
    /** The record's last signed head when it was approved. */
    readonly mark: RecordMark | null;
  } | null;
  /** The version that was returned last, where it is another one. */
  readonly returned: Sha256 | null;
  /** Oldest first. */
  readonly returns: readonly { readonly by: PersonId; readonly at: Instant; readonly reason: string }[];
}

export const nextPlanStanding = async (db: Db | Tx, cycle: CycleKey): Promise<NextPlanStanding> => {
  const [row] = await db.select({ plan: cycles.nextPlan }).from(cycles).where(eq(cycles.key, cycle));
  const plan = row?.plan ?? null;
  const [submitted] = await db
    .select({ by: submissions.by, at: submissions.at })
    .from(submissions)
    .where(and(eq(submissions.cycle, cycle), eq(submissions.subject, "next-plan")))
    .orderBy(desc(submissions.id))
    .limit(1);
  const reviewed = await db
    .select({
      hash: approvals.hash,
      outcome: approvals.outcome,
      by: approvals.by,
      at: approvals.at,
      reason: approvals.reason,
      mark: approvals.mark,
    })
    .from(approvals)
    .where(and(eq(approvals.cycle, cycle), eq(approvals.subject, "next-plan")))
    .orderBy(asc(approvals.id));
  const approved = reviewed.find(({ outcome }) => outcome === "approved");
  return {
    plan,
    submitted: plan === null ? null : (submitted ?? null),
    approved: approved === undefined ? null : { by: approved.by, at: approved.at, mark: approved.mark },
    returned: reviewed.findLast(({ hash, outcome }) => outcome === "returned" && hash !== plan)?.hash ?? null,
    returns: reviewed
      .filter(({ outcome }) => outcome === "returned")
      .map(({ by, at, reason }) => ({ by, at, reason: reason ?? "" })),
  };
};

/** Who carried the findings or wrote the plan that waits; null while none does. */
export const nextPlanBy = async (db: Db | Tx, cycle: CycleKey): Promise<readonly PersonId[] | null> => {
  const [row] = await db
    .select({ plan: cycles.nextPlan, stage: cycles.stage })
    .from(cycles)
    .where(eq(cycles.key, cycle));
  if (row?.stage !== "carry-over" || row.plan === null) return null;
  const made = await db
    .selectDistinct({ person: acts.person })
    .from(acts)
    .where(
      and(
        eq(acts.cycle, cycle),
        eq(acts.state, "done"),
        inArray(acts.name, ["cycle.carry", "cycle.write-next-plan"]),
      ),
    );
  return [...new Set([...made.map(({ person }) => person), ...(await storedBy(db, row.plan))])];
};
