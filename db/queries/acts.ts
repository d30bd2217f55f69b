import { and, eq, ne, type SQL } from "drizzle-orm";
import type { Act, ActName, DeskActName } from "../../domain/acts.ts";
import { sha256, type CycleKey, type PersonId, type Sha256 } from "../../domain/ids.ts";
import type { RefusalCode } from "../../domain/refusal.ts";
import type { Instant } from "../../domain/time.ts";
import type { Db, Tx } from "../client.ts";
import { acts } from "../schema/acts.ts";
import { cycles } from "../schema/cycle.ts";

/** How far an act has come. */
export type ActStanding =
  | { readonly is: "stored" }
  | { readonly is: "done"; readonly sequence: number; readonly hash: Sha256 | null }
  | { readonly is: "refused"; readonly refusal: RefusalCode };

export interface StoredAct {
  readonly id: string;
  readonly name: ActName | DeskActName;
  readonly person: PersonId;
  readonly cycle: CycleKey | null;
  /** The workflow that owns it, and what it gets; null for a desk act. */
  readonly workflow: string | null;
  readonly act: Act | null;
  readonly fingerprint: Sha256;
  /** Wall clock. */
  readonly storedAt: Instant;
  readonly standing: ActStanding;
}

const doneAs = (result: unknown): ActStanding => {
  if (typeof result !== "object" || result === null || !("sequence" in result))
    throw new Error("an act is done and has no result");
  const hash = "hash" in result && typeof result.hash === "string" ? sha256(result.hash) : null;
  return { is: "done", sequence: Number(result.sequence), hash };
};

const standingOf = ({ state, result, refusal }: typeof acts.$inferSelect): ActStanding => {
  switch (state) {
    case "stored":
      return { is: "stored" };
    case "done":
      return doneAs(result);
    case "refused":
      if (refusal === null) throw new Error("an act is refused and nobody knows why");
      return { is: "refused", refusal };
  }
};

const find = async (db: Db | Tx, which: SQL | undefined): Promise<StoredAct | undefined> => {
  const [row] = await db.select().from(acts).where(which);
  if (row === undefined) return undefined;
  const { id, name, person, cycle, workflow, act, fingerprint, storedAt } = row;
  return { id, name, person, cycle, workflow, act, fingerprint, storedAt, standing: standingOf(row) };
};

export const actById = (db: Db | Tx, id: string): Promise<StoredAct | undefined> => find(db, eq(acts.id, id));

/** The act for which the person has used the Idempotency-Key. */
export const actByKey = (
  db: Db | Tx,
  { person, key }: { readonly person: PersonId; readonly key: string },
): Promise<StoredAct | undefined> => find(db, and(eq(acts.person, person), eq(acts.key, key)));

/** Cycles that are there, and those that somebody wants to open whose workflow has not heard of it. */
export const takenCycles = async (db: Db | Tx): Promise<readonly CycleKey[]> => {
  const opened = await db.select({ cycle: cycles.key }).from(cycles);
  const wanted = await db
    .select({ cycle: acts.cycle })
    .from(acts)
    .where(and(eq(acts.name, "cycle.open"), ne(acts.state, "refused")));
  return [...opened, ...wanted].flatMap(({ cycle }) => (cycle === null ? [] : [cycle]));
};
