import { and, asc, eq, sql } from "drizzle-orm";
import type { DeferredComment } from "../../domain/carry-over.ts";
import { organisationName } from "../../domain/catalogue.ts";
import type { CycleKey, OrganisationId } from "../../domain/ids.ts";
import type { Plan } from "../../domain/plan.ts";
import type { Db, Tx } from "../client.ts";
import type { Opinion } from "../content.ts";
import { comments } from "../schema/report.ts";
import { contentsOf } from "./content.ts";

/** 意見: one comment with what it says and what was done about it. */
export type CommentRecord = Omit<typeof comments.$inferSelect, "cycle" | "content"> & Opinion;

/** `<content>/<n>`, counted from 1. */
const numberIn = (id: string): number => Number(id.slice(id.lastIndexOf("/") + 1));

/** Those that are to be taken up next year, each by the name its organisation had when the report was decided on. */
export const deferredComments = async (
  db: Db | Tx,
  { cycle, plan }: { readonly cycle: CycleKey; readonly plan: Plan },
): Promise<DeferredComment[]> => {
  const made = await commentsOf(db, { cycle });
  return made
    .filter(({ nextYear }) => nextYear)
    .map(({ section, organisation, text, reason }) => ({
      section,
      organisationName: organisationName(plan, organisation, plan.dates.reportDecisionOn) ?? organisation,
      text,
      reason,
    }));
};

/** Round by round, organisation by organisation, in the order in which they were written. */
export const commentsOf = async (
  db: Db | Tx,
  {
    cycle,
    round,
    organisation,
  }: {
    readonly cycle: CycleKey;
    readonly round?: number | undefined;
    readonly organisation?: OrganisationId | undefined;
  },
): Promise<CommentRecord[]> => {
  const rows = await db
    .select()
    .from(comments)
    .where(
      and(
        eq(comments.cycle, cycle),
        round === undefined ? undefined : eq(comments.round, round),
        organisation && eq(comments.organisation, organisation),
      ),
    )
    .orderBy(
      asc(comments.round),
      asc(comments.organisation),
      asc(comments.at),
      asc(comments.content),
      sql`split_part(${comments.id}, '/', 2)::int`,
    );
  const stored = await contentsOf(db, "comment", [...new Set(rows.map(({ content }) => content))]);
  return rows.flatMap(({ content, cycle: _cycle, ...row }) => {
    const opinion = stored.get(content)?.body.opinions[numberIn(row.id) - 1];
    return opinion === undefined ? [] : [{ ...row, ...opinion }];
  });
};
