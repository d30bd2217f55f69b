import { and, count, eq, gte, inArray, lt, or, sql, type SQL } from "drizzle-orm";
import { stuckLimits } from "../../domain/mail.ts";
import type { Instant } from "../../domain/time.ts";
import type { Db, Tx } from "../client.ts";
import { mails } from "../schema/mail.ts";

/** When it could have gone on: domain/mail.ts says how long after that it is stuck. */
const dueAt = sql`case ${mails.state} when 'sending' then ${mails.leaseUntil} else ${mails.nextTryAt} end`;

/** Of mails that are to be sent, those without progress; `now` is wall clock. */
export const withoutProgress = (now: Instant): SQL | undefined => {
  const limits = stuckLimits(now);
  const last = limits.length - 1;
  const late = limits.map(({ attempts, dueBefore }) =>
    and(
      attempts === last ? gte(mails.attempts, attempts) : eq(mails.attempts, attempts),
      lt(dueAt, dueBefore),
    ),
  );
  return and(inArray(mails.state, ["queued", "sending"]), or(...late));
};

export const stuckCount = async (db: Db | Tx, now: Instant): Promise<number> => {
  const [row] = await db.select({ many: count() }).from(mails).where(withoutProgress(now));
  return row?.many ?? 0;
};
