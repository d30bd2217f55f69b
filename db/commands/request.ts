import { and, eq, inArray, sql } from "drizzle-orm";
import type { NewRequest } from "../../domain/asking.ts";
import type { Instant, PlainDate } from "../../domain/time.ts";
import type { Tx } from "../client.ts";
import { items, requests } from "../schema/request.ts";
import type { Made } from "./records.ts";
import { joinedAt } from "./rungs.ts";

const ROWS_A_STATEMENT = 2000;

const requestRow = ({ items: _asked, ...request }: NewRequest) => ({ ...request, is: "open" as const });
const itemRows = ({ id: request, dueAt, items: asked }: NewRequest) =>
  asked.map((item) => ({
    ...item,
    request,
    dueAt,
    is: item.state.is,
    indicators: [...item.indicators],
  }));

export const addRequests = async (tx: Tx, opened: readonly NewRequest[]): Promise<void> => {
  const asked = opened.flatMap(itemRows);
  for (let from = 0; from < opened.length; from += ROWS_A_STATEMENT)
    await tx.insert(requests).values(opened.slice(from, from + ROWS_A_STATEMENT).map(requestRow));
  for (let from = 0; from < asked.length; from += ROWS_A_STATEMENT)
    await tx.insert(items).values(asked.slice(from, from + ROWS_A_STATEMENT));
};

export const markRequest = async (
  tx: Tx,
  { now }: Made,
  { request, is }: { readonly request: string; readonly is: "open" | "settled" },
): Promise<void> => {
  await tx
    .update(requests)
    .set({ is, settledAt: is === "settled" ? now : null })
    .where(eq(requests.id, request));
};

/** What people edit has changed: an answer given on the earlier state misses. */
export const countRevision = async (tx: Tx, ids: readonly string[]): Promise<void> => {
  await tx
    .update(requests)
    .set({ revision: sql`${requests.revision} + 1` })
    .where(inArray(requests.id, [...ids]));
};

export interface MovedTerm {
  readonly request: string;
  readonly dueAt: Instant;
  readonly closeAt: Instant;
  /** An extension asked for and not yet answered. */
  readonly asked: { readonly dueOn: PlainDate; readonly reason: string } | null;
  /** Since when and why it stands still. */
  readonly paused: { readonly at: Instant; readonly reason: string } | null;
}
/** What counts from the request's due date moves with it. True if it moved. */
export const moveTerm = async (
  tx: Tx,
  { now }: Pick<Made, "now">,
  { request, dueAt, closeAt, asked, paused }: MovedTerm,
): Promise<boolean> => {
  const [was] = await tx
    .select({ dueAt: requests.dueAt })
    .from(requests)
    .where(eq(requests.id, request))
    .for("update");
  if (was === undefined) throw new Error(`no request ${request}`);
  await tx
    .update(requests)
    .set({
      dueAt,
      closeAt,
      askedDueOn: asked?.dueOn ?? null,
      askedReason: asked?.reason ?? null,
      pausedAt: paused?.at ?? null,
      pausedReason: paused?.reason ?? null,
    })
    .where(eq(requests.id, request));
  if (was.dueAt === dueAt) return false;
  await tx
    .update(items)
    .set({ dueAt, dueSince: joinedAt(sql`${dueAt}::text::timestamptz`, now) })
    .where(and(eq(items.request, request), eq(items.dueAt, was.dueAt)));
  return true;
};
