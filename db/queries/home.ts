import { and, count, eq, inArray, max, min, type SQL } from "drizzle-orm";
import type { CycleKey, OrganisationId, PersonId } from "../../domain/ids.ts";
import type { MailState } from "../../domain/mail.ts";
import type { Instant } from "../../domain/time.ts";
import type { Db, Tx } from "../client.ts";
import { people } from "../schema/acts.ts";
import { mails } from "../schema/mail.ts";
import { surveys } from "../schema/survey.ts";

/** Of all, or of one organisation's. */
interface Whose {
  readonly cycle: CycleKey;
  readonly organisation?: OrganisationId;
}
export interface SurveyCounts {
  readonly open: number;
  readonly ended: number;
  readonly firstOpenedAt: Instant | null;
  readonly lastEndedAt: Instant | null;
}
export const surveyCounts = async (db: Db | Tx, whose: Whose): Promise<SurveyCounts> => {
  const [row] = await db
    .select({
      all: count(),
      ended: count(surveys.endedAt),
      firstOpenedAt: min(surveys.openedAt),
      lastEndedAt: max(surveys.endedAt),
    })
    .from(surveys)
    .where(of(whose, surveys));
  const { all = 0, ended = 0, firstOpenedAt = null, lastEndedAt = null } = row ?? {};
  return { open: all - ended, ended, firstOpenedAt, lastEndedAt };
};

export interface MailCounts {
  readonly counts: Readonly<Record<MailState, number>>;
  /** The cycle's now when the last one was written. */
  readonly lastAt: Instant | null;
}
export const mailCounts = async (db: Db | Tx, whose: Whose): Promise<MailCounts> => {
  const rows = await db
    .select({ state: mails.state, many: count(), lastAt: max(mails.at) })
    .from(mails)
    .where(of(whose, mails))
    .groupBy(mails.state);
  const none = { queued: 0, sending: 0, accepted: 0, rejected: 0, uncertain: 0, cancelled: 0, captured: 0 };
  return {
    counts: { ...none, ...Object.fromEntries(rows.map(({ state, many }) => [state, many])) },
    lastAt:
      rows
        .flatMap(({ lastAt }) => lastAt ?? [])
        .toSorted()
        .at(-1) ?? null,
  };
};

const of = ({ cycle, organisation }: Whose, table: typeof surveys | typeof mails): SQL | undefined =>
  and(eq(table.cycle, cycle), organisation === undefined ? undefined : eq(table.organisation, organisation));

/** Names of people by id; who is not in the directory is left out. */
export const namesOf = async (
  db: Db | Tx,
  ids: readonly PersonId[],
): Promise<ReadonlyMap<PersonId, string>> => {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: people.id, name: people.name })
    .from(people)
    .where(inArray(people.id, [...ids]));
  return new Map(rows.map(({ id, name }) => [id, name]));
};
