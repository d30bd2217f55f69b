import { and, desc, eq } from "drizzle-orm";
import { turnOf, type Ladder } from "../../domain/approval.ts";
import type { RecordMark } from "../../domain/checkpoint.ts";
import type { CycleKey, PersonId } from "../../domain/ids.ts";
import type { ApprovalStep } from "../../domain/plan.ts";
import type { Instant } from "../../domain/time.ts";
import type { Db, Tx } from "../client.ts";
import { approvals, submissions } from "../schema/cycle.ts";
import { ladderOf } from "./ladders.ts";

interface About {
  readonly cycle: CycleKey;
  readonly subject: "policy" | "report";
  readonly steps: readonly ApprovalStep[];
}

/** One step of the plan's ladder; `by` is the deputy where one stood in. */
export interface PassedStep {
  readonly title: string;
  readonly person: PersonId;
  readonly by: PersonId | null;
  readonly approvedAt: Instant | null;
  /** The record's last signed head when it was approved. */
  readonly mark: RecordMark | null;
}

/** 決裁 as people look at it. Nothing is passed while nothing is submitted. */
export interface ApprovalStanding {
  readonly hash: Ladder["hash"] | null;
  /** Whose turn it is; null before a submission and once all have approved. */
  readonly turn: PersonId | null;
  readonly steps: readonly PassedStep[];
}

export const approvalStanding = async (db: Db | Tx, about: About): Promise<ApprovalStanding> => {
  const ladder = await ladderOf(db, about);
  const passed =
    ladder === null
      ? []
      : await db
          .select({ by: approvals.by, at: approvals.at, mark: approvals.mark })
          .from(approvals)
          .where(
            and(
              eq(approvals.cycle, about.cycle),
              eq(approvals.subject, about.subject),
              eq(approvals.hash, ladder.hash),
              eq(approvals.outcome, "approved"),
            ),
          )
          .orderBy(desc(approvals.id))
          .limit(ladder.passed);
  const inOrder = passed.toReversed();
  return {
    hash: ladder?.hash ?? null,
    turn: (ladder && turnOf(ladder)?.person) ?? null,
    steps: about.steps.map(({ title, person }, n) => ({
      title,
      person,
      by: inOrder[n]?.by ?? null,
      approvedAt: inOrder[n]?.at ?? null,
      mark: inOrder[n]?.mark ?? null,
    })),
  };
};

/** Content id of what was submitted last, whatever became of it. */
export const lastSubmitted = async (
  db: Db | Tx,
  { cycle, subject }: Omit<About, "steps">,
): Promise<string | null> => {
  const [last] = await db
    .select({ content: submissions.content })
    .from(submissions)
    .where(and(eq(submissions.cycle, cycle), eq(submissions.subject, subject)))
    .orderBy(desc(submissions.id))
    .limit(1);
  return last?.content ?? null;
};
