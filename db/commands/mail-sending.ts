import { and, asc, eq, isNull, lt, lte, sql, type SQL } from "drizzle-orm";
import type { Sha256 } from "../../domain/ids.ts";
import type { AttemptOutcome, MailState } from "../../domain/mail.ts";
import type { Instant } from "../../domain/time.ts";
import type { Db, Tx } from "../client.ts";
import { mailAttempts, mails } from "../schema/mail.ts";
import { MAIL_CHANNEL } from "./mail.ts";

/** A mail in a courier's hands: the n-th attempt to send it. */
export type ClaimedMail = Pick<
  typeof mails.$inferSelect,
  "key" | "cycle" | "letter" | "person" | "organisation" | "address" | "subject" | "raw" | "queuedAt"
> & { readonly attempt: number };

const claimed = {
  key: mails.key,
  cycle: mails.cycle,
  letter: mails.letter,
  person: mails.person,
  organisation: mails.organisation,
  address: mails.address,
  subject: mails.subject,
  raw: mails.raw,
  queuedAt: mails.queuedAt,
  attempt: mails.attempts,
};

interface Claim {
  readonly courier: string;
  readonly now: Instant;
  readonly leaseUntil: Instant;
}

/**
 * Takes the next mail that is due, or none. Two couriers never get the same one: the row is locked while it is
 * chosen, and choosing skips locked rows.
 */
export const claimMail = (db: Db, { courier, now, leaseUntil }: Claim): Promise<ClaimedMail | undefined> =>
  db.transaction(async (tx) => {
    const next = tx
      .select({ key: mails.key })
      .from(mails)
      .where(and(eq(mails.state, "queued"), lte(mails.nextTryAt, now)))
      .orderBy(asc(mails.nextTryAt), asc(mails.position))
      .limit(1)
      .for("update", { skipLocked: true });
    const [mail] = await tx
      .update(mails)
      .set({ state: "sending", attempts: sql`${mails.attempts} + 1`, courier, leaseUntil, stuckAt: null })
      .where(eq(mails.key, sql`(${next})`))
      .returning(claimed);
    if (mail !== undefined)
      await tx
        .insert(mailAttempts)
        .values({ mail: mail.key, number: mail.attempt, courier, phase: "claimed", startedAt: now });
    return mail;
  });

/** Which attempt at which mail. */
export interface Attempt {
  readonly key: Sha256;
  readonly attempt: number;
}

const stillRunning = ({ key, attempt }: Attempt): SQL | undefined =>
  and(eq(mailAttempts.mail, key), eq(mailAttempts.number, attempt), isNull(mailAttempts.endedAt));

/**
 * Writes down that the final dot may leave from now on. False if the attempt was ended by someone else: a
 * courier that slept through its lease must not send the dot.
 */
export const allowDot = async (db: Db, attempt: Attempt): Promise<boolean> => {
  const allowed = await db
    .update(mailAttempts)
    .set({ phase: "dot-pushed" })
    .where(and(stillRunning(attempt), eq(mailAttempts.phase, "claimed")))
    .returning({ mail: mailAttempts.mail });
  return allowed.length === 1;
};

/** How an attempt ended, and where that leaves the mail. */
export type Settlement = Attempt & {
  readonly outcome: AttemptOutcome;
  /** The server's reply, or what went wrong instead. */
  readonly reply: string;
  readonly answered: boolean;
  readonly queueId: string | null;
  /** Wall clock. */
  readonly now: Instant;
  readonly becomes:
    | { readonly is: "accepted" | "rejected" | "uncertain" }
    | { readonly is: "queued"; readonly nextTryAt: Instant };
};

const endAttempt = (tx: Tx, { outcome, reply, answered, now, ...attempt }: Settlement) =>
  tx
    .update(mailAttempts)
    .set({ outcome, reply, endedAt: now, ...(answered ? { phase: "replied" as const } : {}) })
    .where(stillRunning(attempt))
    .returning({ mail: mailAttempts.mail });

/** True for the one caller that ended the attempt; whoever comes later has nothing to say about the mail. */
export const settleMail = async (tx: Tx, settlement: Settlement): Promise<boolean> => {
  if ((await endAttempt(tx, settlement)).length === 0) return false;
  const { key, becomes, reply, queueId, now } = settlement;
  const state: MailState = becomes.is;
  await tx
    .update(mails)
    .set({
      state,
      reply,
      courier: null,
      leaseUntil: null,
      ...(becomes.is === "queued"
        ? { nextTryAt: becomes.nextTryAt }
        : { queueId, settledAt: becomes.is === "uncertain" ? null : now }),
    })
    .where(eq(mails.key, key));
  return true;
};

/** The courier lives: nobody else may touch the mails in its hands until `leaseUntil`. */
export const renewLeases = async (
  db: Db,
  { courier, leaseUntil }: { readonly courier: string; readonly leaseUntil: Instant },
): Promise<void> => {
  await db
    .update(mails)
    .set({ leaseUntil })
    .where(and(eq(mails.state, "sending"), eq(mails.courier, courier)));
};

/** Mails whose courier has been silent beyond its lease, locked. `dotAllowed`: the server may have taken it. */
export const lostMails = async (
  tx: Tx,
  now: Instant,
): Promise<readonly (ClaimedMail & { readonly dotAllowed: boolean })[]> => {
  const rows = await tx
    .select({ ...claimed, phase: mailAttempts.phase })
    .from(mails)
    .innerJoin(mailAttempts, and(eq(mailAttempts.mail, mails.key), eq(mailAttempts.number, mails.attempts)))
    .where(and(eq(mails.state, "sending"), lt(mails.leaseUntil, now), isNull(mailAttempts.endedAt)))
    .for("update", { skipLocked: true });
  return rows.map(({ phase, ...mail }) => ({ ...mail, dotAllowed: phase !== "claimed" }));
};

/** Calls `heard` for every transaction that queued mail, until the answered function is called. */
export const onMailQueued = async (db: Db, heard: () => void): Promise<() => Promise<void>> => {
  const { unlisten } = await db.$client.listen(MAIL_CHANNEL, heard, heard);
  return unlisten;
};
