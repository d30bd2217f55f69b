import { storeComposed } from "../db/commands/composed.ts";
import { reportRecord } from "../db/queries/report-record.ts";
import { compileReport } from "../domain/compile.ts";
import type { Activities } from "./contract.ts";
import { makeProgress, type ProgressDeps } from "./progress.ts";

const STEPS = ["記録の読み取り", "原案の編纂", "版の保存"];

/** The report of what the rows say now. The same rows give the same version, so it may run any number of times. */
export const compileActivities = (deps: ProgressDeps): Pick<Activities, "compileVersion"> => ({
  compileVersion: async ({ cycle }) => {
    const { db, clock } = deps;
    const comeTo = makeProgress(deps, { cycle, work: "compile", steps: STEPS });
    await comeTo(0);
    const record = await reportRecord(db, cycle);
    await comeTo(1);
    const body = compileReport(record);
    await comeTo(2);
    const unjudged = body.data.evaluations.filter(({ rating }) => rating === null).length;
    const content = await storeComposed(db, { kind: "version", body, storedAt: clock() });
    await comeTo(STEPS.length);
    return { content, unjudged };
  },
});
