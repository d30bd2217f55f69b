import type { Db } from "../db/client.ts";
import { storeComposed } from "../db/commands/composed.ts";
import { reportRecord } from "../db/queries/report-record.ts";
import { compileReport } from "../domain/compile.ts";
import type { Instant } from "../domain/time.ts";
import type { Activities } from "./contract.ts";

export interface CompileDeps {
  readonly db: Db;
  /** Wall clock. */
  readonly clock: () => Instant;
}

/** The report of what the rows say now. The same rows give the same version, so it may run any number of times. */
export const compileActivities = ({ db, clock }: CompileDeps): Pick<Activities, "compileVersion"> => ({
  compileVersion: async ({ cycle }) => {
    const body = compileReport(await reportRecord(db, cycle));
    const unjudged = body.data.evaluations.filter(({ rating }) => rating === null).length;
    return { content: await storeComposed(db, { kind: "version", body, storedAt: clock() }), unjudged };
  },
});
