import { and, asc, desc, eq, inArray } from "drizzle-orm";
import type { Evidence } from "../../domain/report-record.ts";
import type { CycleKey } from "../../domain/ids.ts";
import type { Db, Tx } from "../client.ts";
import type { ContentBodies } from "../content.ts";
import { analyses, evaluations } from "../schema/evaluation.ts";
import { contentsOf } from "./content.ts";

/** Where an evaluation stands; `by` wrote the text, whoever approved or returned it. */
export type EvaluationRecord = Omit<typeof evaluations.$inferSelect, "id" | "cycle"> &
  ContentBodies["evaluation"];

/** Each key's last row with its text. */
export const evaluationsOf = async (db: Db | Tx, cycle: CycleKey): Promise<EvaluationRecord[]> => {
  const rows = await db
    .selectDistinctOn([evaluations.kind, evaluations.key])
    .from(evaluations)
    .where(eq(evaluations.cycle, cycle))
    .orderBy(asc(evaluations.kind), asc(evaluations.key), desc(evaluations.id));
  const texts = await contentsOf(
    db,
    "evaluation",
    rows.map(({ content }) => content),
  );
  return rows.flatMap(({ id: _id, cycle: _cycle, ...row }) => {
    const text = texts.get(row.content);
    return text === undefined ? [] : [{ ...row, ...text.body }];
  });
};

/** An earlier text on which an approver had his say. */
export type ReviewedText = Pick<EvaluationRecord, "kind" | "key" | "hash" | "rating" | "text"> & {
  readonly is: "approved" | "returned";
};

/** Everything that was approved or returned, oldest first. */
export const reviewedTexts = async (db: Db | Tx, cycle: CycleKey): Promise<ReviewedText[]> => {
  const { kind, key, is, content, hash } = evaluations;
  const rows = await db
    .select({ kind, key, is, content, hash })
    .from(evaluations)
    .where(and(eq(evaluations.cycle, cycle), inArray(is, ["approved", "returned"])))
    .orderBy(asc(evaluations.id));
  const texts = await contentsOf(
    db,
    "evaluation",
    rows.map((row) => row.content),
  );
  return rows.flatMap(({ content: of, is: outcome, ...row }) => {
    const body = texts.get(of)?.body;
    return body === undefined || (outcome !== "approved" && outcome !== "returned")
      ? []
      : [{ ...row, is: outcome, rating: body.rating, text: body.text }];
  });
};

export type AnalysisRecord = Omit<typeof analyses.$inferSelect, "cycle" | "content"> & {
  readonly text: string | null;
  /** What it was made from, in the versions that were read. */
  readonly inputs: readonly Evidence[];
};
export const analysesOf = async (db: Db | Tx, cycle: CycleKey): Promise<AnalysisRecord[]> => {
  const rows = await db
    .select()
    .from(analyses)
    .where(eq(analyses.cycle, cycle))
    .orderBy(asc(analyses.domain));
  const named = rows.flatMap(({ content }) => (content === null ? [] : [content]));
  const texts = await contentsOf(db, "analysis", named);
  return rows.map(({ cycle: _cycle, content, ...row }) => ({
    ...row,
    text: content === null ? null : (texts.get(content)?.body.text ?? null),
    inputs: content === null ? [] : (texts.get(content)?.body.inputs ?? []),
  }));
};
