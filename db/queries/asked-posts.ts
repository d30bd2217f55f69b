import { desc, eq } from "drizzle-orm";
import type { OrganisationId } from "../../domain/ids.ts";
import type { Db } from "../client.ts";
import { people } from "../schema/acts.ts";
import { contentByHash } from "./content.ts";
import { plansOf } from "./plans.ts";
import { askedPosts } from "../schema/people.ts";

export type AskedPostRow = typeof askedPosts.$inferSelect;

/** What waits for a second admin, and what became of the rest; newest first. */
export const askedPostsOf = (db: Db, limit: number): Promise<AskedPostRow[]> =>
  db.select().from(askedPosts).orderBy(desc(askedPosts.askedAt)).limit(limit);

export const isAskedPost = async (db: Db, id: string): Promise<boolean> =>
  (await db.select({ id: askedPosts.id }).from(askedPosts).where(eq(askedPosts.id, id))).length > 0;

/** Everybody of the directory, by organisation and id, with the posts they hold. */
export const everybody = (db: Db) =>
  db
    .select({
      person: people.id,
      name: people.name,
      title: people.title,
      organisation: people.organisation,
      contact: people.contact,
      staff: people.staff,
    })
    .from(people)
    .orderBy(people.organisation, people.id);

/** What organisations are called now, by the plan that was stored last; none before the first plan. */
export const organisationNames = async (db: Db): Promise<ReadonlyMap<OrganisationId, string>> => {
  const [last] = await plansOf(db);
  const plan = last && (await contentByHash(db, "plan", last.hash));
  return new Map(plan?.body.organisations.map(({ id, names }) => [id, names.at(-1)?.name ?? id]));
};
