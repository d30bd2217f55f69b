import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import type { Act, Actor, DeskActName } from "../domain/acts.ts";
import type { CycleKey, Sha256 } from "../domain/ids.ts";
import type { Plan } from "../domain/plan.ts";
import { refuse, type RefusalCode, type Refused } from "../domain/refusal.ts";
import type { Instant } from "../domain/time.ts";
import type { Db, Tx } from "./client.ts";
import { appendAudit } from "./commands/audit.ts";
import { cancelMail, resolveUncertain } from "./commands/mail.ts";
import { addCorrection, type NewCorrection } from "./commands/corrections.ts";
import { auditorsNamed, welcomePeople } from "./commands/people.ts";
import { draftContent, storeDrafts, type ContentDraft } from "./content.ts";
import { acts } from "./schema/acts.ts";

/** How a person's act is known again when it comes a second time. */
export interface ActIdentity {
  /** The Idempotency-Key, unique per person. */
  readonly key: string;
  /** SHA-256 over method, path and body: what the key may be used for again. */
  readonly fingerprint: Sha256;
}

/** An act on its way to the workflow that owns it. */
export interface NewAct extends ActIdentity {
  readonly act: Act;
  readonly cycle: CycleKey;
  readonly workflow: string;
  /** What the act names, stored with it or not at all. */
  readonly contents: readonly ContentDraft[];
  /** Wall clock. */
  readonly storedAt: Instant;
}

const onlyOnce = { target: [acts.person, acts.key] };

/**
 * True for the one caller whose act this is. False if the person has used the key before, or if somebody else opens
 * the same cycle: then nothing is stored.
 */
export const storeAct = (db: Db, { act, contents, ...row }: NewAct): Promise<boolean> =>
  db.transaction(async (tx) => {
    const { id, name, actor } = act;
    const stored = await tx
      .insert(acts)
      .values({ ...row, id, name, act, actor, person: actor.person, state: "stored" })
      .onConflictDoNothing()
      .returning({ id: acts.id });
    if (stored.length === 0) return false;
    await storeDrafts(tx, contents, { storedBy: actor.person, storedAt: row.storedAt });
    return true;
  });

/** Nothing happens to an act that is done or refused already. */
export const finishRefusedAct = async (
  db: Db,
  { id, refusal }: { readonly id: string; readonly refusal: RefusalCode },
): Promise<void> => {
  await db
    .update(acts)
    .set({ state: "refused", refusal })
    .where(and(eq(acts.id, id), eq(acts.state, "stored")));
};

/** An act that no workflow owns: done, recorded and answered in one transaction. */
export interface DeskAct extends ActIdentity {
  readonly name: DeskActName;
  readonly actor: Actor;
  /** What it is done to, e.g. `plan 8f3a…`. */
  readonly object: string;
  readonly hash: Sha256 | null;
  /** Wall clock. */
  readonly now: Instant;
  /** Where it is about nothing of a cycle: plain JSON. */
  readonly said?: { readonly reason: string | null; readonly result: object | null };
  /** Where it is about something of one cycle. */
  readonly within?: {
    readonly cycle: CycleKey;
    /** The cycle's now. */
    readonly at: Instant;
    readonly reason: string;
    /** Plain JSON: what was decided. */
    readonly result: object | null;
  };
}

export interface DeskDone {
  readonly act: string;
  readonly sequence: number;
  readonly hash: Sha256 | null;
}

/** The act's id; undefined if the person has used the key before. */
const beginDeskAct = async (
  tx: Tx,
  { name, actor, now, key, fingerprint, within }: DeskAct,
): Promise<string | undefined> => {
  const stored = await tx
    .insert(acts)
    .values({
      id: randomUUID(),
      key,
      fingerprint,
      name,
      actor,
      person: actor.person,
      cycle: within?.cycle ?? null,
      act: null,
      state: "stored",
      storedAt: now,
    })
    .onConflictDoNothing(onlyOnce)
    .returning({ id: acts.id });
  return stored[0]?.id;
};

const finishDeskAct = async (
  tx: Tx,
  id: string,
  { name, actor, object, hash, now, said = { reason: null, result: null }, within }: DeskAct,
): Promise<DeskDone> => {
  const { person, role } = actor;
  const where = within ?? { cycle: null, at: now, ...said };
  const event = { ...where, actor: person, role, action: name, object, hash };
  const sequence = await appendAudit(tx, { ...event, act: id, workflow: null, run: null, activity: null });
  await tx.update(acts).set({ state: "done", result: { sequence, hash } }).where(eq(acts.id, id));
  return { act: id, sequence, hash };
};

/** undefined if the person has used the key before: then nothing is done. */
export const doDeskAct = (
  db: Db,
  desk: DeskAct,
  work: (tx: Tx) => Promise<void>,
): Promise<DeskDone | undefined> =>
  db.transaction(async (tx) => {
    const id = await beginDeskAct(tx, desk);
    if (id === undefined) return undefined;
    await work(tx);
    return finishDeskAct(tx, id, desk);
  });

/** As `doDeskAct`, for what may come too late: `work` says whether it was done, or why not; then the act stays as refused. */
export const tryDeskAct = (
  db: Db,
  desk: DeskAct,
  work: (tx: Tx) => Promise<boolean | Refused>,
): Promise<DeskDone | Refused | undefined> =>
  db.transaction(async (tx) => {
    const id = await beginDeskAct(tx, desk);
    if (id === undefined) return undefined;
    const done = await work(tx);
    if (done === true) return finishDeskAct(tx, id, desk);
    const refusal = done === false ? "already-done" : done.refused;
    await tx.update(acts).set({ state: "refused", refusal }).where(eq(acts.id, id));
    return refuse(refusal);
  });

/** Into the plans one can open a cycle with; its people into the directory, without any post in the secretariat. What lint blocks must not come here. */
export const storePlan = (
  db: Db,
  { plan, ...desk }: Pick<DeskAct, "actor" | "now" | keyof ActIdentity> & { readonly plan: Plan },
): Promise<DeskDone | Refused | undefined> => {
  const draft = draftContent("plan", plan);
  const { hash } = draft.ref;
  return tryDeskAct(db, { ...desk, name: "plan.store", object: `plan ${hash}`, hash }, async (tx) => {
    if ((await auditorsNamed(tx, plan.people)).length > 0) return refuse("posts-clash");
    await storeDrafts(tx, [draft], { storedBy: desk.actor.person, storedAt: desk.now });
    await welcomePeople(tx, plan.people, "granted");
    return true;
  });
};

/** A person's decision about one mail of the ledger. */
export interface MailAct extends Pick<DeskAct, "actor" | "now" | keyof ActIdentity> {
  readonly mail: { readonly key: Sha256; readonly cycle: CycleKey; readonly rawHash: Sha256 };
  /** The cycle's now. */
  readonly at: Instant;
  readonly reason: string;
}

const onMail = (
  { mail, at, reason, ...desk }: MailAct,
  name: DeskActName,
  result: object | null,
): DeskAct => ({
  ...desk,
  name,
  object: `mail ${mail.key}`,
  hash: mail.rawHash,
  within: { cycle: mail.cycle, at, reason, result },
});

/** What became of an uncertain mail; refused once that is known. */
export const resolveMail = (db: Db, { as, ...act }: MailAct & { readonly as: "accepted" | "resend" }) =>
  tryDeskAct(db, onMail(act, "mail.resolve", { as }), (tx) =>
    resolveUncertain(tx, { key: act.mail.key, as, now: act.now }),
  );

/** A queued mail is not to be sent; refused once a courier has it. */
export const recallMail = (db: Db, act: MailAct) =>
  tryDeskAct(db, onMail(act, "mail.cancel", null), (tx) => cancelMail(tx, act.mail.key, act.now));

/** What is wrong with a recorded approval or decision, and how it should read: linked to it, which stays as it is. */
export const correctDecision = (
  db: Db,
  {
    actor,
    now,
    key,
    fingerprint,
    ...correction
  }: Pick<DeskAct, "actor" | "now" | keyof ActIdentity> & Omit<NewCorrection, "by">,
): Promise<DeskDone | undefined> => {
  const { cycle, at, reason, of, corrects, text } = correction;
  const desk: DeskAct = {
    actor,
    now,
    key,
    fingerprint,
    name: "decision.correct",
    object: `${of} ${corrects} of ${cycle}`,
    hash: null,
    within: { cycle, at, reason, result: { of, corrects, text } },
  };
  return doDeskAct(db, desk, (tx) => addCorrection(tx, { ...correction, by: actor.person }));
};
