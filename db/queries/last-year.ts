import { and, desc, eq, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { CycleKey } from "../../domain/ids.ts";
import type { Db, Tx } from "../client.ts";
import { cycles } from "../schema/cycle.ts";
import { items, requests } from "../schema/request.ts";
import { contentsOf, type StoredContent } from "./content.ts";

/** By datum. */
export type LastYear = ReadonlyMap<string, StoredContent<"answer">["body"]>;

/**
 * 前年度の回答: what the same organisation had settled as a value for the same datum in the year before, of the newest
 * cycle of that year. A rehearsal looks back on rehearsals only, the real year on the real one.
 */
export const answersOfLastYear = async (db: Db | Tx, request: string): Promise<LastYear> => {
  const asking = alias(requests, "asking");
  const present = alias(cycles, "present");
  const settled = await db
    .select({ datum: items.datum, state: items.state })
    .from(asking)
    .innerJoin(present, eq(present.key, asking.cycle))
    .innerJoin(cycles, and(eq(cycles.year, sql`${present.year} - 1`), eq(cycles.stepped, present.stepped)))
    .innerJoin(
      requests,
      and(
        eq(requests.cycle, cycles.key),
        eq(requests.kind, asking.kind),
        eq(requests.organisation, asking.organisation),
      ),
    )
    .innerJoin(items, and(eq(items.request, requests.id), eq(items.is, "value")))
    .where(eq(asking.id, request))
    .orderBy(desc(cycles.openedAt), desc(cycles.key));
  const newest = new Map<string, string>();
  for (const { datum, state } of settled)
    if (state.is === "value" && !newest.has(datum)) newest.set(datum, state.answer.content.id);
  const contents = await contentsOf(db, "answer", [...newest.values()]);
  return new Map(
    [...newest].flatMap(([datum, id]) => {
      const body = contents.get(id)?.body;
      return body === undefined ? [] : [[datum, body] as const];
    }),
  );
};

/** `<organisation>/<datum>` of everything that was settled as a value in the year before the cycle's. */
export const answeredLastYear = async (db: Db | Tx, cycle: CycleKey): Promise<ReadonlySet<string>> => {
  const present = alias(cycles, "present");
  const rows = await db
    .selectDistinct({ organisation: requests.organisation, datum: items.datum })
    .from(present)
    .innerJoin(cycles, and(eq(cycles.year, sql`${present.year} - 1`), eq(cycles.stepped, present.stepped)))
    .innerJoin(requests, and(eq(requests.cycle, cycles.key), eq(requests.kind, "data")))
    .innerJoin(items, and(eq(items.request, requests.id), eq(items.is, "value")))
    .where(eq(present.key, cycle));
  return new Set(rows.map(({ organisation, datum }) => `${organisation}/${datum}`));
};
