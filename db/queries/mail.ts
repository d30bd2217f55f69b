import { and, asc, count, eq, gt, inArray, isNotNull, min, type SQL } from "drizzle-orm";
import type { CycleKey, OrganisationId, PersonId, Sha256 } from "../../domain/ids.ts";
import type { MailState } from "../../domain/mail.ts";
import type { Instant } from "../../domain/time.ts";
import type { Db, Tx } from "../client.ts";
import { mailAttempts, mailReports, mails } from "../schema/mail.ts";
import { stuckCount } from "./stuck-mail.ts";

/** Columns of a line of the ledger. */
export const mailSummary = {
  key: mails.key,
  position: mails.position,
  cycle: mails.cycle,
  letter: mails.letter,
  person: mails.person,
  organisation: mails.organisation,
  address: mails.address,
  request: mails.request,
  rung: mails.rung,
  items: mails.items,
  subject: mails.subject,
  at: mails.at,
  queuedAt: mails.queuedAt,
  state: mails.state,
  attempts: mails.attempts,
  nextTryAt: mails.nextTryAt,
  leaseUntil: mails.leaseUntil,
  reply: mails.reply,
  queueId: mails.queueId,
  settledAt: mails.settledAt,
};

/** A line of the ledger. Instants are wall clock, but `at`, which is the cycle's now. */
export type MailSummary = Pick<typeof mails.$inferSelect, keyof typeof mailSummary>;
/** A mail as it was written, with everything that was tried. */
export type MailRecord = MailSummary &
  Pick<typeof mails.$inferSelect, "text" | "ics" | "messageId" | "inReplyTo" | "raw" | "rawHash"> & {
    readonly tried: readonly MailAttempt[];
    readonly reports: readonly MailReport[];
  };
export type MailAttempt = Pick<
  typeof mailAttempts.$inferSelect,
  "number" | "phase" | "startedAt" | "endedAt" | "reply" | "outcome"
>;

/** What a server said of it later. */
export type MailReport = Pick<
  typeof mailReports.$inferSelect,
  "action" | "status" | "recipient" | "diagnostic" | "readAt"
>;

export interface MailFilter {
  readonly cycle: CycleKey;
  readonly states?: readonly MailState[];
  readonly person?: PersonId;
  readonly organisation?: OrganisationId;
  readonly request?: string;
  /** Only mails queued after this position. */
  readonly after?: number;
  readonly limit: number;
}

const matching = ({ cycle, states, person, organisation, request, after }: MailFilter): SQL | undefined =>
  and(
    eq(mails.cycle, cycle),
    states && inArray(mails.state, [...states]),
    person && eq(mails.person, person),
    organisation && eq(mails.organisation, organisation),
    request === undefined ? undefined : eq(mails.request, request),
    after === undefined ? undefined : gt(mails.position, after),
  );

/** The ledger in the order in which mails were queued. */
export const mailsOf = (db: Db | Tx, filter: MailFilter): Promise<MailSummary[]> =>
  db.select(mailSummary).from(mails).where(matching(filter)).orderBy(asc(mails.position)).limit(filter.limit);

export const mailOf = async (db: Db | Tx, key: Sha256): Promise<MailRecord | undefined> => {
  const [mail] = await db
    .select({
      ...mailSummary,
      text: mails.text,
      ics: mails.ics,
      messageId: mails.messageId,
      inReplyTo: mails.inReplyTo,
      raw: mails.raw,
      rawHash: mails.rawHash,
    })
    .from(mails)
    .where(eq(mails.key, key));
  return mail && { ...mail, tried: await attemptsOf(db, key), reports: await reportsOn(db, key) };
};

const reportsOn = (db: Db | Tx, key: Sha256): Promise<MailReport[]> =>
  db
    .select({
      action: mailReports.action,
      status: mailReports.status,
      recipient: mailReports.recipient,
      diagnostic: mailReports.diagnostic,
      readAt: mailReports.readAt,
    })
    .from(mailReports)
    .where(eq(mailReports.mail, key))
    .orderBy(asc(mailReports.readAt), asc(mailReports.report));

const attemptsOf = (db: Db | Tx, key: Sha256): Promise<MailAttempt[]> =>
  db
    .select({
      number: mailAttempts.number,
      phase: mailAttempts.phase,
      startedAt: mailAttempts.startedAt,
      endedAt: mailAttempts.endedAt,
      reply: mailAttempts.reply,
      outcome: mailAttempts.outcome,
    })
    .from(mailAttempts)
    .where(eq(mailAttempts.mail, key))
    .orderBy(asc(mailAttempts.number));

/** How many mails are in each state, over all cycles; for `/readyz` and the operator. */
export interface MailHealth {
  readonly counts: Readonly<Record<MailState, number>>;
  /** When the mail that waits longest was due; null if none waits. */
  readonly oldestDueAt: Instant | null;
  /** Mails that are to be sent and do not move. */
  readonly stuck: number;
}

/** `now` is wall clock. */
export const mailHealth = async (db: Db, now: Instant): Promise<MailHealth> => {
  const rows = await db.select({ state: mails.state, mails: count() }).from(mails).groupBy(mails.state);
  const [oldest] = await db
    .select({ dueAt: min(mails.nextTryAt) })
    .from(mails)
    .where(eq(mails.state, "queued"));
  const none = { queued: 0, sending: 0, accepted: 0, rejected: 0, uncertain: 0, cancelled: 0, captured: 0 };
  return {
    counts: { ...none, ...Object.fromEntries(rows.map((row) => [row.state, row.mails])) },
    oldestDueAt: oldest?.dueAt ?? null,
    stuck: await stuckCount(db, now),
  };
};

/** One key for a thread: what one person gets about one request. */
export const threadKey = ({
  request,
  person,
}: {
  readonly request: string;
  readonly person: PersonId;
}): string => `${request} ${person}`;

/** Message-ID of the first mail of each thread of these requests, by `threadKey`. */
export const threadRoots = async (
  tx: Tx,
  requests: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  if (requests.length === 0) return new Map();
  const roots = await tx
    .selectDistinctOn([mails.request, mails.person], {
      request: mails.request,
      person: mails.person,
      messageId: mails.messageId,
    })
    .from(mails)
    .where(and(isNotNull(mails.request), inArray(mails.request, [...requests])))
    .orderBy(asc(mails.request), asc(mails.person), asc(mails.position));
  return new Map(
    roots.map(({ request, person, messageId }) => [threadKey({ request: request ?? "", person }), messageId]),
  );
};
