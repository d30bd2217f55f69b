import { and, eq, gt, isNull } from "drizzle-orm";
import type { Actor, ActingRole } from "../../domain/acts.ts";
import type { PersonId, Sha256 } from "../../domain/ids.ts";
import { postsOf } from "../../domain/session.ts";
import type { Instant } from "../../domain/time.ts";
import type { Db } from "../client.ts";
import { people, tokens } from "../schema/acts.ts";

/** A machine answers for an organisation, so it lives as long as somebody is the organisation's contact through it. */
const postBehind = (role: ActingRole): ActingRole => (role === "machine" ? "contact" : role);

/** null for a token that is unknown, over or revoked, and where the person has lost the post since. */
export const tokenActor = async (
  db: Db,
  { hash, now }: { readonly hash: Sha256; readonly now: Instant },
): Promise<Actor | null> => {
  const [row] = await db
    .select({
      person: tokens.person,
      role: tokens.role,
      organisation: people.organisation,
      contact: people.contact,
      staff: people.staff,
    })
    .from(tokens)
    .innerJoin(people, eq(people.id, tokens.person))
    .where(and(eq(tokens.hash, hash), gt(tokens.expiresAt, now), isNull(tokens.revokedAt)));
  if (row === undefined || !postsOf(row).includes(postBehind(row.role))) return null;
  const { person, role, organisation } = row;
  return { person, role, organisation };
};

export const tokenOwner = async (db: Db, hash: Sha256): Promise<PersonId | undefined> =>
  (await db.select({ person: tokens.person }).from(tokens).where(eq(tokens.hash, hash)))[0]?.person;
