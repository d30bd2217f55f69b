import { asc, eq } from "drizzle-orm";
import { headquartersName } from "../../domain/catalogue.ts";
import type { CycleKey } from "../../domain/ids.ts";
import type { Plan } from "../../domain/plan.ts";
import type { Db, Tx } from "../client.ts";
import { approvals, corrections, decisions } from "../schema/cycle.ts";
import { ladderOf } from "./ladders.ts";

/** Said later about what was recorded, which itself stays as it is. */
export type Correction = Pick<typeof corrections.$inferSelect, "id" | "text" | "reason" | "by" | "at">;

/** 決裁: with both names where a deputy acted, and whether it still counts. */
export type ApprovalRecord = Omit<typeof approvals.$inferSelect, "cycle"> & {
  /** False once it was returned, or another version took its version's place. */
  readonly counts: boolean;
  readonly corrections: readonly Correction[];
};
/** 本部決定, with the deciding body as it was recorded, by its name on that day; null where the plan knew none. */
export type DecisionRecord = Omit<typeof decisions.$inferSelect, "cycle"> & {
  readonly corrections: readonly Correction[];
};
export interface Reviews {
  readonly approvals: readonly ApprovalRecord[];
  readonly decisions: readonly DecisionRecord[];
}

interface Reviewed {
  readonly cycle: CycleKey;
  readonly plan: Plan;
}

/** Ids of the approvals that stand: those of the present round of what was submitted last. */
const standing = async (
  db: Db | Tx,
  { cycle, plan }: Reviewed,
  given: readonly (typeof approvals.$inferSelect)[],
): Promise<ReadonlySet<number>> => {
  const ids = await Promise.all(
    (["policy", "report"] as const).map(async (subject) => {
      const ladder = await ladderOf(db, { cycle, subject, steps: plan.approvals[subject] });
      if (ladder === null || ladder.passed === 0) return [];
      return given
        .filter((one) => one.subject === subject && one.hash === ladder.hash && one.outcome === "approved")
        .slice(-ladder.passed)
        .map(({ id }) => id);
    }),
  );
  // The approval of the next year's plan is the year's last act: nothing comes after it.
  const last = given.filter((one) => one.subject === "next-plan" && one.outcome === "approved");
  return new Set([...ids.flat(), ...last.map(({ id }) => id)]);
};

/** Every approval, return and decision of a cycle in the order in which they were recorded, with what corrects them. */
export const reviewsOf = async (db: Db | Tx, reviewed: Reviewed): Promise<Reviews> => {
  const { cycle } = reviewed;
  const given = await db
    .select()
    .from(approvals)
    .where(eq(approvals.cycle, cycle))
    .orderBy(asc(approvals.id));
  const decided = await db
    .select()
    .from(decisions)
    .where(eq(decisions.cycle, cycle))
    .orderBy(asc(decisions.id));
  const said = await db
    .select()
    .from(corrections)
    .where(eq(corrections.cycle, cycle))
    .orderBy(asc(corrections.id));
  const counting = await standing(db, reviewed, given);
  const about = (of: "approval" | "decision", id: number): readonly Correction[] =>
    said
      .filter((one) => one.of === of && one.corrects === id)
      .map(({ cycle: _cycle, of: _of, corrects: _corrects, ...correction }) => correction);
  return {
    approvals: given.map(({ cycle: _cycle, ...approval }) => ({
      ...approval,
      counts: counting.has(approval.id),
      corrections: about("approval", approval.id),
    })),
    decisions: decided.map(({ cycle: _cycle, ...decision }) => ({
      ...decision,
      body: decision.body ?? headquartersName(reviewed.plan, decision.heldOn) ?? null,
      corrections: about("decision", decision.id),
    })),
  };
};
