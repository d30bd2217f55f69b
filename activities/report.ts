import { carryOverActivities, type CarryOverDeps } from "./carry-over.ts";
import { compileActivities } from "./compile.ts";
import type { Activities } from "./contract.ts";
import { correctingActivities } from "./correcting.ts";
import { publishActivities, type PublishDeps } from "./publish.ts";

/** From the record to the report, from the report to its publication and to next year's plan. */
export const reportActivities = (
  deps: CarryOverDeps & PublishDeps,
): Pick<
  Activities,
  "correctedItem" | "compileVersion" | "publishVersion" | "collectFindings" | "composeNextPlan"
> => ({
  ...correctingActivities(deps),
  ...compileActivities(deps),
  ...publishActivities(deps),
  ...carryOverActivities(deps),
});
