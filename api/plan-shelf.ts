import type { Db } from "../db/client.ts";
import { contentByHash, type StoredContent } from "../db/queries/content.ts";
import type { Sha256 } from "../domain/ids.ts";

/** Stored plans by hash; undefined for one nobody has stored. */
export type PlanShelf = (hash: Sha256) => Promise<StoredContent<"plan"> | undefined>;

/** This year's, last year's, next year's, and a rehearsal's amendments. */
const ROOM = 8;

/** What stands under a hash never changes, so the plans last used are kept at hand. */
export const makePlanShelf = (db: Db): PlanShelf => {
  const kept = new Map<Sha256, StoredContent<"plan">>();
  return async (hash) => {
    const plan = kept.get(hash) ?? (await contentByHash(db, "plan", hash));
    if (plan === undefined) return undefined;
    kept.delete(hash);
    kept.set(hash, plan);
    const [oldest] = kept.keys();
    if (kept.size > ROOM && oldest !== undefined) kept.delete(oldest);
    return plan;
  };
};
