import { and, eq } from "drizzle-orm";
import type { DraftFields } from "../../domain/draft.ts";
import type { Instant } from "../../domain/time.ts";
import type { Db } from "../client.ts";
import type { WhichDraft } from "../content.ts";
import { drafts } from "../schema/content.ts";

export interface KeptDraft {
  readonly fields: DraftFields;
  /** Wall clock. */
  readonly savedAt: Instant;
}

/** A person's own; nobody else ever gets it. */
export const draftKept = async (db: Db, { person, request }: WhichDraft): Promise<KeptDraft | undefined> =>
  (
    await db
      .select({ fields: drafts.fields, savedAt: drafts.savedAt })
      .from(drafts)
      .where(and(eq(drafts.person, person), eq(drafts.request, request)))
  )[0];
