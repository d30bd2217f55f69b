import { and, count, eq, isNull } from "drizzle-orm";
import type { CycleKey } from "../../domain/ids.ts";
import type { RequestKind } from "../../domain/plan.ts";
import type { Tx } from "../client.ts";
import { requests } from "../schema/request.ts";
import { surveys } from "../schema/survey.ts";

export type OpenCounts = Readonly<Record<RequestKind, number>>;

/** How many requests of the cycle are open, and how many surveys. */
export const openCounts = async (tx: Tx, cycle: CycleKey): Promise<OpenCounts> => {
  const [open, [survey]] = await Promise.all([
    tx
      .select({ kind: requests.kind, requests: count() })
      .from(requests)
      .where(and(eq(requests.cycle, cycle), eq(requests.is, "open")))
      .groupBy(requests.kind),
    tx
      .select({ open: count() })
      .from(surveys)
      .where(and(eq(surveys.cycle, cycle), isNull(surveys.endedAt))),
  ]);
  const none = { data: 0, chapter: 0, consultation: 0 };
  return {
    ...none,
    ...Object.fromEntries(open.map((row) => [row.kind, row.requests])),
    survey: survey?.open ?? 0,
  };
};
