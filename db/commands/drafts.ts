import { and, eq, inArray } from "drizzle-orm";
import { draftWithout, isEmptyDraft } from "../../domain/draft.ts";
import type { PersonId } from "../../domain/ids.ts";
import type { Tx } from "../client.ts";
import { drafts } from "../schema/content.ts";

/** What of a person's drafts has been sent is a draft no more; what he typed besides stays. */
export const dropFromDrafts = async (
  tx: Tx,
  {
    person,
    requests,
    items,
  }: { readonly person: PersonId; readonly requests: readonly string[]; readonly items: readonly string[] },
): Promise<void> => {
  const mine = and(eq(drafts.person, person), inArray(drafts.request, [...requests]));
  const kept = await tx.select().from(drafts).where(mine).for("update");
  for (const { request, fields } of kept) {
    const left = draftWithout(fields, items);
    const one = and(eq(drafts.person, person), eq(drafts.request, request));
    if (isEmptyDraft(left)) await tx.delete(drafts).where(one);
    else await tx.update(drafts).set({ fields: left }).where(one);
  }
};
