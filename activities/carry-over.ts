import type { Db } from "../db/client.ts";
import { storeComposed } from "../db/commands/composed.ts";
import { storeFindings } from "../db/commands/findings.ts";
import { storedBy } from "../db/queries/content.ts";
import { carriedFindings } from "../db/queries/findings.ts";
import { deferredComments } from "../db/queries/opinions.ts";
import { reportRecord } from "../db/queries/report-record.ts";
import { commentFindings, findingsOf } from "../domain/carry-over.ts";
import { findingSources } from "../domain/evidence.ts";
import { lineageOf } from "../domain/lineage.ts";
import { nextPlanOf } from "../domain/next-plan.ts";
import type { Holiday } from "../domain/plan.ts";
import type { Instant } from "../domain/time.ts";
import type { Activities } from "./contract.ts";

export interface CarryOverDeps {
  readonly db: Db;
  /** Wall clock. */
  readonly clock: () => Instant;
  /** Known holidays of as many years as may be: next year's plan takes those this year's does not hold. */
  readonly holidays: readonly Holiday[];
}

/** From what the year leaves open to next year's plan. Both give the same answer however often they run. */
export const carryOverActivities = ({
  db,
  clock,
  holidays,
}: CarryOverDeps): Pick<Activities, "collectFindings" | "composeNextPlan"> => ({
  collectFindings: async ({ cycle }) => {
    const record = await reportRecord(db, cycle);
    const deferred = await deferredComments(db, { cycle, plan: record.plan });
    const found = [...findingsOf(record), ...commentFindings(record.plan, deferred)];
    await db.transaction((tx) => storeFindings(tx, { cycle, found }));
    return { findings: found.map(({ id }) => id) };
  },
  composeNextPlan: async ({ cycle, given }) => {
    if (given !== undefined) return { plan: given, by: await storedBy(db, given) };
    const record = await reportRecord(db, cycle);
    const { plan } = record;
    const carried = await carriedFindings(db, cycle);
    const lineage = lineageOf(plan, carried, findingSources(record));
    const body = nextPlanOf({ plan, carried, lineage, holidays });
    const { hash } = await storeComposed(db, { kind: "plan", body, storedAt: clock() });
    return { plan: hash };
  },
});
