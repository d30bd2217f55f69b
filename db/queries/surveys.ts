import { and, asc, eq } from "drizzle-orm";
import type { CycleKey, OrganisationId } from "../../domain/ids.ts";
import type { Db, Tx } from "../client.ts";
import type { ContentBodies } from "../content.ts";
import { surveys } from "../schema/survey.ts";
import { contentsOf } from "./content.ts";

type Row = typeof surveys.$inferSelect;
/** A 補完調査 with the texts it names. */
export type SurveyRecord = Omit<Row, "method" | "result"> & {
  readonly method: ContentBodies["survey-method"] | null;
  readonly result: ContentBodies["survey-result"] | null;
};

const given = (ids: readonly (string | null)[]): readonly string[] => ids.filter((id) => id !== null);

const withTexts = async (db: Db | Tx, rows: readonly Row[]): Promise<SurveyRecord[]> => {
  const methods = await contentsOf(db, "survey-method", given(rows.map(({ method }) => method)));
  const results = await contentsOf(db, "survey-result", given(rows.map(({ result }) => result)));
  return rows.map((row) => ({
    ...row,
    method: methods.get(row.method ?? "")?.body ?? null,
    result: results.get(row.result ?? "")?.body ?? null,
  }));
};

/** In the order in which they were opened; an organisation's only, where it is given. */
export const surveysOf = async (
  db: Db | Tx,
  { cycle, organisation }: { readonly cycle: CycleKey; readonly organisation?: OrganisationId | undefined },
): Promise<SurveyRecord[]> =>
  withTexts(
    db,
    await db
      .select()
      .from(surveys)
      .where(and(eq(surveys.cycle, cycle), organisation && eq(surveys.organisation, organisation)))
      .orderBy(asc(surveys.openedAt), asc(surveys.id)),
  );

export const surveyById = async (db: Db | Tx, id: string): Promise<SurveyRecord | undefined> =>
  (await withTexts(db, await db.select().from(surveys).where(eq(surveys.id, id))))[0];
