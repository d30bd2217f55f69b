import { and, desc, eq, sql } from "drizzle-orm";
import type { FollowUp } from "../../domain/acts.ts";
import type { Stage } from "../../domain/cycle.ts";
import type { CycleKey, FiscalYear, Sha256 } from "../../domain/ids.ts";
import type { Instant } from "../../domain/time.ts";
import type { Tx } from "../client.ts";
import { cycles, findings, processes, stageEntries } from "../schema/cycle.ts";
import type { Made } from "./records.ts";

/** A cycle begins in its first stage. */
export const openCycle = async (
  tx: Tx,
  { cycle, now }: Made,
  { year, plan, stepped }: { readonly year: FiscalYear; readonly plan: Sha256; readonly stepped: boolean },
): Promise<void> => {
  await tx
    .insert(cycles)
    .values({ key: cycle, year, plan, stage: "policy", stepped, now, openedAt: now })
    .onConflictDoNothing();
  await enterStage(tx, { cycle, now }, "policy");
};

/** Entering the stage one is in is no entry. */
export const enterStage = async (
  tx: Tx,
  { cycle, now }: Pick<Made, "cycle" | "now">,
  stage: Stage,
): Promise<void> => {
  const [last] = await tx
    .select({ stage: stageEntries.stage })
    .from(stageEntries)
    .where(eq(stageEntries.cycle, cycle))
    .orderBy(desc(stageEntries.id))
    .limit(1);
  if (last?.stage === stage) return;
  await tx.insert(stageEntries).values({ cycle, stage, enteredAt: now });
  await tx.update(cycles).set({ stage }).where(eq(cycles.key, cycle));
};

/** A stepped clock never goes back. */
export const moveClock = async (tx: Tx, { cycle }: Made, to: Instant): Promise<void> => {
  await tx
    .update(cycles)
    .set({ now: sql`greatest(${cycles.now}, ${to})` })
    .where(eq(cycles.key, cycle));
};

export const replacePlan = async (tx: Tx, { cycle }: Made, plan: Sha256): Promise<void> => {
  await tx.update(cycles).set({ plan }).where(eq(cycles.key, cycle));
};

export const keepNextPlan = async (tx: Tx, { cycle }: Made, nextPlan: Sha256 | null): Promise<void> => {
  await tx.update(cycles).set({ nextPlan }).where(eq(cycles.key, cycle));
};

export const closeProcess = async (tx: Tx, workflow: string): Promise<void> => {
  await tx.update(processes).set({ isOpen: false }).where(eq(processes.workflow, workflow));
};

const PROCESSES_A_STATEMENT = 5000;

/** One that has ended stays ended: a workflow id is used once. */
export const openProcesses = async (
  tx: Tx,
  { cycle, workflows }: { readonly cycle: CycleKey; readonly workflows: readonly string[] },
): Promise<void> => {
  for (let from = 0; from < workflows.length; from += PROCESSES_A_STATEMENT)
    await tx
      .insert(processes)
      .values(
        workflows
          .slice(from, from + PROCESSES_A_STATEMENT)
          .map((workflow) => ({ workflow, cycle, isOpen: true })),
      )
      .onConflictDoNothing();
};

export interface CarriedFinding {
  readonly finding: string;
  readonly into: "next" | "dropped";
  readonly followUp: FollowUp | null;
  readonly target: string | null;
}
export const carryFinding = async (
  tx: Tx,
  { cycle, reason }: Made,
  { finding, into, followUp, target }: CarriedFinding,
): Promise<void> => {
  await tx
    .update(findings)
    .set({ into, reason, followUp, target })
    .where(and(eq(findings.cycle, cycle), eq(findings.id, finding)));
};
