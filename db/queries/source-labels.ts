import { and, eq, sql } from "drizzle-orm";
import type { Source, SourceId } from "../../domain/document.ts";
import { heldLabels, type AnswerLabels, type Labels } from "../../domain/labels.ts";
import type { Db, Tx } from "../client.ts";
import { contents } from "../schema/content.ts";

/** What was written by an organisation; all else is the secretariat's own. */
const ANSWERED = /^(answer|chapter):/;

/** 格付け and 取扱制限 of those sources of a version that are answers. What is not out yet is in no version. */
export const labelsOfSources = async (
  db: Db | Tx,
  sources: readonly Source[],
): Promise<ReadonlyMap<SourceId, Labels>> => {
  const answers = sources.flatMap(({ id, sha256 }) =>
    ANSWERED.test(id) && sha256 !== null ? [{ id, sha256 }] : [],
  );
  if (answers.length === 0) return new Map();
  const rows = await db
    .select({ hash: contents.hash, labels: sql<AnswerLabels | null>`${contents.body} -> 'labels'` })
    .from(contents)
    .where(
      and(
        eq(contents.kind, "answer"),
        sql`${contents.hash} = any(${sql.param(answers.map(({ sha256 }) => sha256))}::text[])`,
      ),
    );
  const known = new Map(rows.map(({ hash, labels }) => [hash, heldLabels({ labels: labels ?? undefined })]));
  return new Map(
    answers.flatMap(({ id, sha256 }) => {
      const labels = known.get(sha256);
      return labels === undefined || labels.embargoed === true ? [] : [[id, labels] as const];
    }),
  );
};
