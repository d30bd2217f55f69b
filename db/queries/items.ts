import { eq, inArray, sql } from "drizzle-orm";
import type { OrganisationId } from "../../domain/ids.ts";
import type { RequestKind } from "../../domain/plan.ts";
import type { Instant } from "../../domain/time.ts";
import type { Db, Tx } from "../client.ts";
import { items, requests } from "../schema/request.ts";

/** An item with the request it belongs to. */
export interface AskedItem {
  readonly item: string;
  readonly text: string;
  /** What its ladder counts from. */
  readonly dueAt: Instant;
  /** 差戻しの理由; null where it is not returned. */
  readonly returnedFor: string | null;
  readonly request: AskedRequest;
}
export interface AskedRequest {
  readonly id: string;
  readonly kind: RequestKind;
  readonly organisation: OrganisationId;
  readonly sentAt: Instant;
  readonly dueAt: Instant;
  readonly closeAt: Instant;
}

const askedRequest = {
  id: requests.id,
  kind: requests.kind,
  organisation: requests.organisation,
  sentAt: requests.sentAt,
  dueAt: requests.dueAt,
  closeAt: requests.closeAt,
};

/** By id, in one statement however many; one that does not exist is left out. */
export const askedItems = async (
  db: Db | Tx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, AskedItem>> => {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({
      item: items.id,
      text: items.text,
      dueAt: items.dueAt,
      returnedFor: sql<
        string | null
      >`case when ${items.is} = 'returned' then ${items.state} ->> 'reason' end`,
      request: askedRequest,
    })
    .from(items)
    .innerJoin(requests, eq(items.request, requests.id))
    .where(sql`${items.id} = any(${sql.param([...ids])})`);
  return new Map(rows.map((row) => [row.item, row]));
};

/** What items ask for, by their ids. */
export const askedData = async (
  db: Db | Tx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Pick<typeof items.$inferSelect, "datum" | "text" | "indicators">>> => {
  const rows = await db
    .select({ id: items.id, datum: items.datum, text: items.text, indicators: items.indicators })
    .from(items)
    .where(inArray(items.id, [...ids]));
  return new Map(rows.map(({ id, ...asked }) => [id, asked]));
};

/** By id, in one statement however many; one that does not exist is left out. */
export const askedRequests = async (
  db: Db | Tx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, AskedRequest>> => {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select(askedRequest)
    .from(requests)
    .where(sql`${requests.id} = any(${sql.param([...ids])})`);
  return new Map(rows.map((row) => [row.id, row]));
};
