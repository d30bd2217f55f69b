import { eq, or, type SQL } from "drizzle-orm";
import type { RecipientReport } from "../../domain/delivery-report.ts";
import type { Sha256 } from "../../domain/ids.ts";
import type { MailState } from "../../domain/mail.ts";
import type { Instant } from "../../domain/time.ts";
import type { Tx } from "../client.ts";
import { mailReports, mails } from "../schema/mail.ts";

/** What a report calls the mail it is about. */
export interface ReportedMailNames {
  /** The ENVID: our key. */
  readonly envelopeId: Sha256 | null;
  readonly messageId: string | null;
}
/** A mail that somebody reports on. */
export type ReportedMail = Pick<
  typeof mails.$inferSelect,
  "key" | "cycle" | "letter" | "person" | "organisation" | "address" | "subject" | "state" | "attempts"
>;

const named = ({ envelopeId, messageId }: ReportedMailNames): SQL | undefined =>
  or(
    envelopeId === null ? undefined : eq(mails.key, envelopeId),
    messageId === null ? undefined : eq(mails.messageId, messageId),
  );

/** The mail of that name, locked; undefined also if the names are two mails' or none is given. */
export const lockReported = async (tx: Tx, names: ReportedMailNames): Promise<ReportedMail | undefined> => {
  const which = named(names);
  if (which === undefined) return undefined;
  const { key, cycle, letter, person, organisation, address, subject, state, attempts } = mails;
  const found = await tx
    .select({ key, cycle, letter, person, organisation, address, subject, state, attempts })
    .from(mails)
    .where(which)
    .for("update");
  return found.length === 1 ? found[0] : undefined;
};

export interface MailReport extends RecipientReport {
  readonly mail: Sha256;
  /** SHA-256 over what the report says. */
  readonly report: Sha256;
  /** Wall clock. */
  readonly readAt: Instant;
}

/** False if this report was known. */
export const noteReport = async (tx: Tx, report: MailReport): Promise<boolean> => {
  const noted = await tx
    .insert(mailReports)
    .values(report)
    .onConflictDoNothing()
    .returning({ mail: mailReports.mail });
  return noted.length === 1;
};

/** What a locked mail has become by a report. */
export interface ReportedState {
  readonly key: Sha256;
  readonly becomes: MailState;
  /** The words of the server that refused; null if none did. */
  readonly reply: string | null;
  /** Wall clock. */
  readonly now: Instant;
}
export const settleReported = async (tx: Tx, { key, becomes, reply, now }: ReportedState): Promise<void> => {
  await tx
    .update(mails)
    .set({ state: becomes, settledAt: now, ...(reply === null ? {} : { reply }) })
    .where(eq(mails.key, key));
};
