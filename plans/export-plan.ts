import { indicatorOwners } from "../domain/catalogue.ts";
import type { Datum, Indicator, Measure, Plan } from "../domain/plan.ts";

type Owners = Datum["owners"];
type ExportedIndicator = Indicator & { readonly owners: Owners };
interface ExportedMeasure extends Omit<Measure, "indicators"> {
  readonly indicators: readonly ExportedIndicator[];
}
/** The catalogue for other programs: what is evaluated, and who answers for it. Holds no person. */
export interface PlanExport extends Pick<
  Plan,
  "year" | "title" | "areas" | "delegated" | "data" | "chapters" | "organisations"
> {
  readonly measures: readonly ExportedMeasure[];
}

export const exportPlan = (plan: Plan): PlanExport => ({
  measures: plan.measures.map((measure) => ({
    ...measure,
    indicators: measure.indicators.map((indicator) => ({
      ...indicator,
      owners: indicatorOwners(plan, indicator.key),
    })),
  })),
  year: plan.year,
  title: plan.title,
  areas: plan.areas,
  delegated: plan.delegated,
  data: plan.data,
  chapters: plan.chapters,
  organisations: plan.organisations,
});
