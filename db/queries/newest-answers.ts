import { and, asc, desc, eq, inArray } from "drizzle-orm";
import type { Db, Tx } from "../client.ts";
import { answers, items } from "../schema/request.ts";
import { contentsOf, type StoredContent } from "./content.ts";

/** What was last submitted for each of the request's items, by item; nothing of what has never been answered. */
export const newestAnswers = async (
  db: Db | Tx,
  { request, of }: { readonly request: string; readonly of: readonly string[] },
): Promise<ReadonlyMap<string, StoredContent<"answer">["body"]>> => {
  const { item, content } = answers;
  const rows = await db
    .selectDistinctOn([item], { item, content })
    .from(answers)
    .innerJoin(items, eq(items.id, item))
    .where(and(eq(items.request, request), inArray(item, [...of])))
    .orderBy(asc(item), desc(answers.version));
  const texts = await contentsOf(
    db,
    "answer",
    rows.map((row) => row.content),
  );
  return new Map(
    rows.flatMap((row) => {
      const body = texts.get(row.content)?.body;
      return body === undefined ? [] : [[row.item, body] as const];
    }),
  );
};
