import { and, asc, desc, eq } from "drizzle-orm";
import type { CycleKey, PersonId, Sha256 } from "../../domain/ids.ts";
import type { Instant } from "../../domain/time.ts";
import type { Db, Tx } from "../client.ts";
import { approvals, cycles, submissions } from "../schema/cycle.ts";

/** 次年度の計画（案）: who wrote it, who has passed it or sent it back. */
export interface NextPlanStanding {
  /** null before it is written, and while it is with its preparers again. */
  readonly plan: Sha256 | null;
  readonly submitted: { readonly by: PersonId; readonly at: Instant } | null;
  readonly approved: { readonly by: PersonId; readonly at: Instant } | null;
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
    .select({ outcome: approvals.outcome, by: approvals.by, at: approvals.at, reason: approvals.reason })
    .from(approvals)
    .where(and(eq(approvals.cycle, cycle), eq(approvals.subject, "next-plan")))
    .orderBy(asc(approvals.id));
  const approved = reviewed.find(({ outcome }) => outcome === "approved");
  return {
    plan,
    submitted: plan === null ? null : (submitted ?? null),
    approved: approved === undefined ? null : { by: approved.by, at: approved.at },
    returns: reviewed
      .filter(({ outcome }) => outcome === "returned")
      .map(({ by, at, reason }) => ({ by, at, reason: reason ?? "" })),
  };
};
