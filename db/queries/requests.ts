import { and, asc, eq, gt, inArray, type SQL } from "drizzle-orm";
import type { CycleKey, OrganisationId, Sha256 } from "../../domain/ids.ts";
import type { RequestKind } from "../../domain/plan.ts";
import type { Db, Tx } from "../client.ts";
import { items, requests } from "../schema/request.ts";

export type StoredRequest = typeof requests.$inferSelect;

export interface RequestFilter {
  readonly cycle: CycleKey;
  readonly kind?: RequestKind | undefined;
  readonly organisation?: OrganisationId | undefined;
  readonly is?: StoredRequest["is"] | undefined;
  /** Only requests whose id comes after. */
  readonly after?: string | undefined;
  readonly limit: number;
}

const matching = ({ cycle, kind, organisation, is, after }: RequestFilter): SQL | undefined =>
  and(
    eq(requests.cycle, cycle),
    kind && eq(requests.kind, kind),
    organisation && eq(requests.organisation, organisation),
    is && eq(requests.is, is),
    after === undefined ? undefined : gt(requests.id, after),
  );

/** By id. */
export const requestsOf = (db: Db | Tx, filter: RequestFilter): Promise<StoredRequest[]> =>
  db.select().from(requests).where(matching(filter)).orderBy(asc(requests.id)).limit(filter.limit);

export const requestById = async (db: Db | Tx, id: string): Promise<StoredRequest | undefined> =>
  (await db.select().from(requests).where(eq(requests.id, id)))[0];

/** True if one of the data that the items ask for is asked of the organisation in the same cycle. */
export const asksAlready = async (
  db: Db | Tx,
  {
    cycle,
    organisation,
    items: ids,
  }: { readonly cycle: CycleKey; readonly organisation: OrganisationId; readonly items: readonly string[] },
): Promise<boolean> => {
  const meant = db
    .select({ datum: items.datum })
    .from(items)
    .where(inArray(items.id, [...ids]));
  const asked = await db
    .select({ id: items.id })
    .from(items)
    .innerJoin(requests, eq(items.request, requests.id))
    .where(
      and(
        eq(requests.cycle, cycle),
        eq(requests.kind, "data"),
        eq(requests.organisation, organisation),
        inArray(items.datum, meant),
      ),
    )
    .limit(1);
  return asked.length > 0;
};

/** True if the version was put before the organisation in a consultation. */
export const wasConsultedOn = async (
  db: Db | Tx,
  {
    cycle,
    version,
    organisation,
  }: { readonly cycle: CycleKey; readonly version: Sha256; readonly organisation: OrganisationId },
): Promise<boolean> => {
  const consulted = await db
    .select({ id: requests.id })
    .from(requests)
    .where(
      and(eq(requests.cycle, cycle), eq(requests.version, version), eq(requests.organisation, organisation)),
    )
    .limit(1);
  return consulted.length > 0;
};
