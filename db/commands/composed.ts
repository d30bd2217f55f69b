import type { ContentRef } from "../../domain/acts.ts";
import { canonicalJson } from "../../domain/canonical.ts";
import { personId } from "../../domain/ids.ts";
import { sha256Of } from "../chain.ts";
import type { Db, Tx } from "../client.ts";
import { storeContent, type ContentKind, type NewContent } from "../content.ts";
import { contentByHash } from "../queries/content.ts";

const THE_SERVICE = personId("nenrin");

/** What the service itself composes, stored once: an equal body of that kind is answered, not stored again. */
export const storeComposed = async <Kind extends ContentKind>(
  tx: Db | Tx,
  composed: Omit<NewContent<Kind>, "storedBy">,
): Promise<ContentRef> => {
  const stored = await contentByHash(tx, composed.kind, sha256Of(canonicalJson(composed.body)));
  if (stored !== undefined) return { id: stored.id, hash: stored.hash };
  return storeContent(tx, { ...composed, storedBy: THE_SERVICE });
};
