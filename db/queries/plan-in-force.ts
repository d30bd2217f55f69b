import { eq } from "drizzle-orm";
import type { CycleKey, Sha256 } from "../../domain/ids.ts";
import type { Db, Tx } from "../client.ts";
import { cycles } from "../schema/cycle.ts";
import { contentByHash, type StoredContent } from "./content.ts";

/** Real year, rehearsals, and the year before each. */
const PLANS_KEPT = 6;
/** What is stored never changes, and reading half a megabyte of JSON costs more than the rest of a page. */
const kept = new WeakMap<Db | Tx, Map<Sha256, StoredContent<"plan">>>();

const planStored = async (db: Db | Tx, hash: Sha256): Promise<StoredContent<"plan"> | undefined> => {
  const plans = kept.get(db) ?? new Map<Sha256, StoredContent<"plan">>();
  kept.set(db, plans);
  const plan = plans.get(hash) ?? (await contentByHash(db, "plan", hash));
  if (plan === undefined) return undefined;
  // The one read last goes to the end: the first is the one nobody has asked for longest.
  plans.delete(hash);
  plans.set(hash, plan);
  for (const oldest of [...plans.keys()].slice(0, -PLANS_KEPT)) plans.delete(oldest);
  return plan;
};

/** @throws Error where no plan of that hash is stored */
export const planOf = async (db: Db | Tx, hash: Sha256): Promise<StoredContent<"plan">> => {
  const plan = await planStored(db, hash);
  if (plan === undefined) throw new Error(`the plan ${hash} is not stored`);
  return plan;
};

/** The cycle's plan as amended. @throws Error where the cycle or its plan is not there */
export const planInForce = async (db: Db | Tx, cycle: CycleKey): Promise<StoredContent<"plan">> => {
  const [row] = await db.select({ plan: cycles.plan }).from(cycles).where(eq(cycles.key, cycle));
  if (row === undefined) throw new Error(`no cycle ${cycle}`);
  return planOf(db, row.plan);
};
