import { and, asc, eq, inArray, isNull, lt, sql, type SQL } from "drizzle-orm";
import { owedStates } from "../../domain/answer.ts";
import type { CycleKey, OrganisationId } from "../../domain/ids.ts";
import { noItems, type ItemCounts } from "../../domain/progress.ts";
import type { Instant } from "../../domain/time.ts";
import type { Db, Tx } from "../client.ts";
import { items, requests } from "../schema/request.ts";

const columns = {
  id: requests.id,
  kind: requests.kind,
  organisation: requests.organisation,
  round: requests.round,
  is: requests.is,
  chain: requests.chain,
  dueAt: requests.dueAt,
  askedDueOn: requests.askedDueOn,
  pausedAt: requests.pausedAt,
};

/** A request with its items counted, nothing of what was answered. */
export type YearRequest = Pick<typeof requests.$inferSelect, keyof typeof columns> & {
  readonly counts: ItemCounts;
  /** Items the organisation still has to do something about and whose date has passed at `now`; none while paused. */
  readonly overdue: number;
  /** Values that are provisional still after their close: a person has to decide on them. */
  readonly leftProvisional: number;
  /** The earliest date of what is still owed; null when nothing is. */
  readonly owedDueAt: Instant | null;
};

/** Which of a cycle's requests; without `organisation` those of all. */
export interface YearRequestFilter {
  readonly cycle: CycleKey;
  readonly organisation?: OrganisationId;
  readonly now: Instant;
  /** Answers that are 公表前 are not counted: whoever asks is not to know of them. */
  readonly withoutEmbargoed?: boolean;
}

const matching = ({ cycle, organisation }: YearRequestFilter): SQL | undefined =>
  and(
    eq(requests.cycle, cycle),
    organisation === undefined ? undefined : eq(requests.organisation, organisation),
  );

const isOwed = inArray(items.is, [...owedStates]);

const isOut = sql`${items.state} -> 'answer' -> 'embargoed' is null`;

const isLate = (now: Instant): SQL | undefined =>
  and(isOwed, isNull(requests.pausedAt), lt(items.dueAt, now));

const isLeftProvisional = (now: Instant): SQL | undefined =>
  and(
    eq(items.is, "provisional"),
    sql`(${items.state} ->> 'until')::timestamptz < ${now}::text::timestamptz`,
  );

/** The open ones first, by their due date. */
export const yearRequests = async (db: Db | Tx, filter: YearRequestFilter): Promise<YearRequest[]> => {
  const asked = db
    .select(columns)
    .from(requests)
    .where(matching(filter))
    .orderBy(asc(requests.is), asc(requests.dueAt), asc(requests.kind), asc(requests.id));
  const answered = db
    .select({
      request: items.request,
      is: items.is,
      items: sql<number>`count(*)::int`,
      overdue: sql<number>`(count(*) filter (where ${isLate(filter.now)}))::int`,
      leftProvisional: sql<number>`(count(*) filter (where ${isLeftProvisional(filter.now)}))::int`,
      owedDueAt: sql`min(${items.dueAt}) filter (where ${isOwed})`.mapWith(items.dueAt),
    })
    .from(items)
    .innerJoin(requests, eq(items.request, requests.id))
    .where(and(matching(filter), filter.withoutEmbargoed === true ? isOut : undefined))
    .groupBy(items.request, items.is);
  const [rows, counted] = await Promise.all([asked, answered]);
  return rows.map((row) => {
    const own = counted.filter(({ request }) => request === row.id);
    return {
      ...row,
      counts: { ...noItems, ...Object.fromEntries(own.map(({ is, items: many }) => [is, many])) },
      overdue: own.reduce((sum, { overdue }) => sum + overdue, 0),
      leftProvisional: own.reduce((sum, { leftProvisional }) => sum + leftProvisional, 0),
      owedDueAt: own.flatMap(({ owedDueAt }) => owedDueAt ?? []).toSorted()[0] ?? null,
    };
  });
};
