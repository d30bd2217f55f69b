import { and, asc, eq, sql } from "drizzle-orm";
import type { ContentRef } from "../../domain/acts.ts";
import type { PersonId, Sha256 } from "../../domain/ids.ts";
import type { Db, Tx } from "../client.ts";
import type { ContentBodies, ContentKind } from "../content.ts";
import { contents } from "../schema/content.ts";

export type StoredContent<Kind extends ContentKind> = ContentRef & { readonly body: ContentBodies[Kind] };

/** The only cast: a row of a kind was stored by `storeContent` with that kind's body. */
const bodyOf = <Kind extends ContentKind>(body: unknown): ContentBodies[Kind] => body as ContentBodies[Kind];

/** Contents of one kind by id; an id that is unknown or of another kind is left out. */
export const contentsOf = async <Kind extends ContentKind>(
  db: Db | Tx,
  kind: Kind,
  ids: readonly string[],
): Promise<ReadonlyMap<string, StoredContent<Kind>>> => {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: contents.id, hash: contents.hash, body: contents.body })
    .from(contents)
    // One parameter however many ids: PostgreSQL takes 65,535 a statement.
    .where(and(eq(contents.kind, kind), sql`${contents.id} = any(${sql.param([...ids])}::uuid[])`));
  return new Map(rows.map(({ id, hash, body }) => [id, { id, hash, body: bodyOf<Kind>(body) }]));
};

/** Everyone who has stored that very body. */
export const storedBy = async (db: Db | Tx, hash: Sha256): Promise<PersonId[]> =>
  (
    await db
      .selectDistinct({ by: contents.storedBy })
      .from(contents)
      .where(eq(contents.hash, hash))
      .orderBy(asc(contents.storedBy))
  ).map(({ by }) => by);

/** Equal bodies have equal hashes, so any row of that hash will do. */
export const contentByHash = async <Kind extends ContentKind>(
  db: Db | Tx,
  kind: Kind,
  hash: Sha256,
): Promise<StoredContent<Kind> | undefined> => {
  const [row] = await db
    .select({ id: contents.id, hash: contents.hash, body: contents.body })
    .from(contents)
    .where(and(eq(contents.kind, kind), eq(contents.hash, hash)))
    .limit(1);
  return row && { ...row, body: bodyOf<Kind>(row.body) };
};
