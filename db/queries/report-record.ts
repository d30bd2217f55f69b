import { and, asc, desc, eq, inArray } from "drizzle-orm";
import { isRehearsal, type CycleKey, type FiscalYear } from "../../domain/ids.ts";
import type {
  RecordedAnalysis,
  RecordedEdit,
  RecordedEvaluation,
  ReportRecord,
} from "../../domain/report-record.ts";
import type { Db, Tx } from "../client.ts";
import { analyses, evaluations } from "../schema/evaluation.ts";
import { edits } from "../schema/report.ts";
import { items, requests } from "../schema/request.ts";
import { surveys } from "../schema/survey.ts";
import { contentsOf, type StoredContent } from "./content.ts";
import { decidedYears } from "./decided-years.ts";
import { planInForce } from "./plan-in-force.ts";
import { openElsewhere, recordedChapters, recordedItems, type AskedItem } from "./recorded-items.ts";
import { recordedSurveys } from "./recorded-surveys.ts";
import { held, textOf } from "./recorded-text.ts";

/**
 * Everything the report is compiled from, as the rows stand in one snapshot. A constant number of statements,
 * however many organisations were asked. What is not settled or not approved yet is left out.
 * @throws Error where the cycle, its plan or a named content is not there
 */
export const reportRecord = (db: Db, cycle: CycleKey): Promise<ReportRecord> =>
  db.transaction((tx) => recordIn(tx, cycle), {
    isolationLevel: "repeatable read",
    accessMode: "read only",
  });

const recordIn = async (tx: Tx, cycle: CycleKey): Promise<ReportRecord> => {
  const plan = await planInForce(tx, cycle);
  const asked = await askedItems(tx, cycle);
  const rows = await tx.select().from(surveys).where(eq(surveys.cycle, cycle)).orderBy(asc(surveys.id));
  return {
    plan: plan.body,
    planHash: plan.hash,
    cycle,
    rehearsal: isRehearsal(cycle),
    ...(await answered(tx, asked)),
    ...openElsewhere(asked, plan.body),
    surveys: await recordedSurveys(tx, rows, asked),
    evaluations: await approvedEvaluations(tx, cycle),
    analyses: await decidedAnalyses(tx, cycle),
    edits: await editsOf(tx, cycle),
    ...(await lastYearOf(tx, cycle, plan.body.year)),
  };
};

/** The year before; one further back has none of the measures to be held against these. */
const lastYearOf = async (
  tx: Tx,
  cycle: CycleKey,
  year: FiscalYear,
): Promise<Pick<ReportRecord, "lastYear">> => {
  const [latest] = await decidedYears(tx, { cycle, year });
  return latest?.plan.year === year - 1 ? { lastYear: latest } : {};
};

const askedItems = (tx: Tx, cycle: CycleKey): Promise<AskedItem[]> =>
  tx
    .select({
      id: items.id,
      kind: requests.kind,
      datum: items.datum,
      organisation: requests.organisation,
      state: items.state,
    })
    .from(items)
    .innerJoin(requests, eq(items.request, requests.id))
    .where(and(eq(requests.cycle, cycle), inArray(requests.kind, ["data", "chapter"])))
    .orderBy(asc(items.id));

const answered = async (
  tx: Tx,
  asked: readonly AskedItem[],
): Promise<Pick<ReportRecord, "items" | "chapters">> => {
  const ids = asked.flatMap(({ state }) => ("answer" in state ? [state.answer.content.id] : []));
  const answers = await contentsOf(tx, "answer", ids);
  return { items: recordedItems(asked, answers), chapters: recordedChapters(asked, answers) };
};

/** The last row of a key says where it stands: a judgement that is being rewritten is none for the while. */
const approvedEvaluations = async (tx: Tx, cycle: CycleKey): Promise<readonly RecordedEvaluation[]> => {
  const { kind, key, is, content } = evaluations;
  const latest = await tx
    .selectDistinctOn([kind, key], { kind, key, is, content })
    .from(evaluations)
    .where(eq(evaluations.cycle, cycle))
    .orderBy(asc(kind), asc(key), desc(evaluations.id));
  const approved = latest.filter((row) => row.is === "approved");
  const contents = await contentsOf(
    tx,
    "evaluation",
    approved.map((row) => row.content),
  );
  return approved.map((row) => {
    const stored = held(contents, row.content);
    return { kind: row.kind, key: row.key, rating: stored.body.rating, ...textOf(stored) };
  });
};

const decidedAnalyses = async (tx: Tx, cycle: CycleKey): Promise<readonly RecordedAnalysis[]> => {
  const rows = await tx
    .select()
    .from(analyses)
    .where(eq(analyses.cycle, cycle))
    .orderBy(asc(analyses.domain));
  const contents = await contentsOf(
    tx,
    "analysis",
    rows.flatMap(({ content }) => (content === null ? [] : [content])),
  );
  return rows.map(({ domain, needed, reason, content }) => ({
    domain,
    needed,
    reason,
    ...(content === null ? { text: null } : analysisIn(held(contents, content))),
  }));
};

const analysisIn = (stored: StoredContent<"analysis">): Pick<RecordedAnalysis, "text" | "inputs"> => {
  const { inputs } = stored.body;
  return { text: textOf(stored), ...(inputs === undefined ? {} : { inputs }) };
};

const editsOf = async (tx: Tx, cycle: CycleKey): Promise<readonly RecordedEdit[]> => {
  const rows = await tx.select().from(edits).where(eq(edits.cycle, cycle)).orderBy(asc(edits.id));
  const contents = await contentsOf(
    tx,
    "edit",
    rows.map(({ content }) => content),
  );
  return rows.map(({ section, content, by }) => ({ section, by, ...held(contents, content).body }));
};
