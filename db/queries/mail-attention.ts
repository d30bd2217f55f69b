import { and, asc, count, desc, eq, inArray, lt, or, sql, type SQL } from "drizzle-orm";
import type { CycleKey, OrganisationId, Sha256 } from "../../domain/ids.ts";
import type { Instant, PlainDate } from "../../domain/time.ts";
import type { Db, Tx } from "../client.ts";
import { auditEvents } from "../schema/audit.ts";
import { mails } from "../schema/mail.ts";
import { mailSummary, type MailSummary } from "./mail.ts";
import { withoutProgress } from "./stuck-mail.ts";

/** Mails about which somebody has to do something: nobody is sure of them, they did not arrive, or do not move. */
export interface MailsInTrouble {
  readonly cycle: CycleKey;
  readonly organisation?: OrganisationId;
  /** Wall clock. */
  readonly now: Instant;
}

const inTrouble = ({ cycle, organisation, now }: MailsInTrouble): SQL | undefined =>
  and(
    eq(mails.cycle, cycle),
    organisation === undefined ? undefined : eq(mails.organisation, organisation),
    or(inArray(mails.state, ["uncertain", "rejected"]), withoutProgress(now)),
  );

/** First those that wait for a person's word; then the newest. `many` counts also those beyond the limit. */
export const mailsInTrouble = async (
  db: Db | Tx,
  of: MailsInTrouble,
  limit: number,
): Promise<{ readonly rows: readonly MailSummary[]; readonly many: number }> => {
  const which = inTrouble(of);
  const uncertainFirst = sql`${mails.state} <> 'uncertain'`;
  const [rows, [all]] = await Promise.all([
    db
      .select(mailSummary)
      .from(mails)
      .where(which)
      .orderBy(uncertainFirst, desc(mails.position))
      .limit(limit),
    db.select({ many: count() }).from(mails).where(which),
  ]);
  return { rows, many: all?.many ?? 0 };
};

/** The newest mails written before that position, or of all. */
export const newestMails = (
  db: Db | Tx,
  {
    cycle,
    organisation,
    before,
    limit,
  }: Omit<MailsInTrouble, "now"> & { readonly before?: number | undefined; readonly limit: number },
): Promise<MailSummary[]> =>
  db
    .select(mailSummary)
    .from(mails)
    .where(
      and(
        eq(mails.cycle, cycle),
        organisation === undefined ? undefined : eq(mails.organisation, organisation),
        before === undefined ? undefined : lt(mails.position, before),
      ),
    )
    .orderBy(desc(mails.position))
    .limit(limit);

const dayOf = sql<PlainDate>`to_char(${mails.at} at time zone 'Asia/Tokyo', 'YYYY-MM-DD')`;
type Whose = Pick<MailsInTrouble, "cycle" | "organisation">;
const whose = ({ cycle, organisation }: Whose): SQL | undefined =>
  and(eq(mails.cycle, cycle), organisation === undefined ? undefined : eq(mails.organisation, organisation));

/** Every day of the cycle's now on which a mail was written. */
export const daysOfMails = async (db: Db | Tx, of: Whose): Promise<readonly PlainDate[]> =>
  (await db.selectDistinct({ day: dayOf }).from(mails).where(whose(of)).orderBy(dayOf)).map(({ day }) => day);

/** In the order in which they were written. */
export const mailsOnDays = async (
  db: Db | Tx,
  { days, ...of }: Whose & { readonly days: readonly PlainDate[] },
): Promise<readonly MailSummary[]> =>
  days.length === 0
    ? []
    : db
        .select(mailSummary)
        .from(mails)
        .where(and(whose(of), inArray(dayOf, [...days])))
        .orderBy(asc(mails.position));

/** What a person decided about a mail. */
export type MailDecision = Pick<
  typeof auditEvents.$inferSelect,
  "action" | "actor" | "at" | "reason" | "result"
>;

export const decisionsOnMail = (
  db: Db | Tx,
  { key, cycle }: { readonly key: Sha256; readonly cycle: CycleKey },
): Promise<MailDecision[]> =>
  db
    .select({
      action: auditEvents.action,
      actor: auditEvents.actor,
      at: auditEvents.at,
      reason: auditEvents.reason,
      result: auditEvents.result,
    })
    .from(auditEvents)
    .where(and(eq(auditEvents.cycle, cycle), eq(auditEvents.object, `mail ${key}`)))
    .orderBy(asc(auditEvents.sequence));
