import { and, asc, eq, inArray, like } from "drizzle-orm";
import type { CycleKey } from "../../domain/ids.ts";
import type { RequestKind } from "../../domain/plan.ts";
import type { UnmovedRequest } from "../../domain/request.ts";
import type { Db } from "../client.ts";
import { items, requests } from "../schema/request.ts";

/** A request as its workflow begins with it, and its consultation's round, else 0. */
export type OpenedRequest = UnmovedRequest & { readonly round: number };

export interface WhichRequests {
  readonly cycle: CycleKey;
  readonly kinds: readonly RequestKind[];
  readonly round: number;
  /** Only those whose id begins so. */
  readonly prefix?: string;
}

/** Requests with their items as the rows have them. */
export const openedRequests = async (
  db: Db,
  { cycle, kinds, round, prefix }: WhichRequests,
): Promise<readonly OpenedRequest[]> => {
  const which = and(
    eq(requests.cycle, cycle),
    inArray(requests.kind, [...kinds]),
    eq(requests.round, round),
    prefix === undefined ? undefined : like(requests.id, `${prefix}%`),
  );
  const { id, kind, organisation, chain, dueAt, closeAt } = requests;
  const rows = await db
    .select({ id, kind, organisation, chain, dueAt, closeAt, round: requests.round })
    .from(requests)
    .where(which)
    .orderBy(asc(id));
  const states = await db
    .select({ item: items.id, request: items.request, state: items.state })
    .from(items)
    .innerJoin(requests, eq(items.request, id))
    .where(which)
    .orderBy(asc(items.id));
  const itemsOf = new Map(rows.map((row) => [row.id, new Array<(typeof states)[number]>()]));
  for (const one of states) itemsOf.get(one.request)?.push(one);
  return rows.map(({ chain: steps, ...row }) => ({
    ...row,
    ...(steps !== null && { chain: steps }),
    items: Object.fromEntries((itemsOf.get(row.id) ?? []).map(({ item, state }) => [item, state])),
    asked: null,
    surveys: 0,
  }));
};
