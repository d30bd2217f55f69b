import type { Check, Plan } from "../domain/plan.ts";
import type { Script } from "./script.ts";

const redefinedBy = (since: string): Check => ({
  key: "redefined",
  level: "warn",
  checks: "definition",
  since,
});

const countedIn = (unit: string): Check => ({ key: "unit", level: "block", checks: "unit", anyOf: [unit] });

const usuallyUpTo = (to: number): Check => ({ key: "usual", level: "warn", checks: "range", to });

/**
 * The plan as a script has it rehearsed: some data without anybody to ask, some counted otherwise than last year or in one
 * unit only, some to be explained where they are unusually many. Data that the plan does not have are left out.
 */
export const rehearsedPlan = (
  plan: Plan,
  { plan: { unowned, redefined, counted, usual } }: Script,
): Plan => ({
  ...plan,
  data: plan.data.map((datum) => {
    const [since, unit, upTo] = [redefined[datum.key], counted[datum.key], usual[datum.key]];
    const checks = [
      ...(datum.checks ?? []),
      ...(since === undefined ? [] : [redefinedBy(since)]),
      ...(unit === undefined ? [] : [countedIn(unit)]),
      ...(upTo === undefined ? [] : [usuallyUpTo(upTo)]),
    ];
    return {
      ...datum,
      ...(unowned.includes(datum.key) && { owners: [] }),
      ...(checks.length > 0 && { checks }),
    };
  }),
});
