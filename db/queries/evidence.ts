import { and, asc, desc, eq, sql } from "drizzle-orm";
import type { EvaluationEntry } from "../../domain/acts.ts";
import type { ItemState } from "../../domain/answer.ts";
import type { CycleKey } from "../../domain/ids.ts";
import type { RequestKind } from "../../domain/plan.ts";
import type { Db, Tx } from "../client.ts";
import { contents } from "../schema/content.ts";
import { evaluations } from "../schema/evaluation.ts";
import { items, requests } from "../schema/request.ts";

interface OneItem {
  readonly cycle: CycleKey;
  readonly item: string;
}

/** An item of the year with what it is asked for. */
export interface ItemOfYear {
  readonly state: ItemState;
  readonly request: string;
  readonly kind: RequestKind;
  readonly datum: string;
}

/** undefined if the cycle asks no such data or chapter. */
export const itemOfYear = async (db: Db | Tx, { cycle, item }: OneItem): Promise<ItemOfYear | undefined> => {
  const { id: request, kind } = requests;
  const [found] = await db
    .select({ state: items.state, request, kind, datum: items.datum })
    .from(items)
    .innerJoin(requests, eq(items.request, requests.id))
    .where(and(eq(requests.cycle, cycle), eq(items.id, item)));
  return found?.kind === "data" || found?.kind === "chapter" ? found : undefined;
};

/** Where the item stands; undefined if the cycle asks no such data or chapter. */
export const itemState = async (db: Db | Tx, of: OneItem): Promise<ItemState | undefined> =>
  (await itemOfYear(db, of))?.state;

/** Every judgement whose last version names the item as evidence, by kind and key; those being rewritten anyway are not. */
export const evaluationsUsing = async (
  db: Db | Tx,
  { cycle, item }: OneItem,
): Promise<readonly EvaluationEntry[]> => {
  const { kind, key, is, content, hash } = evaluations;
  const last = db
    .selectDistinctOn([kind, key], { kind, key, is, content, hash })
    .from(evaluations)
    .where(eq(evaluations.cycle, cycle))
    .orderBy(asc(kind), asc(key), desc(evaluations.id))
    .as("last");
  const rows = await db
    .select({ kind: last.kind, key: last.key, is: last.is, content: last.content, hash: last.hash })
    .from(last)
    .innerJoin(contents, eq(contents.id, last.content))
    .where(sql`${contents.body} -> 'evidence' @> ${JSON.stringify([{ item }])}::text::jsonb`)
    .orderBy(asc(last.kind), asc(last.key));
  return rows
    .filter((row) => row.is === "drafted" || row.is === "approved")
    .map((row) => ({ kind: row.kind, key: row.key, content: { id: row.content, hash: row.hash } }));
};
