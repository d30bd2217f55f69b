import { and, eq, notExists, notInArray, sql, type SQL } from "drizzle-orm";
import type { Instant } from "../../domain/time.ts";
import type { Tx } from "../client.ts";
import { items, rungs } from "../schema/request.ts";

/** One rung of a request's or survey's ladder. */
export interface RungRow {
  /** The request's id, or the survey's. */
  readonly request: string;
  readonly dueAt: Instant;
  readonly name: string;
  readonly position: number;
  readonly at: Instant;
}

const ROWS_A_STATEMENT = 5000;

/** A ladder that stands already stays as it is. */
export const addRungs = async (tx: Tx, rows: readonly RungRow[]): Promise<void> => {
  for (let from = 0; from < rows.length; from += ROWS_A_STATEMENT)
    await tx
      .insert(rungs)
      .values(rows.slice(from, from + ROWS_A_STATEMENT))
      .onConflictDoNothing();
};

/** Of an item that comes to count from a due date: `now` where a ladder counts from it already, else null. */
export const joinedAt = (dueAt: SQL, now: Instant): SQL<Instant | null> => sql<Instant | null>`
  case when exists (
    select 1 from ${rungs} where ${rungs.request} = ${items.request} and ${rungs.dueAt} = ${dueAt})
  then ${now}::text::timestamptz end`;

/** Takes away the request's ladders that no item counts from any more. */
export const dropUnusedRungs = async (tx: Tx, request: string): Promise<void> => {
  const counting = tx
    .select({ one: sql`1` })
    .from(items)
    .where(and(eq(items.request, rungs.request), eq(items.dueAt, rungs.dueAt)));
  await tx.delete(rungs).where(and(eq(rungs.request, request), notExists(counting)));
};

/** Nothing of the request is chased any more. */
export const dropRungs = async (tx: Tx, request: string): Promise<void> => {
  await tx.delete(rungs).where(eq(rungs.request, request));
};

/** A survey has one ladder. */
export const keepOnlyRungs = async (
  tx: Tx,
  { request, dueAt }: Pick<RungRow, "request" | "dueAt">,
): Promise<void> => {
  await tx.delete(rungs).where(and(eq(rungs.request, request), notInArray(rungs.dueAt, [dueAt])));
};

/** Puts ladders up in the place of those that count from the same due dates. */
export const replaceRungs = async (
  tx: Tx,
  ladders: readonly Pick<RungRow, "request" | "dueAt">[],
  rows: readonly RungRow[],
): Promise<void> => {
  const replaced = ladders.map(({ request, dueAt }) => ({ request, due_at: dueAt }));
  await tx.execute(sql`
    delete from ${rungs} using jsonb_to_recordset(${JSON.stringify(replaced)}::text::jsonb)
      as replaced(request text, due_at timestamptz)
    where ${rungs.request} = replaced.request and ${rungs.dueAt} = replaced.due_at`);
  await addRungs(tx, rows);
};
