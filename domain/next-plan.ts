import type { CarriedFinding, Finding } from "./carry-over.ts";
import { fiscalYear, type FiscalYear } from "./ids.ts";
import { mergedCatalogue, mergedMeasures, type MergedCatalogue } from "./merging.ts";
import { datesInYear, yearsLater } from "./next-dates.ts";
import type { ApprovalStep, CarriedOver, Holiday, LineageEntry, Plan } from "./plan.ts";
import { fiscalYearLabel } from "./wareki.ts";

const WIDE = 0xfee0;
const widened = (text: string): string =>
  text.replaceAll(/\d/g, (digit) => String.fromCodePoint((digit.codePointAt(0) ?? 0) + WIDE));

/** 平成26年度… becomes 平成27年度…, in the digits it is written with. A title that names no year stays. */
const relabelled = (title: string, from: FiscalYear, to: FiscalYear): string =>
  title
    .replaceAll(fiscalYearLabel(from), fiscalYearLabel(to))
    .replaceAll(widened(fiscalYearLabel(from)), widened(fiscalYearLabel(to)));

const stepLater = (step: ApprovalStep, years: number): ApprovalStep => {
  const { deputy } = step;
  if (deputy === undefined) return step;
  const later = { from: yearsLater(deputy.from, years), to: yearsLater(deputy.to, years) };
  return { ...step, deputy: { ...deputy, ...later } };
};

/**
 * The plan as one of another year starts from it: the same catalogue, people and rules, the dates moved to that year's
 * open days by the plan's own rules. What a year left open is no part of it.
 */
export const planForYear = (
  plan: Plan,
  { year, holidays }: { readonly year: FiscalYear; readonly holidays: readonly Holiday[] },
): Plan => {
  const { carriedOver: _carriedOver, lineage: _lineage, ...kept } = plan;
  const years = year - plan.year;
  const later = (step: ApprovalStep): ApprovalStep => stepLater(step, years);
  return {
    ...kept,
    year,
    title: relabelled(plan.title, plan.year, year),
    ...datesInYear(plan, { year, known: holidays }),
    approvals: { policy: plan.approvals.policy.map(later), report: plan.approvals.report.map(later) },
  };
};

/**
 * What was carried into this year already and is open still keeps the year that left it open first. What merged
 * measures leave open of the same kind is one thing.
 */
const carriedOver = (
  plan: Plan,
  findings: readonly Finding[],
  keyOf: MergedCatalogue["keyOf"],
): readonly CarriedOver[] => {
  const open = new Map<string, CarriedOver>();
  for (const { origin: was, cause, note } of findings) {
    const before = plan.carriedOver?.find((one) => one.origin === was && one.cause === cause);
    const origin = keyOf(was);
    const other = open.get(`${cause}:${origin}`);
    const years = [before?.fromYear ?? plan.year, ...(other === undefined ? [] : [other.fromYear])];
    open.set(`${cause}:${origin}`, {
      origin,
      cause,
      note: other === undefined ? note : `${other.note} ${note}`,
      fromYear: fiscalYear(Math.min(...years)),
    });
  }
  return [...open.values()];
};

/**
 * Next year's plan as the secretariat starts to work on it: the same catalogue, people and rules, the dates a year
 * later, and whatever this year leaves open with its origin.
 */
export const nextPlanOf = ({
  plan,
  carried,
  lineage = [],
  holidays,
}: {
  readonly plan: Plan;
  /** The findings decided to go into the next plan, in their order. */
  readonly carried: readonly CarriedFinding[];
  /** What becomes of this year's measures; nothing where each stays as it is. */
  readonly lineage?: readonly LineageEntry[];
  /** Known holidays, for the years this year's plan does not hold. */
  readonly holidays: readonly Holiday[];
}): Plan => {
  const { keyOf, ...catalogue } = mergedCatalogue(plan, mergedMeasures(plan, carried));
  const open = carriedOver(plan, carried, keyOf);
  return {
    ...planForYear({ ...plan, ...catalogue }, { year: fiscalYear(plan.year + 1), holidays }),
    ...(open.length === 0 ? {} : { carriedOver: open }),
    ...(lineage.length === 0 ? {} : { lineage }),
  };
};
