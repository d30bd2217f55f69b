import { and, eq, inArray, sql } from "drizzle-orm";
import { canonicalJson } from "../../domain/canonical.ts";
import type { CycleKey, OrganisationId, PersonId, Sha256 } from "../../domain/ids.ts";
import type { LetterKind } from "../../domain/plan.ts";
import type { Instant } from "../../domain/time.ts";
import { sha256Of } from "../chain.ts";
import type { Tx } from "../client.ts";
import { mails } from "../schema/mail.ts";
import { reminders } from "../schema/request.ts";

/** PostgreSQL channel on which a queued mail is announced when its transaction commits. */
export const MAIL_CHANNEL = "mail";

/** What makes a mail this mail: the same occurrence is never written twice. */
export interface MailIdentity {
  readonly cycle: CycleKey;
  readonly letter: LetterKind;
  readonly person: PersonId;
  readonly occurrence: string;
}

/** A mail ready to go, as activities/outbox.ts renders it. */
export interface RenderedMail {
  readonly key: Sha256;
  readonly cycle: CycleKey;
  readonly letter: LetterKind;
  readonly person: PersonId;
  readonly organisation: OrganisationId;
  readonly address: string;
  readonly request: string | null;
  readonly rung: string | null;
  readonly items: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly ics: string | null;
  readonly messageId: string;
  readonly inReplyTo: string | null;
  /** Key of the record that brought it about. */
  readonly cause: string | null;
  /** The MIME message. */
  readonly raw: Buffer;
  /** The cycle's now. */
  readonly at: Instant;
  /** Wall clock. */
  readonly queuedAt: Instant;
  readonly state: "queued" | "captured";
}

export const mailKey = ({ cycle, letter, person, occurrence }: MailIdentity): Sha256 =>
  sha256Of(canonicalJson([cycle, letter, person, occurrence]));

const rowOf = ({ raw, ...mail }: RenderedMail) => ({
  ...mail,
  raw: raw.toString("hex"),
  rawHash: sha256Of(raw),
  settledAt: mail.state === "captured" ? mail.queuedAt : null,
});

/** One statement and one parameter however many mails: PostgreSQL takes 65,535 parameters a statement. */
const insertNew = (tx: Tx, rendered: readonly RenderedMail[]) =>
  tx.execute<{ readonly key: Sha256 }>(sql`
    insert into mails (key, cycle, letter, person, organisation, address, request, rung, items, subject, text, ics,
      message_id, in_reply_to, cause, raw, raw_hash, at, queued_at, next_try_at, state, settled_at)
    select key, cycle, letter, person, organisation, address, request, rung,
      array(select json_array_elements_text(items)), subject, text, ics, "messageId", "inReplyTo", cause,
      decode(raw, 'hex'), "rawHash", at, "queuedAt", "queuedAt", state, "settledAt"
    from json_to_recordset(${JSON.stringify(rendered.map(rowOf))}::text::json) as written (
      key text, cycle text, letter text, person text, organisation text, address text, request text, rung text,
      items json, subject text, text text, ics text, "messageId" text, "inReplyTo" text, cause text, raw text, "rawHash" text,
      at timestamptz, "queuedAt" timestamptz, state text, "settledAt" timestamptz)
    on conflict (key) do nothing
    returning key`);

/** Queues what is not there yet and answers those keys. Couriers hear of it when the transaction commits. */
export const queueRendered = async (
  tx: Tx,
  rendered: readonly RenderedMail[],
): Promise<ReadonlySet<Sha256>> => {
  if (rendered.length === 0) return new Set();
  const queued = new Set([...(await insertNew(tx, rendered))].map(({ key }) => key));
  if (queued.size > 0) await tx.execute(sql`select pg_notify(${MAIL_CHANNEL}, '')`);
  return queued;
};

/** True if the mail will not be sent: only one that no courier has taken yet can be called back. */
export const cancelMail = async (tx: Tx, key: Sha256, now: Instant): Promise<boolean> => {
  const cancelled = await tx
    .update(mails)
    .set({ state: "cancelled", settledAt: now })
    .where(and(eq(mails.key, key), eq(mails.state, "queued")))
    .returning({ key: mails.key });
  return cancelled.length === 1;
};

/** Mails about one request: those of one kind, or all. A digest over several requests is about none of them alone. */
export interface WhichMails {
  readonly request: string;
  readonly letter: LetterKind | null;
}

/**
 * Calls back what no courier has taken yet; a rung that was not sent is owed again if its day comes again.
 * @param now wall clock @returns how many
 */
export const cancelMails = async (tx: Tx, { request, letter }: WhichMails, now: Instant): Promise<number> => {
  const cancelled = await tx
    .update(mails)
    .set({ state: "cancelled", settledAt: now })
    .where(
      and(
        eq(mails.request, request),
        eq(mails.state, "queued"),
        letter === null ? undefined : eq(mails.letter, letter),
      ),
    )
    .returning({ key: mails.key });
  const keys = cancelled.map(({ key }) => key);
  if (keys.length > 0) await tx.delete(reminders).where(inArray(reminders.mail, keys));
  return keys.length;
};

/** A person who asked the recipient, or read the server's log, says what became of an uncertain mail. */
export interface UncertainResolution {
  readonly key: Sha256;
  readonly as: "accepted" | "resend";
  /** Wall clock. */
  readonly now: Instant;
}

/**
 * True for the one caller that resolved it. `resend` sends the same bytes under the same Message-ID again, as patiently
 * as the first time.
 */
export const resolveUncertain = async (tx: Tx, { key, as, now }: UncertainResolution): Promise<boolean> => {
  const resolved = await tx
    .update(mails)
    .set(
      as === "accepted"
        ? { state: "accepted", settledAt: now }
        : { state: "queued", queuedAt: now, nextTryAt: now },
    )
    .where(and(eq(mails.key, key), eq(mails.state, "uncertain")))
    .returning({ key: mails.key });
  if (resolved.length === 1 && as === "resend") await tx.execute(sql`select pg_notify(${MAIL_CHANNEL}, '')`);
  return resolved.length === 1;
};
