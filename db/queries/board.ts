import { and, asc, eq, inArray, min } from "drizzle-orm";
import type { BoardItem, BoardKind } from "../../domain/board.ts";
import type { CycleKey, IndicatorKey } from "../../domain/ids.ts";
import type { Db, Tx } from "../client.ts";
import { answers, items, requests } from "../schema/request.ts";

/** A thing asked with the indicators it serves; which domains they belong to, the plan knows. */
export type AskedOnBoard = Omit<BoardItem, "domains"> & { readonly indicators: readonly IndicatorKey[] };

const kinds: readonly BoardKind[] = ["data", "chapter"];

/** Every item of the cycle's data and chapter requests, with when it was first submitted. */
export const itemsOnBoard = async (db: Db | Tx, cycle: CycleKey): Promise<readonly AskedOnBoard[]> => {
  const first = db
    .select({ item: answers.item, at: min(answers.at).as("first_at") })
    .from(answers)
    .groupBy(answers.item)
    .as("first");
  const rows = await db
    .select({
      item: items.id,
      text: items.text,
      indicators: items.indicators,
      is: items.is,
      state: items.state,
      request: requests.id,
      kind: requests.kind,
      organisation: requests.organisation,
      dueAt: requests.dueAt,
      pausedAt: requests.pausedAt,
      askedDueOn: requests.askedDueOn,
      firstAt: first.at,
    })
    .from(items)
    .innerJoin(requests, eq(items.request, requests.id))
    .leftJoin(first, eq(first.item, items.id))
    .where(and(eq(requests.cycle, cycle), inArray(requests.kind, kinds)))
    .orderBy(asc(requests.id), asc(items.id));
  return rows.map(({ pausedAt, kind, state, ...row }) => ({
    ...row,
    kind: kind === "chapter" ? "chapter" : "data",
    paused: pausedAt !== null,
    answer: state.is === "submitted" ? state.answer.content.hash : null,
  }));
};
