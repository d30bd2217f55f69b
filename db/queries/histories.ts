import { and, asc, eq, like, notExists, or, sql } from "drizzle-orm";
import type { CycleKey } from "../../domain/ids.ts";
import type { Db, Tx } from "../client.ts";
import { histories } from "../schema/audit.ts";
import { processes } from "../schema/cycle.ts";

/** A workflow of a cycle. */
export interface Process {
  readonly workflow: string;
  readonly cycle: CycleKey;
}

const process = { workflow: processes.workflow, cycle: processes.cycle };

const hasNoEnd = (db: Db) =>
  notExists(
    db
      .select({ one: sql`1` })
      .from(histories)
      .where(and(eq(histories.workflow, processes.workflow), eq(histories.isLast, true))),
  );

/** Workflows that have ended and whose history is not kept to its end. */
export const unkeptProcesses = (db: Db): Promise<Process[]> =>
  db
    .select(process)
    .from(processes)
    .where(and(eq(processes.isOpen, false), hasNoEnd(db)))
    .orderBy(asc(processes.workflow));

/** Workflows that go on in another run from time to time: what they leave behind can be kept before they end. */
export const renewedProcesses = (db: Db): Promise<Process[]> =>
  db
    .select(process)
    .from(processes)
    .where(and(or(eq(processes.isOpen, true), hasNoEnd(db)), like(processes.workflow, "chase-%")))
    .orderBy(asc(processes.workflow));

/** Runs of the workflow that are kept already. */
export const keptRuns = async (db: Db, workflow: string): Promise<ReadonlySet<string>> =>
  new Set(
    (await db.select({ run: histories.run }).from(histories).where(eq(histories.workflow, workflow))).map(
      ({ run }) => run,
    ),
  );

export type KeptHistory = typeof histories.$inferSelect;

/** Every kept history of the cycle, by workflow and in the order of their runs. */
export const historiesOf = (db: Db | Tx, cycle: CycleKey): Promise<KeptHistory[]> =>
  db
    .select()
    .from(histories)
    .where(eq(histories.cycle, cycle))
    .orderBy(asc(histories.workflow), asc(histories.startedAt), asc(histories.isLast));

/** Every workflow the cycle has had. */
export const processesOf = async (db: Db, cycle: CycleKey): Promise<readonly string[]> =>
  (
    await db
      .select({ workflow: processes.workflow })
      .from(processes)
      .where(eq(processes.cycle, cycle))
      .orderBy(asc(processes.workflow))
  ).map(({ workflow }) => workflow);
