import type { Db } from "../db/client.ts";
import { decidedYears } from "../db/queries/decided-years.ts";
import { reportDecision, type ReportDecision } from "../db/queries/publications.ts";
import { reportRecord } from "../db/queries/report-record.ts";
import { domainsOf } from "../domain/catalogue.ts";
import { domainThroughYears, measureThroughYears, type EarlierJudgement } from "../domain/comparison.ts";
import type { CycleKey, FiscalYear, Sha256 } from "../domain/ids.ts";
import type { EvaluationKind } from "../domain/plan.ts";
import type { RecordedEvaluation } from "../domain/report-record.ts";

/** An earlier year as one finds it again: which version was decided, and where. */
export interface FoundYear {
  readonly cycle: CycleKey;
  readonly year: FiscalYear;
  readonly title: string;
  readonly version: Sha256;
  readonly decision: ReportDecision | null;
}

/** The latest first. */
export const foundYears = async (
  db: Db,
  of: { readonly cycle: CycleKey; readonly year: FiscalYear },
): Promise<readonly FoundYear[]> => {
  const years = await decidedYears(db, of);
  return Promise.all(
    years.map(async ({ cycle, plan, version }) => ({
      cycle,
      year: plan.year,
      title: plan.title,
      version,
      decision: (await reportDecision(db, cycle)) ?? null,
    })),
  );
};

export interface JudgedThroughYears {
  readonly name: string;
  readonly year: FiscalYear;
  /** This year's approved judgement. */
  readonly given: (RecordedEvaluation & { readonly ratingLabel: string }) | null;
  readonly earlier: readonly EarlierJudgement[];
}

/** One measure or domain through the years, by lineage; undefined where the plan has none of that key. */
export const throughYears = async (
  db: Db,
  { cycle, kind, key }: { readonly cycle: CycleKey; readonly kind: EvaluationKind; readonly key: string },
): Promise<JudgedThroughYears | undefined> => {
  const { plan, evaluations } = await reportRecord(db, cycle);
  const { year } = plan;
  const years = await decidedYears(db, { cycle, year });
  const given = evaluations.find((one) => one.kind === kind && one.key === key);
  const label = plan.scales[kind].find((rating) => rating.key === given?.rating)?.label;
  const now = given === undefined ? null : { ...given, ratingLabel: label ?? given.rating };
  const measure = plan.measures.find((one) => kind === "output" && one.key === key);
  if (measure !== undefined) {
    const earlier = measureThroughYears(plan, measure.key, years);
    return { name: measure.name, year, given: now, earlier };
  }
  const domain = domainsOf(plan).find((one) => kind === "outcome" && one.key === key);
  if (domain === undefined) return undefined;
  return { name: domain.name, year, given: now, earlier: domainThroughYears(plan, key, years) };
};
