import { and, asc, desc, eq } from "drizzle-orm";
import type { Ladder } from "../../domain/approval.ts";
import type { CycleKey } from "../../domain/ids.ts";
import type { ApprovalStep } from "../../domain/plan.ts";
import type { Db, Tx } from "../client.ts";
import { approvals, decisions, submissions } from "../schema/cycle.ts";

/** Steps passed in the present round. A round that reached its end is over once the headquarters sent it back. */
const passedSteps = (
  outcomes: readonly ("approved" | "returned")[],
  { steps, sentBack }: { readonly steps: number; readonly sentBack: number },
): number => {
  let passed = 0;
  let whole = 0;
  for (const outcome of outcomes) {
    const before = passed === steps ? 0 : passed;
    passed = outcome === "returned" ? 0 : before + 1;
    if (passed === steps) whole += 1;
  }
  return passed === steps && whole <= sentBack ? 0 : passed;
};

/**
 * Where the last submitted version stands on its way up; null while none is with the approvers or the headquarters.
 * Counted, not compared by time: on a stepped clock a version can be submitted, returned and submitted again at once.
 */
export const ladderOf = async (
  db: Db | Tx,
  {
    cycle,
    subject,
    steps,
  }: {
    readonly cycle: CycleKey;
    readonly subject: "policy" | "report";
    readonly steps: readonly ApprovalStep[];
  },
): Promise<Ladder | null> => {
  const submitted = await db
    .select({ hash: submissions.hash })
    .from(submissions)
    .where(and(eq(submissions.cycle, cycle), eq(submissions.subject, subject)))
    .orderBy(desc(submissions.id));
  const hash = submitted[0]?.hash;
  if (hash === undefined) return null;
  const reviewed = await db
    .select({ outcome: approvals.outcome })
    .from(approvals)
    .where(and(eq(approvals.cycle, cycle), eq(approvals.subject, subject), eq(approvals.hash, hash)))
    .orderBy(asc(approvals.id));
  const sentBack = await db
    .select({ id: decisions.id })
    .from(decisions)
    .where(and(eq(decisions.cycle, cycle), eq(decisions.hash, hash), eq(decisions.outcome, "returned")));
  const returned = reviewed.filter(({ outcome }) => outcome === "returned").length + sentBack.length;
  if (submitted.filter((one) => one.hash === hash).length <= returned) return null;
  const outcomes = reviewed.map(({ outcome }) => outcome);
  return { hash, steps, passed: passedSteps(outcomes, { steps: steps.length, sentBack: sentBack.length }) };
};
