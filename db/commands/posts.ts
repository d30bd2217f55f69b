import { and, arrayContains, eq, isNull, not, sql } from "drizzle-orm";
import type { PersonId } from "../../domain/ids.ts";
import type { StaffRole } from "../../domain/plan.ts";
import { heldBy, type AskedPost, type Post } from "../../domain/posts.ts";
import type { Instant } from "../../domain/time.ts";
import type { Db, Tx } from "../client.ts";
import { people, sessions } from "../schema/acts.ts";
import { askedPosts } from "../schema/people.ts";

/** What the person holds now; his row stays as it is to the end of the transaction. Nothing for whom nobody knows. */
export const postsHeld = async (tx: Tx, person: PersonId): Promise<readonly Post[]> => {
  const [row] = await tx
    .select({ contact: people.contact, staff: people.staff })
    .from(people)
    .where(eq(people.id, person))
    .for("update");
  return row === undefined ? [] : heldBy(row);
};

type Asked = Pick<
  typeof askedPosts.$inferInsert,
  "id" | "person" | "post" | "reason" | "askedBy" | "askedAt"
>;

/** False where the same is asked for already. */
export const askPost = async (tx: Tx, asked: Asked): Promise<boolean> => {
  const stored = await tx
    .insert(askedPosts)
    .values({ ...asked, is: "asked" })
    .onConflictDoNothing()
    .returning({ id: askedPosts.id });
  return stored.length === 1;
};

/** Whatever became of it. */
export const askedPost = async (db: Db | Tx, id: string): Promise<AskedPost | undefined> => {
  const { person, post, askedBy } = askedPosts;
  return (await db.select({ person, post, askedBy }).from(askedPosts).where(eq(askedPosts.id, id)))[0];
};

/** True for the one caller that ended it. */
export const endAsked = async (
  tx: Tx,
  {
    id,
    ...end
  }: {
    readonly id: string;
    readonly is: "given" | "refused";
    readonly endedBy: PersonId;
    readonly endedAt: Instant;
  },
): Promise<boolean> => {
  const ended = await tx
    .update(askedPosts)
    .set(end)
    .where(and(eq(askedPosts.id, id), eq(askedPosts.is, "asked")))
    .returning({ id: askedPosts.id });
  return ended.length === 1;
};

const moved = sql`${people.revision} + 1`;

/** False where he holds it already. */
export const givePost = async (tx: Tx, person: PersonId, post: StaffRole): Promise<boolean> => {
  const given = await tx
    .update(people)
    .set({ staff: sql`array_append(${people.staff}, ${post})`, revision: moved })
    .where(and(eq(people.id, person), not(arrayContains(people.staff, [post]))))
    .returning({ id: people.id });
  return given.length === 1;
};

/** False where he does not hold it. */
export const takePost = async (tx: Tx, person: PersonId, post: StaffRole): Promise<boolean> => {
  const taken = await tx
    .update(people)
    .set({ staff: sql`array_remove(${people.staff}, ${post})`, revision: moved })
    .where(and(eq(people.id, person), arrayContains(people.staff, [post])))
    .returning({ id: people.id });
  return taken.length === 1;
};

export const endSessionsOf = async (tx: Tx, person: PersonId, now: Instant): Promise<void> => {
  await tx
    .update(sessions)
    .set({ endedAt: now })
    .where(and(eq(sessions.person, person), isNull(sessions.endedAt)));
};
