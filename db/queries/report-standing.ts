import { and, desc, eq, max } from "drizzle-orm";
import type { Stage } from "../../domain/cycle.ts";
import type { CycleKey } from "../../domain/ids.ts";
import type { ReportStage } from "../../domain/report.ts";
import type { Db, Tx } from "../client.ts";
import { stageEntries } from "../schema/cycle.ts";
import { requests } from "../schema/request.ts";

const stageOfReport = (stage: Stage | undefined): ReportStage["is"] => {
  switch (stage) {
    case undefined:
    case "policy":
    case "underway":
    case "collection":
    case "evaluation":
    case "drafting":
      return "drafting";
    case "consultation":
    case "approval":
    case "decision":
    case "publication":
      return stage;
    case "carry-over":
    case "finished":
      return "published";
  }
};

/** Where the report is, as its cycle has followed it; and how many consultations it has been through. */
export const reportStanding = async (
  db: Db | Tx,
  cycle: CycleKey,
): Promise<{ readonly stage: ReportStage["is"]; readonly round: number }> => {
  const [entered] = await db
    .select({ stage: stageEntries.stage })
    .from(stageEntries)
    .where(eq(stageEntries.cycle, cycle))
    .orderBy(desc(stageEntries.id))
    .limit(1);
  const [consulted] = await db
    .select({ round: max(requests.round) })
    .from(requests)
    .where(and(eq(requests.cycle, cycle), eq(requests.kind, "consultation")));
  return { stage: stageOfReport(entered?.stage), round: consulted?.round ?? 0 };
};
