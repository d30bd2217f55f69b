import { randomUUID } from "node:crypto";
import { and, eq, isNull } from "drizzle-orm";
import type { ActingRole, Actor } from "../domain/acts.ts";
import type { PersonId, Sha256 } from "../domain/ids.ts";
import type { StaffRole } from "../domain/plan.ts";
import { refuse, type Refused } from "../domain/refusal.ts";
import { mayConfirm, mayHold } from "../domain/posts.ts";
import type { Instant } from "../domain/time.ts";
import type { TokenScope } from "../domain/token.ts";
import { doDeskAct, tryDeskAct, type ActIdentity, type DeskAct, type DeskDone } from "./acts.ts";
import type { Db, Tx } from "./client.ts";
import {
  askPost,
  askedPost,
  endAsked,
  endSessionsOf,
  givePost,
  takePost,
  postsHeld,
} from "./commands/posts.ts";
import { sessions, tokens } from "./schema/acts.ts";

/** A bearer token; of its secret only the hash is kept. Instants are wall clock. */
export interface NewToken extends Partial<TokenScope> {
  readonly hash: Sha256;
  readonly person: PersonId;
  /** The one post it acts in. */
  readonly role: ActingRole;
  readonly label: string;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
}

export const createToken = async (tx: Db | Tx, { actions = null, ...token }: NewToken): Promise<void> => {
  await tx.insert(tokens).values({ ...token, actions: actions && [...actions] });
};

/** For good, from the next request on. Nothing happens to one that is revoked already. */
export const revokeToken = async (
  tx: Db | Tx,
  { hash, now }: { readonly hash: Sha256; readonly now: Instant },
): Promise<void> => {
  await tx
    .update(tokens)
    .set({ revokedAt: now })
    .where(and(eq(tokens.hash, hash), isNull(tokens.revokedAt)));
};

/** Who does it, when, and how it is known again. */
export interface PeopleAct extends ActIdentity {
  readonly actor: Actor;
  /** Wall clock. */
  readonly now: Instant;
}
type Done = Promise<DeskDone | Refused | undefined>;

const deskOf = (
  { actor, now, key, fingerprint }: PeopleAct,
  more: Pick<DeskAct, "name" | "object" | "hash" | "said">,
): DeskAct => ({ actor, now, key, fingerprint, ...more });

/** One session is over for good. */
export const endOneSession = (db: Db, act: PeopleAct & { readonly hash: Sha256 }): Done =>
  doDeskAct(
    db,
    deskOf(act, { name: "session.revoke", object: `session ${act.hash}`, hash: act.hash }),
    async (tx) => {
      await tx
        .update(sessions)
        .set({ endedAt: act.now })
        .where(and(eq(sessions.hash, act.hash), isNull(sessions.endedAt)));
    },
  );

/** 全ての端末からサインアウト: every session of the person, wherever it is. */
export const endAllSessions = (db: Db, act: PeopleAct & { readonly person: PersonId }): Done =>
  doDeskAct(
    db,
    deskOf(act, { name: "session.revoke", object: `sessions of ${act.person}`, hash: null }),
    (tx) => endSessionsOf(tx, act.person, act.now),
  );

export interface PostWish {
  readonly person: PersonId;
  readonly post: StaffRole;
  readonly reason: string;
}

const onPost = (act: PeopleAct & PostWish, name: DeskAct["name"]): DeskAct =>
  deskOf(act, {
    name,
    object: `post ${act.post} of ${act.person}`,
    hash: null,
    said: { reason: act.reason, result: { person: act.person, post: act.post } },
  });

/** The first of two admins: nothing is given yet. Refused where the post is held, asked for, or clashes with another. */
export const askForPost = (db: Db, act: PeopleAct & PostWish): Done =>
  tryDeskAct(db, onPost(act, "post.ask"), async (tx) => {
    const { person, post, reason, actor, now } = act;
    const may = mayHold(await postsHeld(tx, person), post);
    if (may !== true) return may;
    return askPost(tx, { id: randomUUID(), person, post, reason, askedBy: actor.person, askedAt: now });
  });

/** What another admin says to what was asked. What is given ends the person's sessions: he signs in to his post anew. */
export const answerAskedPost = async (
  db: Db,
  { id, give, ...act }: PeopleAct & { readonly id: string; readonly give: boolean; readonly reason: string },
): Done => {
  const asked = await askedPost(db, id);
  if (asked === undefined) return refuse("already-done");
  const { person, post } = asked;
  const wish = { ...act, person, post };
  return tryDeskAct(db, onPost(wish, give ? "post.confirm" : "post.refuse"), async (tx) => {
    const { actor, now } = act;
    const may = give ? mayConfirm(asked, actor.person) : true;
    if (may !== true) return may;
    const holds = give ? mayHold(await postsHeld(tx, person), post) : true;
    if (holds !== true) return holds;
    const ended = { id, is: give ? "given" : "refused", endedBy: actor.person, endedAt: now } as const;
    if (!(await endAsked(tx, ended))) return false;
    if (give) {
      await givePost(tx, person, post);
      await endSessionsOf(tx, person, now);
    }
    return true;
  });
};

/** One admin is enough to take a post away: at once, with every session. */
export const revokePost = (db: Db, act: PeopleAct & PostWish): Done =>
  tryDeskAct(db, onPost(act, "post.revoke"), async (tx) => {
    if (!(await takePost(tx, act.person, act.post))) return false;
    await endSessionsOf(tx, act.person, act.now);
    return true;
  });
