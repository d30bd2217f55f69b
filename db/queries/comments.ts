import { and, asc, eq, sql } from "drizzle-orm";
import type { CycleKey, OrganisationId } from "../../domain/ids.ts";
import type { Db } from "../client.ts";
import { comments } from "../schema/report.ts";

/** Comments of a round by organisation, each one's in the order in which they were written. */
export const commentsOfRound = (
  db: Db,
  { cycle, round }: { readonly cycle: CycleKey; readonly round: number },
): Promise<{ id: string; organisation: OrganisationId }[]> =>
  db
    .select({ id: comments.id, organisation: comments.organisation })
    .from(comments)
    .where(and(eq(comments.cycle, cycle), eq(comments.round, round)))
    .orderBy(
      asc(comments.organisation),
      asc(comments.at),
      asc(comments.content),
      sql`split_part(${comments.id}, '/', 2)::int`,
    );
