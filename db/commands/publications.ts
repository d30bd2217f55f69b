import { and, eq, ne } from "drizzle-orm";
import type { CycleKey, Sha256 } from "../../domain/ids.ts";
import type { Instant } from "../../domain/time.ts";
import { sha256Of } from "../chain.ts";
import type { Tx } from "../client.ts";
import { publications } from "../schema/report.ts";

export interface NewPublication {
  readonly cycle: CycleKey;
  readonly version: Sha256;
  /** The cycle's now. */
  readonly publishedAt: Instant;
  readonly files: readonly {
    readonly name: string;
    readonly mediaType: string;
    readonly bytes: Uint8Array;
  }[];
}

/**
 * Stores the files of the one published version. A file that is there stays as it is, so that repeating changes
 * nothing.
 * @throws Error if another version has been published: a publication is never replaced
 */
export const storePublications = async (
  tx: Tx,
  { cycle, version, publishedAt, files }: NewPublication,
): Promise<void> => {
  await tx
    .insert(publications)
    .values(files.map((file) => ({ ...file, cycle, version, publishedAt, hash: sha256Of(file.bytes) })))
    .onConflictDoNothing();
  const [other] = await tx
    .select({ version: publications.version })
    .from(publications)
    .where(and(eq(publications.cycle, cycle), ne(publications.version, version)))
    .limit(1);
  if (other !== undefined) throw new Error(`cycle ${cycle} has published version ${other.version}`);
};
