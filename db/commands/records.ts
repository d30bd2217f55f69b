import { eq } from "drizzle-orm";
import type { RecordMark } from "../../domain/checkpoint.ts";
import type { CycleKey, PersonId } from "../../domain/ids.ts";
import type { Instant } from "../../domain/time.ts";
import type { Tx } from "../client.ts";
import { records } from "../schema/acts.ts";

/** What all rows of one record have in common. */
export interface Made {
  readonly cycle: CycleKey;
  /** The cycle's now. */
  readonly now: Instant;
  /** Who acted; `nenrin` where the clock or another workflow is the cause. */
  readonly by: PersonId;
  readonly reason: string | null;
  /** The record's last signed head: only where an approval or a decision is to carry it. */
  readonly mark?: RecordMark | null;
}

/** The only cast: under a key stands what the work of that key answered. */
const resultOf = <Result>(stored: unknown): Result => stored as Result;

/**
 * Does the work under the key once and keeps its answer, plain JSON, in the same transaction. Whoever comes later is
 * answered the same without any work; whoever comes at the same time waits for the first to commit or fail.
 */
export const once = async <Result extends object>(
  tx: Tx,
  key: string,
  work: () => Promise<Result>,
): Promise<Result> => {
  const claimed = await tx
    .insert(records)
    .values({ key, result: {} })
    .onConflictDoNothing()
    .returning({ key: records.key });
  if (claimed.length === 0) {
    const [stored] = await tx.select({ result: records.result }).from(records).where(eq(records.key, key));
    return resultOf<Result>(stored?.result);
  }
  const result = await work();
  await tx.update(records).set({ result }).where(eq(records.key, key));
  return result;
};

/** What was done under the key, where nothing of it can be asked for twice. */
export const keepAnswer = async (tx: Tx, key: string, result: object): Promise<void> => {
  await tx
    .insert(records)
    .values({ key, result })
    .onConflictDoUpdate({ target: records.key, set: { result } });
};
