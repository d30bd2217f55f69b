import { sql } from "drizzle-orm";
import {
  bigserial,
  bytea,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import type { ReportedAction } from "../../domain/delivery-report.ts";
import type { CycleKey, OrganisationId, PersonId, Sha256 } from "../../domain/ids.ts";
import type { AttemptOutcome, AttemptPhase, MailState } from "../../domain/mail.ts";
import type { LetterKind } from "../../domain/plan.ts";
import { instant } from "./columns.ts";

/** The ledger of mail: a row before it is a mail, and for good. One recipient each. */
export const mails = pgTable(
  "mails",
  {
    /** SHA-256 over cycle, letter, person and occurrence: the same mail cannot be written twice. */
    key: text("key").$type<Sha256>().primaryKey(),
    /** The order in which mails were queued. */
    position: bigserial("position", { mode: "number" }).notNull(),
    cycle: text("cycle").$type<CycleKey>().notNull(),
    letter: text("letter").$type<LetterKind>().notNull(),
    person: text("person").$type<PersonId>().notNull(),
    organisation: text("organisation").$type<OrganisationId>().notNull(),
    /** As it was in the directory when the mail was queued. */
    address: text("address").notNull(),
    request: text("request"),
    rung: text("rung"),
    items: text("items").array().notNull(),
    subject: text("subject").notNull(),
    text: text("text").notNull(),
    ics: text("ics"),
    messageId: text("message_id").notNull().unique("mails_message_id"),
    /** Key of the record that brought it about (records.key); null where none did: trouble with another mail. */
    cause: text("cause"),
    /** Message-ID of the mail whose thread it continues. */
    inReplyTo: text("in_reply_to"),
    /** The MIME message, rendered once: every attempt sends these bytes. */
    raw: bytea("raw").notNull(),
    rawHash: text("raw_hash").$type<Sha256>().notNull(),
    /** The cycle's now. */
    at: instant("at").notNull(),
    /** Wall clock, as all that follow; anew when a person has it sent again. */
    queuedAt: instant("queued_at").notNull(),
    state: text("state").$type<MailState>().notNull(),
    attempts: integer("attempts").notNull().default(0),
    nextTryAt: instant("next_try_at").notNull(),
    /** While `sending`: which courier has it, and until when it may be silent before the mail counts as left. */
    courier: uuid("courier"),
    leaseUntil: instant("lease_until"),
    /** The server's last words. */
    reply: text("reply"),
    /** Under which the server's own log has it. */
    queueId: text("queue_id"),
    settledAt: instant("settled_at"),
    /** When a sweep found that nothing had become of it for too long; null again with the next attempt. */
    stuckAt: instant("stuck_at"),
  },
  (table) => [
    index("mails_due")
      .on(table.nextTryAt, table.position)
      .where(sql`${table.state} = 'queued'`),
    index("mails_unsettled")
      .on(table.state)
      .where(sql`${table.state} in ('sending', 'uncertain')`),
    index("mails_cycle").on(table.cycle, table.position),
    index("mails_thread").on(table.request, table.person),
    check(
      "mails_state",
      sql`${table.state} in ('queued', 'sending', 'accepted', 'rejected', 'uncertain', 'cancelled', 'captured')`,
    ),
  ],
);

/** What was tried, and how far it came. `dot-pushed` is committed before the final dot may leave. */
export const mailAttempts = pgTable(
  "mail_attempts",
  {
    mail: text("mail")
      .$type<Sha256>()
      .notNull()
      .references(() => mails.key),
    /** 1, 2, 3 … */
    number: integer("number").notNull(),
    courier: uuid("courier").notNull(),
    phase: text("phase").$type<AttemptPhase>().notNull(),
    startedAt: instant("started_at").notNull(),
    endedAt: instant("ended_at"),
    /** The reply, or what went wrong instead. */
    reply: text("reply"),
    outcome: text("outcome").$type<AttemptOutcome>(),
  },
  (table) => [primaryKey({ columns: [table.mail, table.number] })],
);

/** What servers reported later (RFC 3464), each report once. */
export const mailReports = pgTable(
  "mail_reports",
  {
    mail: text("mail")
      .$type<Sha256>()
      .notNull()
      .references(() => mails.key),
    /** SHA-256 over what the report says, so that another copy of it is known again. */
    report: text("report").$type<Sha256>().notNull(),
    action: text("action").$type<ReportedAction>().notNull(),
    /** RFC 3463, e.g. `5.1.1`. */
    status: text("status"),
    /** Whom it was meant for where the report was made: not ours where mail is passed on. */
    recipient: text("recipient"),
    /** The words of the server that refused or waits. */
    diagnostic: text("diagnostic"),
    /** When it was read. */
    readAt: instant("read_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.mail, table.report] })],
);
