import { and, desc, eq, gt, isNull } from "drizzle-orm";
import type { Actor, ActingRole } from "../../domain/acts.ts";
import type { PersonId, Sha256 } from "../../domain/ids.ts";
import { postsOf } from "../../domain/session.ts";
import type { Instant } from "../../domain/time.ts";
import type { TokenScope } from "../../domain/token.ts";
import type { Db } from "../client.ts";
import { people, tokens } from "../schema/acts.ts";

/** A machine answers for an organisation, so it lives as long as somebody is the organisation's contact through it. */
const postBehind = (role: ActingRole): ActingRole => (role === "machine" ? "contact" : role);

/** Who speaks by a token, and how far it reaches. */
export interface TokenBearer {
  readonly actor: Actor;
  readonly scope: TokenScope;
}

/** null for a token that is unknown, over or revoked, and where the person has lost the post since. */
export const tokenBearer = async (
  db: Db,
  { hash, now }: { readonly hash: Sha256; readonly now: Instant },
): Promise<TokenBearer | null> => {
  const [row] = await db
    .select({
      person: tokens.person,
      role: tokens.role,
      actions: tokens.actions,
      within: tokens.organisation,
      cycle: tokens.cycle,
      organisation: people.organisation,
      contact: people.contact,
      staff: people.staff,
    })
    .from(tokens)
    .innerJoin(people, eq(people.id, tokens.person))
    .where(and(eq(tokens.hash, hash), gt(tokens.expiresAt, now), isNull(tokens.revokedAt)));
  if (row === undefined || !postsOf(row).includes(postBehind(row.role))) return null;
  const { person, role, organisation, actions, within, cycle } = row;
  return { actor: { person, role, organisation }, scope: { actions, organisation: within, cycle } };
};

export const tokenOwner = async (db: Db, hash: Sha256): Promise<PersonId | undefined> =>
  (await db.select({ person: tokens.person }).from(tokens).where(eq(tokens.hash, hash)))[0]?.person;

/** A token as its owner sees it; the hash is its name. */
export type ListedToken = Omit<typeof tokens.$inferSelect, "person">;

/** Of the person, newest first; also what is over. */
export const tokensOf = async (db: Db, person: PersonId): Promise<readonly ListedToken[]> => {
  const rows = await db
    .select()
    .from(tokens)
    .where(eq(tokens.person, person))
    .orderBy(desc(tokens.createdAt));
  return rows.map(({ person: _person, ...listed }) => listed);
};
