import { and, asc, eq } from "drizzle-orm";
import type { CycleKey, OrganisationId } from "../../domain/ids.ts";
import type { Survey } from "../../domain/survey.ts";
import type { SurveyCause } from "../../domain/unmeasurable.ts";
import type { Db, Tx } from "../client.ts";
import type { ContentBodies } from "../content.ts";
import { surveys } from "../schema/survey.ts";
import { contentsOf } from "./content.ts";

type Row = typeof surveys.$inferSelect;
/** A 補完調査 with the texts it names. */
export type SurveyRecord = Omit<Row, "method" | "result" | "scope"> & {
  readonly method: ContentBodies["survey-method"] | null;
  readonly result: ContentBodies["survey-result"] | null;
  readonly scope: ContentBodies["survey-scope"] | null;
  /** What was recorded of each step that is done, by its key. */
  readonly steps: Readonly<Record<string, ContentBodies["survey-step"]>>;
};

const stepsOf = ({ protocol }: Row) =>
  (protocol?.steps ?? []).flatMap(({ key, done }) =>
    done?.content == null ? [] : [{ key, content: done.content.id }],
  );

const given = (ids: readonly (string | null)[]): readonly string[] => ids.filter((id) => id !== null);

const withTexts = async (db: Db | Tx, rows: readonly Row[]): Promise<SurveyRecord[]> => {
  const methods = await contentsOf(db, "survey-method", given(rows.map(({ method }) => method)));
  const results = await contentsOf(db, "survey-result", given(rows.map(({ result }) => result)));
  const scopes = await contentsOf(db, "survey-scope", given(rows.map(({ scope }) => scope)));
  const steps = await contentsOf(
    db,
    "survey-step",
    rows.flatMap(stepsOf).map(({ content }) => content),
  );
  return rows.map((row) => ({
    ...row,
    scope: scopes.get(row.scope ?? "")?.body ?? null,
    steps: Object.fromEntries(
      stepsOf(row).flatMap(({ key, content }) => {
        const step = steps.get(content);
        return step === undefined ? [] : [[key, step.body] as const];
      }),
    ),
    method: methods.get(row.method ?? "")?.body ?? null,
    result: results.get(row.result ?? "")?.body ?? null,
  }));
};

/** Surveys as their workflows begin with them: nothing has moved them yet. */
export const openedSurveys = async (
  db: Db | Tx,
  { cycle, cause }: { readonly cycle: CycleKey; readonly cause: SurveyCause },
): Promise<readonly Survey[]> => {
  const rows = await db
    .select()
    .from(surveys)
    .where(and(eq(surveys.cycle, cycle), eq(surveys.cause, cause)))
    .orderBy(asc(surveys.id));
  return rows.map(({ id, request, organisation, items, why, justification, dueOn }) => ({
    id,
    request,
    organisation,
    opening: { survey: id, items, cause, why },
    justification,
    dueOn,
    method: null,
    protocol: null,
    scope: null,
    end: null,
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
