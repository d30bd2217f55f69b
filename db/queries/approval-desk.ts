import { and, asc, desc, eq } from "drizzle-orm";
import type { CycleKey, PersonId, Sha256 } from "../../domain/ids.ts";
import type { Db, Tx } from "../client.ts";
import { approvals, decisions, submissions } from "../schema/cycle.ts";
import { edits, versions } from "../schema/report.ts";

interface About {
  readonly cycle: CycleKey;
  readonly subject: "policy" | "report";
}
export type Submission = Pick<typeof submissions.$inferSelect, "hash" | "by" | "at">;
export type Review = Pick<
  typeof approvals.$inferSelect,
  "hash" | "outcome" | "by" | "standsInFor" | "reason" | "at"
>;
export type Decision = Pick<
  typeof decisions.$inferSelect,
  "hash" | "outcome" | "meeting" | "heldOn" | "reason" | "mark"
>;

/** What an approver has to know: what was submitted by whom, what others said of it, what was decided. Oldest first. */
export const approvalHistory = async (
  db: Db | Tx,
  { cycle, subject }: About,
): Promise<{
  readonly submissions: readonly Submission[];
  readonly reviews: readonly Review[];
  readonly decision: Decision | null;
}> => {
  const { hash, by, at } = submissions;
  const submitted = db
    .select({ hash, by, at })
    .from(submissions)
    .where(and(eq(submissions.cycle, cycle), eq(submissions.subject, subject)))
    .orderBy(asc(submissions.id));
  const reviewed = db
    .select({
      hash: approvals.hash,
      outcome: approvals.outcome,
      by: approvals.by,
      standsInFor: approvals.standsInFor,
      reason: approvals.reason,
      at: approvals.at,
    })
    .from(approvals)
    .where(and(eq(approvals.cycle, cycle), eq(approvals.subject, subject)))
    .orderBy(asc(approvals.id));
  const last = db
    .select({
      hash: decisions.hash,
      outcome: decisions.outcome,
      meeting: decisions.meeting,
      heldOn: decisions.heldOn,
      reason: decisions.reason,
      mark: decisions.mark,
    })
    .from(decisions)
    .where(and(eq(decisions.cycle, cycle), eq(decisions.subject, subject)))
    .orderBy(desc(decisions.id))
    .limit(1);
  const [submissionRows, reviewRows, [decided]] = await Promise.all([submitted, reviewed, last]);
  return { submissions: submissionRows, reviews: reviewRows, decision: decided ?? null };
};

/** Everyone who had a hand in what was submitted: who submitted it, and of the report whoever compiled or edited it. */
export const contributorsTo = async (
  db: Db | Tx,
  { cycle, subject, hash }: About & { readonly hash: Sha256 },
): Promise<readonly PersonId[]> => {
  const of = (table: typeof submissions | typeof versions) =>
    and(eq(table.cycle, cycle), eq(table.hash, hash));
  const found = await db
    .select({ by: submissions.by })
    .from(submissions)
    .where(and(of(submissions), eq(submissions.subject, subject)));
  if (subject === "policy") return found.map(({ by }) => by);
  const made = await db.select({ by: versions.by }).from(versions).where(of(versions));
  const edited = await db.selectDistinct({ by: edits.by }).from(edits).where(eq(edits.cycle, cycle));
  return [...found, ...made, ...edited].map(({ by }) => by);
};
