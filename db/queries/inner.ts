import { asc, eq } from "drizzle-orm";
import type { InnerWork } from "../../domain/inner-work.ts";
import type { Db, Tx } from "../client.ts";
import { innerWorks } from "../schema/request.ts";
import { contentsOf, type StoredContent } from "./content.ts";

/** An item under way inside its organisation, with what has been prepared for it. */
export interface WorkInside {
  readonly item: string;
  readonly work: InnerWork;
  readonly written: StoredContent<"answer">["body"] | null;
}

/** By item. Only for the organisation itself, and for the auditor. */
export const worksInside = async (db: Db | Tx, request: string): Promise<readonly WorkInside[]> => {
  const rows = await db
    .select({ item: innerWorks.item, work: innerWorks.work })
    .from(innerWorks)
    .where(eq(innerWorks.request, request))
    .orderBy(asc(innerWorks.item));
  const prepared = rows.flatMap(({ work }) => ("answer" in work ? [work.answer.content.id] : []));
  const texts = await contentsOf(db, "answer", prepared);
  return rows.map((row) => ({
    ...row,
    written: "answer" in row.work ? (texts.get(row.work.answer.content.id)?.body ?? null) : null,
  }));
};
