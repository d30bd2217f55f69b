import { asc, desc, eq } from "drizzle-orm";
import type { Db, Tx } from "../client.ts";
import { answers, items, requests } from "../schema/request.ts";
import { contentsOf, type StoredContent } from "./content.ts";

type RequestRow = typeof requests.$inferSelect;
type ItemRow = Pick<typeof items.$inferSelect, "id" | "datum" | "text" | "indicators" | "state">;

/** One submitted version, with what was written in it. */
export type WrittenAnswer = Pick<
  typeof answers.$inferSelect,
  "item" | "version" | "says" | "why" | "by" | "onBehalfOf" | "at"
> & {
  readonly written: StoredContent<"answer">["body"] | StoredContent<"comment">["body"] | null;
};
/** A request with everything that was ever submitted to it, the newest version of an item first. */
export interface RequestHistory {
  readonly request: RequestRow;
  readonly items: readonly ItemRow[];
  readonly answers: readonly WrittenAnswer[];
}

export const requestHistory = async (db: Db | Tx, id: string): Promise<RequestHistory | undefined> => {
  const [[request], asked, given] = await Promise.all([
    db.select().from(requests).where(eq(requests.id, id)),
    itemsAsked(db, id),
    answersGiven(db, id),
  ]);
  if (request === undefined) return undefined;
  const ids = given.map(({ content }) => content);
  const texts = await contentsOf(db, request.kind === "consultation" ? "comment" : "answer", ids);
  return {
    request,
    items: asked,
    answers: given.map(({ content, ...answer }) => ({
      ...answer,
      written: texts.get(content)?.body ?? null,
    })),
  };
};

const itemsAsked = (db: Db | Tx, id: string): Promise<ItemRow[]> =>
  db
    .select({
      id: items.id,
      datum: items.datum,
      text: items.text,
      indicators: items.indicators,
      state: items.state,
    })
    .from(items)
    .where(eq(items.request, id))
    .orderBy(asc(items.id));

const answersGiven = (db: Db | Tx, id: string) =>
  db
    .select({
      item: answers.item,
      version: answers.version,
      says: answers.says,
      why: answers.why,
      by: answers.by,
      onBehalfOf: answers.onBehalfOf,
      at: answers.at,
      content: answers.content,
    })
    .from(answers)
    .innerJoin(items, eq(answers.item, items.id))
    .where(eq(items.request, id))
    .orderBy(asc(answers.item), desc(answers.version));
