import type { InsideSeen } from "../../domain/chain.ts";
import { and, asc, eq, inArray, or, sql } from "drizzle-orm";
import { sha256, type CycleKey } from "../../domain/ids.ts";
import type { Instant } from "../../domain/time.ts";
import type { Db, Tx } from "../client.ts";
import { records } from "../schema/acts.ts";
import { auditEvents } from "../schema/audit.ts";
import { mails } from "../schema/mail.ts";
import { reminders } from "../schema/request.ts";
import type { StoredEvent } from "./audit.ts";
import { knownTo } from "./inside-steps.ts";
import { mailSummary, type MailSummary } from "./mail.ts";

const numberIn = sql<number>`(${records.result} ->> 'sequence')::int`;

/** Numbers of the events under whose keys something was written, by key. */
export const eventsByKey = async (
  db: Db | Tx,
  keys: readonly (string | null)[],
): Promise<ReadonlyMap<string, number>> => {
  const known = [...new Set(keys.filter((key) => key !== null))];
  if (known.length === 0) return new Map();
  const rows = await db
    .select({ key: records.key, sequence: numberIn })
    .from(records)
    .where(inArray(records.key, known));
  return new Map(rows.map(({ key, sequence }) => [key, sequence]));
};

/** The event that brought a mail about; null where it was trouble with another mail. */
export const causeOfMail = async (db: Db | Tx, { key }: Pick<MailSummary, "key">): Promise<number | null> => {
  const [row] = await db
    .select({ sequence: numberIn })
    .from(mails)
    .innerJoin(records, eq(records.key, mails.cause))
    .where(eq(mails.key, key));
  return row?.sequence ?? null;
};

/** An event of the cycle; undefined also for what the reader may not know of. */
export const eventOf = async (
  db: Db | Tx,
  {
    cycle,
    inside,
    sequence,
  }: { readonly cycle: CycleKey; readonly inside: InsideSeen; readonly sequence: number },
): Promise<StoredEvent | undefined> =>
  (
    await db
      .select()
      .from(auditEvents)
      .where(and(eq(auditEvents.sequence, sequence), eq(auditEvents.cycle, cycle), knownTo(inside)))
  )[0];

/** The mails an event brought about, in the order in which they were queued. */
export const mailsOfEvent = async (
  db: Db | Tx,
  { cycle, sequence }: { readonly cycle: CycleKey; readonly sequence: number },
): Promise<MailSummary[]> =>
  db
    .select(mailSummary)
    .from(mails)
    .innerJoin(records, eq(records.key, mails.cause))
    .where(and(eq(mails.cycle, cycle), eq(numberIn, sequence)))
    .orderBy(asc(mails.position));

/** Why a digest was sent: the rung, the date it counts from and how many items were not in, each combination once. */
export interface ReminderCause {
  readonly mail: string;
  readonly rung: string;
  readonly dueAt: Instant;
  readonly items: number;
}
export const causesOfReminders = async (
  db: Db | Tx,
  keys: readonly string[],
): Promise<readonly ReminderCause[]> =>
  keys.length === 0
    ? []
    : db
        .select({
          mail: reminders.mail,
          rung: reminders.rung,
          dueAt: reminders.dueAt,
          items: sql<number>`count(*)::int`,
        })
        .from(reminders)
        .where(inArray(reminders.mail, [...keys]))
        .groupBy(reminders.mail, reminders.rung, reminders.dueAt)
        .orderBy(asc(reminders.dueAt), asc(reminders.rung));

/** The mails that are part of the record of that key, in the order in which they were queued. */
export const mailsOfKey = (db: Db | Tx, key: string): Promise<MailSummary[]> =>
  db.select(mailSummary).from(mails).where(eq(mails.cause, key)).orderBy(asc(mails.position));

/** Every mail about the request, also digests that are about several; each once. */
export const mailsAbout = (
  db: Db | Tx,
  { cycle, request }: { readonly cycle: CycleKey; readonly request: string },
): Promise<MailSummary[]> =>
  db
    .select(mailSummary)
    .from(mails)
    .where(
      and(
        eq(mails.cycle, cycle),
        or(
          eq(mails.request, request),
          sql`exists (select from unnest(${mails.items}) as item where starts_with(item, ${`${request}/`}))`,
        ),
      ),
    )
    .orderBy(asc(mails.position));

/** Numbers of the events that brought mails about, by mail. */
export const causesOfMails = async (
  db: Db | Tx,
  keys: readonly string[],
): Promise<ReadonlyMap<string, number>> => {
  if (keys.length === 0) return new Map();
  const rows = await db
    .select({ key: mails.key, sequence: numberIn })
    .from(mails)
    .innerJoin(records, eq(records.key, mails.cause))
    .where(inArray(mails.key, keys.map(sha256)));
  return new Map(rows.map(({ key, sequence }) => [key, sequence]));
};
