import { inArray, sql } from "drizzle-orm";
import { innerLadderOf, isWithOfficer, type InnerWork } from "../../domain/inner-work.ts";
import type { Tx } from "../client.ts";
import { innerWorks } from "../schema/request.ts";
import type { Made } from "./records.ts";

export interface MovedWork {
  readonly request: string;
  readonly item: string;
  /** null once nothing is under way inside. */
  readonly work: InnerWork | null;
}

/** Two statements, however many items. An allocation's ladder counts from when it was made. */
export const putInnerWorks = async (
  tx: Tx,
  { now }: Pick<Made, "now">,
  moved: readonly MovedWork[],
): Promise<void> => {
  const gone = moved.flatMap(({ item, work }) => (work === null ? [item] : []));
  const rows = moved.flatMap(({ request, item, work }) =>
    work === null
      ? []
      : [
          {
            item,
            request,
            work,
            ladder: innerLadderOf(request),
            officer: work.officer,
            dueAt: work.dueAt,
            since: now,
            isWithOfficer: isWithOfficer(work),
          },
        ],
  );
  if (gone.length > 0) await tx.delete(innerWorks).where(inArray(innerWorks.item, gone));
  if (rows.length === 0) return;
  await tx
    .insert(innerWorks)
    .values(rows)
    .onConflictDoUpdate({
      target: innerWorks.item,
      set: {
        work: sql`excluded.work`,
        officer: sql`excluded.officer`,
        since: sql`case when excluded.work ->> 'is' = 'allocated' then excluded.since else ${innerWorks.since} end`,
        dueAt: sql`excluded.due_at`,
        isWithOfficer: sql`excluded.is_with_officer`,
      },
    });
};
