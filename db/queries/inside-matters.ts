import { eq, inArray } from "drizzle-orm";
import type { InsideMatter } from "../../domain/inside-agenda.ts";
import { isOwed, owedStates } from "../../domain/answer.ts";
import { countOf } from "../../domain/progress.ts";
import type { Db, Tx } from "../client.ts";
import { innerWorks, items } from "../schema/request.ts";
import type { YearRequest } from "./year-requests.ts";

/** True of what an organisation answers in several steps. */
export const isChained = ({ chain, kind }: YearRequest): boolean => chain !== null && kind !== "consultation";

/** Of those requests that are open and answered in several steps: who in the organisation has what before him. */
export const insideMatters = async (
  db: Db | Tx,
  asked: readonly YearRequest[],
): Promise<readonly InsideMatter[]> => {
  const chained = asked.filter((one) => one.is === "open" && isChained(one));
  if (chained.length === 0) return [];
  const ids = chained.map(({ id }) => id);
  const rows = await db
    .select({ request: innerWorks.request, work: innerWorks.work, state: items.state })
    .from(innerWorks)
    .innerJoin(items, eq(items.id, innerWorks.item))
    .where(inArray(innerWorks.request, ids));
  return chained.map(({ id, organisation, counts, owedDueAt, dueAt }) => {
    const own = rows.filter(({ request }) => request === id);
    const taken = own.filter(({ state }) => isOwed(state)).length;
    return {
      request: id,
      organisation,
      dueAt: owedDueAt ?? dueAt,
      unallocated: countOf(counts, owedStates) - taken,
      works: own.map(({ work }) => ({
        is: work.is,
        officer: work.officer,
        by: "by" in work ? work.by : null,
        dueAt: work.dueAt,
      })),
    };
  });
};
