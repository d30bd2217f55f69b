import type { Finding } from "./carry-over.ts";
import { fiscalYear, type FiscalYear } from "./ids.ts";
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

/** What was carried into this year already and is open still keeps the year that left it open first. */
const carriedOver = (plan: Plan, findings: readonly Finding[]): readonly CarriedOver[] =>
  findings.map(({ origin, cause, note }) => {
    const before = plan.carriedOver?.find((one) => one.origin === origin && one.cause === cause);
    return { origin, cause, note, fromYear: before?.fromYear ?? plan.year };
  });

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
  readonly carried: readonly Finding[];
  /** What becomes of this year's measures; nothing where each stays as it is. */
  readonly lineage?: readonly LineageEntry[];
  /** Known holidays, for the years this year's plan does not hold. */
  readonly holidays: readonly Holiday[];
}): Plan => {
  const open = carriedOver(plan, carried);
  return {
    ...planForYear(plan, { year: fiscalYear(plan.year + 1), holidays }),
    ...(open.length === 0 ? {} : { carriedOver: open }),
    ...(lineage.length === 0 ? {} : { lineage }),
  };
};
