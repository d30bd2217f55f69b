import { domainsOf } from "./catalogue.ts";
import type { DecidedYear } from "./decided-year.ts";
import type { EvaluationRow } from "./document.ts";
import type { CycleKey, MeasureKey } from "./ids.ts";
import { definitionChanges, originsOf } from "./lineage.ts";
import type { EvaluationKind, Plan } from "./plan.ts";

/** How an earlier year judged what a measure or domain of this year comes from. */
export interface EarlierJudgement {
  readonly cycle: CycleKey;
  readonly year: number;
  /** As that year's plan had them; several where they were merged. */
  readonly keys: readonly string[];
  readonly judged: readonly Pick<EvaluationRow, "key" | "rating" | "ratingLabel" | "words">[];
  /** 比較不可 where false: the definition has changed since, in the words of `differences`. */
  readonly comparable: boolean;
  readonly differences: readonly string[];
}

const judgedIn = (
  { evaluations }: DecidedYear,
  kind: EvaluationKind,
  keys: readonly string[],
): EarlierJudgement["judged"] =>
  evaluations
    .filter((row) => row.kind === kind && keys.includes(row.key))
    .map(({ key, rating, ratingLabel, words }) => ({ key, rating, ratingLabel, words }));

/**
 * The measure through the earlier years, the latest first, by lineage: from each year's plan to the measures of the
 * year before. Ends where it was new, or where a year in between was not decided.
 */
export const measureThroughYears = (
  plan: Plan,
  key: MeasureKey,
  earlier: readonly DecidedYear[],
): readonly EarlierJudgement[] => {
  const measure = plan.measures.find((one) => one.key === key);
  const found: EarlierJudgement[] = [];
  let [after, keys]: [Plan, readonly MeasureKey[]] = [plan, [key]];
  for (const year of earlier) {
    keys = keys.flatMap((one) => originsOf(after, one));
    const before = year.plan.measures.filter((one) => keys.includes(one.key));
    if (measure === undefined || before.length === 0 || year.plan.year !== after.year - 1) break;
    const differences = before.flatMap((one) => definitionChanges(measure, one));
    found.push({
      cycle: year.cycle,
      year: year.plan.year,
      keys: before.map((one) => one.key),
      judged: judgedIn(year, "output", keys),
      comparable: before.length === 1 && differences.length === 0,
      differences,
    });
    after = year.plan;
  }
  return found;
};

/** A domain through the earlier years by its key; not comparable where it had another name. */
export const domainThroughYears = (
  plan: Plan,
  key: string,
  earlier: readonly DecidedYear[],
): readonly EarlierJudgement[] => {
  const nameIn = (of: Plan): string | undefined => domainsOf(of).find((one) => one.key === key)?.name;
  const now = nameIn(plan);
  return earlier.flatMap((year): readonly EarlierJudgement[] => {
    const before = nameIn(year.plan);
    if (before === undefined) return [];
    const differences = before === now ? [] : [`分野名：「${before}」→「${now ?? ""}」`];
    const judged = judgedIn(year, "outcome", [key]);
    const comparable = differences.length === 0;
    return [{ cycle: year.cycle, year: year.plan.year, keys: [key], judged, comparable, differences }];
  });
};
