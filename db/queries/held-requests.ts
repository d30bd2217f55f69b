import { and, count, eq, isNotNull, lt } from "drizzle-orm";
import type { CycleKey } from "../../domain/ids.ts";
import type { Instant } from "../../domain/time.ts";
import type { Tx } from "../client.ts";
import { requests } from "../schema/request.ts";

/** How many requests of the cycle have not closed only because nobody has answered an extension asked for in time. */
export const heldRequests = async (
  tx: Tx,
  { cycle, now }: { readonly cycle: CycleKey; readonly now: Instant },
): Promise<number> => {
  const held = and(eq(requests.is, "open"), isNotNull(requests.askedDueOn), lt(requests.closeAt, now));
  const [row] = await tx
    .select({ many: count() })
    .from(requests)
    .where(and(eq(requests.cycle, cycle), held));
  return row?.many ?? 0;
};
