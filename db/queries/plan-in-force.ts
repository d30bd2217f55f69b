import { eq } from "drizzle-orm";
import type { CycleKey } from "../../domain/ids.ts";
import type { Db, Tx } from "../client.ts";
import { cycles } from "../schema/cycle.ts";
import { contentByHash, type StoredContent } from "./content.ts";

/** The cycle's plan as amended. @throws Error where the cycle or its plan is not there */
export const planInForce = async (db: Db | Tx, cycle: CycleKey): Promise<StoredContent<"plan">> => {
  const [row] = await db.select({ plan: cycles.plan }).from(cycles).where(eq(cycles.key, cycle));
  if (row === undefined) throw new Error(`no cycle ${cycle}`);
  const plan = await contentByHash(db, "plan", row.plan);
  if (plan === undefined) throw new Error(`the plan ${row.plan} of cycle ${cycle} is not stored`);
  return plan;
};
