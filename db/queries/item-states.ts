import { sql } from "drizzle-orm";
import type { ItemState } from "../../domain/answer.ts";
import type { Db, Tx } from "../client.ts";
import { items } from "../schema/request.ts";

/** By id, in one statement however many; one that does not exist is left out. */
export const itemStatesOf = async (
  db: Db | Tx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ItemState>> => {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: items.id, state: items.state })
    .from(items)
    .where(sql`${items.id} = any(${sql.param([...ids])})`);
  return new Map(rows.map(({ id, state }) => [id, state]));
};
