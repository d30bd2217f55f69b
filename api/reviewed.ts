import type { WrittenAnswer } from "../db/queries/request-history.ts";
import type { Actor } from "../domain/acts.ts";
import type { ItemState } from "../domain/answer.ts";
import type { Sha256 } from "../domain/ids.ts";

/** The hash of what the reviewer had before him stands in the box he ticks. */
export const reviewedIn = (box: string): { readonly item: string; readonly hash: string } => {
  const cut = box.lastIndexOf(" ");
  return { item: box.slice(0, cut), hash: box.slice(cut + 1) };
};

/** The version a reviewer has before him; null for none. Who entered it on behalf leaves its review to another. */
export const reviewableOf = (
  state: ItemState,
  newest: Pick<WrittenAnswer, "by" | "onBehalfOf"> | undefined,
  { person }: Pick<Actor, "person">,
): Sha256 | null => {
  if (state.is !== "submitted" && state.is !== "provisional") return null;
  return newest?.onBehalfOf != null && newest.by === person ? null : state.answer.content.hash;
};
