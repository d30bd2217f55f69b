import { and, desc, eq, isNull } from "drizzle-orm";
import type { ActingRole, Actor } from "../../domain/acts.ts";
import type { PersonId, Sha256 } from "../../domain/ids.ts";
import { postsOf, type SessionTimes } from "../../domain/session.ts";
import type { Db } from "../client.ts";
import { people, sessions } from "../schema/acts.ts";

/** Who may sign in, with the posts to pick from. */
export interface SignInPerson {
  readonly person: PersonId;
  readonly name: string;
  readonly posts: readonly ActingRole[];
}

export const signInPersonOf = async (db: Db, person: PersonId): Promise<SignInPerson | undefined> => {
  const [row] = await db
    .select({ name: people.name, contact: people.contact, staff: people.staff })
    .from(people)
    .where(eq(people.id, person));
  return row && { person, name: row.name, posts: postsOf(row) };
};

/** A session that nobody has ended; whether its time is over is domain/session.ts's. */
export type StoredSession = SessionTimes & { readonly actor: Actor };

/** None also where the person has lost the post since. */
export const sessionOf = async (db: Db, hash: Sha256): Promise<StoredSession | undefined> => {
  const [row] = await db
    .select({
      person: sessions.person,
      role: sessions.role,
      createdAt: sessions.createdAt,
      usedAt: sessions.usedAt,
      organisation: people.organisation,
      contact: people.contact,
      staff: people.staff,
    })
    .from(sessions)
    .innerJoin(people, eq(people.id, sessions.person))
    .where(and(eq(sessions.hash, hash), isNull(sessions.endedAt)));
  if (row === undefined || !postsOf(row).includes(row.role)) return undefined;
  const { person, role, organisation, createdAt, usedAt } = row;
  return { createdAt, usedAt, actor: { person, role, organisation } };
};

/** A session as its owner sees it; the hash is its name. */
export type ListedSession = SessionTimes & { readonly hash: Sha256; readonly role: ActingRole };

/** Those of the person that nobody has ended, last used first. */
export const sessionsOf = (db: Db, person: PersonId): Promise<ListedSession[]> => {
  const { hash, role, createdAt, usedAt } = sessions;
  return db
    .select({ hash, role, createdAt, usedAt })
    .from(sessions)
    .where(and(eq(sessions.person, person), isNull(sessions.endedAt)))
    .orderBy(desc(usedAt));
};

export const sessionOwner = async (db: Db, hash: Sha256): Promise<PersonId | undefined> =>
  (await db.select({ person: sessions.person }).from(sessions).where(eq(sessions.hash, hash)))[0]?.person;
