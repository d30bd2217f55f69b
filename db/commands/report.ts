import { and, eq, inArray } from "drizzle-orm";
import type { ContentRef, Disposition } from "../../domain/acts.ts";
import type { Tx } from "../client.ts";
import { contentsOf } from "../queries/content.ts";
import { comments, edits, versions } from "../schema/report.ts";
import { requests } from "../schema/request.ts";
import type { Made } from "./records.ts";

export const addEdit = async (
  tx: Tx,
  { cycle, by, now }: Made,
  { section, content }: { readonly section: string; readonly content: ContentRef },
): Promise<void> => {
  await tx.insert(edits).values({ cycle, section, content: content.id, by, at: now });
};

export const addVersion = async (
  tx: Tx,
  { cycle, by, now }: Made,
  { content, number }: { readonly content: ContentRef; readonly number: number },
): Promise<void> => {
  await tx.insert(versions).values({ cycle, number, content: content.id, hash: content.hash, by, at: now });
};

export interface GivenComment {
  readonly request: string;
  readonly content: ContentRef;
  readonly round: number;
}
/** One row per opinion: each is disposed of by itself. */
export const addComment = async (
  tx: Tx,
  { cycle, now }: Made,
  { request, content, round }: GivenComment,
): Promise<void> => {
  const [asked] = await tx
    .select({ organisation: requests.organisation })
    .from(requests)
    .where(eq(requests.id, request));
  const body = (await contentsOf(tx, "comment", [content.id])).get(content.id)?.body;
  if (asked === undefined || body === undefined) throw new Error(`a comment on nothing: ${request}`);
  if (body.opinions.length === 0) return;
  await tx.insert(comments).values(
    body.opinions.map((_, index) => ({
      id: `${content.id}/${index + 1}`,
      content: content.id,
      cycle,
      round,
      request,
      organisation: asked.organisation,
      at: now,
    })),
  );
};

interface Disposed {
  readonly disposition: Disposition;
  readonly change: string | null;
  readonly nextYear: boolean;
}
export const disposeOf = async (
  tx: Tx,
  { cycle, by, reason }: Made,
  { ids, ...disposed }: Disposed & { readonly ids: readonly string[] },
): Promise<void> => {
  await tx
    .update(comments)
    .set({ ...disposed, reason, disposedBy: by })
    .where(and(eq(comments.cycle, cycle), inArray(comments.id, [...ids])));
};
